"""Where reports and the baseline go: nowhere that holds what the run reads, nor two to one place."""
# ruff: noqa: PTH110, PTH112, PTH113, PTH116, PTH118, PTH120, PTH121 - pathlib costs a tenth of the start-up time

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import UsageError
from tslint.report.output import file_descriptor
from tslint.source.walk import ENDINGS, STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from tslint.cli.arguments import Options
    from tslint.suppress.configuration import Configuration


class _Destination(NamedTuple):
    """A file that an option names to be written."""

    option: str
    file: str


def check_destinations(options: Options, configuration: Configuration | None, stdin: TextIO) -> None:
    """Raise UsageError where something cannot be written, or would take the place of what must stay."""
    earlier: list[_Destination] = []
    for one in _destinations(options):
        if not os.path.isdir(os.path.dirname(os.path.realpath(one.file))):
            raise UsageError(f"no such folder to write to: {one.file}")
        if any(_is_same(one.file, other.file) for other in earlier):
            raise UsageError(f"{one.option} {one.file}: this is written already; name another file")
        for what in _overwritten(one, options, configuration, stdin):
            raise UsageError(f"{one.option} {one.file}: this would overwrite {what}; name another file")
        earlier.append(one)


def _destinations(options: Options) -> Iterator[_Destination]:
    """Yield the files to be written; a stream, a pipe or a device holds nothing that could be lost."""
    named = [_Destination("--output", output.file) for output in options.outputs]
    for one in (*named, _Destination("--write-baseline", options.write_baseline)):
        special = os.path.exists(one.file) and not (os.path.isfile(one.file) or os.path.isdir(one.file))
        if one.file and file_descriptor(one.file) is None and not special:
            yield one


def _overwritten(
    one: _Destination, options: Options, configuration: Configuration | None, stdin: TextIO
) -> Iterator[str]:
    """Yield what a destination holds that the run reads."""
    if not os.path.isfile(one.file):
        return
    if any(_is_same(one.file, path) for path in options.paths) or _is_brought_up(one.file, options):
        yield "a file that is linted"
    if STDIN in options.paths and _is_open(one.file, stdin):
        yield "what standard input comes from"
    if configuration and _is_same(one.file, configuration.file.file):
        yield "the configuration"
    if options.baseline and one.option != "--write-baseline" and _is_same(one.file, options.baseline):
        yield "the baseline"
    if any(_is_rule_file(one.file, path) for path in options.rules):
        yield "a rule file"


def _is_same(one: str, other: str) -> bool:
    """Say whether two paths are one file, by links or in other letters, or would be once they exist."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return _identity(one) == _identity(other)


def _identity(path: str) -> str:
    path = os.path.normcase(os.path.realpath(path))
    return path.lower() if sys.platform == "darwin" else path  # normcase knows Windows alone


def _is_below(file: str, folder: str) -> bool:
    return _identity(file).startswith(os.path.join(_identity(folder), ""))


def _is_brought_up(file: str, options: Options) -> bool:
    """Say whether a folder brings up the file and a task sequence is in it: no report of an earlier run."""
    if not file.lower().endswith(ENDINGS) or not any(_is_below(file, path) for path in options.paths):
        return False
    from tslint.source.document import Fault, Origin
    from tslint.source.read import read
    from tslint.source.walk import File, content

    data = content(File(Origin(file), file, named=False), bytes)
    return isinstance(data, Fault) or read(data, Origin(file))[1]


def _is_open(file: str, stream: TextIO) -> bool:
    try:
        return os.path.samestat(os.stat(file), os.fstat(stream.fileno()))
    except (OSError, ValueError):  # a stream without a file
        return False


def _is_rule_file(file: str, rules: str) -> bool:
    """Say whether the file is one of the rules at a path, which is a file or a folder."""
    in_folder = file.lower().endswith((".yaml", ".yml")) and _is_below(file, rules)
    return in_folder or _is_same(file, rules)
