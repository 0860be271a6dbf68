"""A sub-command and its arguments to an exit status."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.status import FAULT, USAGE
from tslint.data_files.data_file_error import DataFileError
from tslint.report.escape import escape, inert
from tslint.report.output import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from tslint.cli.sub_commands import SubCommand


def sub_command_run(command: SubCommand, arguments: Sequence[str]) -> Callable[[TextIO, TextIO, TextIO], int]:
    """Parse the arguments, and return what does as they say. Raises SystemExit(2) for wrong ones."""
    given = command.parser(argparse.ArgumentParser).parse_intermixed_args(list(arguments))

    def run(stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
        try:
            return command.run(given, (stdin, stdout, stderr))
        except (UsageError, DataFileError) as error:
            lines = error.lines if isinstance(error, DataFileError) else (str(error),)
            tell(inert("".join(f"tslint: {escape(line)}\n" for line in lines)), stderr)
            return USAGE
        except OSError as error:
            tell(f"tslint: cannot write {error.filename or 'the report'}: {error.strerror}\n", stderr)
            return FAULT

    return run
