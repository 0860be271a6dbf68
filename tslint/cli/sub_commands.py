# A run that lints imports this: nothing else may be imported here.
# ruff: noqa: PTH110
"""The sub-commands: words that count where they come first and no file has that name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from typing import Protocol, TextIO

    class SubCommand(Protocol):
        """What the module of a sub-command offers."""

        FORMATS: Sequence[str]

        def parser(self, make: Callable[..., argparse.ArgumentParser]) -> argparse.ArgumentParser:
            """Return the parser of its arguments."""

        def run(self, given: argparse.Namespace, streams: tuple[TextIO, TextIO, TextIO]) -> int:
            """Do it with standard input, output and error, and return the exit status.

            Raises UsageError, DataFileError, and OSError for what cannot be written.
            """


# Each is a module tslint/cli/NAME.py; the text stands in completions.
SUB_COMMANDS: Final = {
    "show": "show what task sequences hold, a fact a line",
    "diff": "tell what changed between two versions of a task sequence, and what it means",
    "trace": "tell what would run with some values, or what ran, from smsts.log",
}


def sub_command(arguments: Sequence[str]) -> str:
    """Return the sub-command that arguments begin with, "" where they do not."""
    word = arguments[0] if arguments else ""
    return word if word in SUB_COMMANDS and not os.path.exists(word) else ""


def load(name: str) -> SubCommand:
    """Load a sub-command."""
    from importlib import import_module
    from typing import cast

    return cast("SubCommand", import_module(f"tslint.cli.{name}"))
