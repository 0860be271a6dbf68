"""``tslint show --textconv``: a file as text for git, which gives up where a program that it calls fails."""
# ruff: noqa: PTH123 - no pathlib, as in all of this part

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.review import names, read
from tslint.report.escape import escape, inert
from tslint.report.review.masked import masked
from tslint.report.review.outline_text import outline_text
from tslint.review.outline import outlines

if TYPE_CHECKING:
    from typing import TextIO

    from tslint.review.outline import Outline

_PIECE = 1 << 20


def textconv(path: str, stdin: TextIO) -> str:
    """Return a file as text, whatever it is: its outline, and what of it could not be read.

    What is in place of that tells two versions apart. The path is none of it: git makes up another each time.
    """
    try:
        return _text(path, stdin)
    except Exception as error:  # noqa: BLE001 - git shows nothing of any file once one has failed
        from tslint.lint.error_origin import origin_of

        return _lines([f"Not read, a fault of tslint: {origin_of(error)}", _sum(path)])


def _text(path: str, stdin: TextIO) -> str:
    told = io.StringIO()
    try:
        found = read([path], (stdin, told, told))
    except UsageError:
        lines = [line.removeprefix("tslint: ") for line in told.getvalue().splitlines()]
        why = [f"Not read: {_without(path, line)}" for line in lines]
        return _lines([*(why or ["No task sequence"]), _sum(path)])
    shown = masked(tuple(_unplaced(one) for one in outlines(found.sequences, names())), found.mask)
    unread = [
        f"Not read: {found.mask(_without(path, f'{one.file}: {one.why}'))}" for one in found.sequences.unread
    ]
    return outline_text(shown, numbers=False) + (_lines([*unread, _sum(path)]) if unread else "")


def _unplaced(outline: Outline) -> Outline:
    """Return an outline with the part of its zip only for the name of its file."""
    return outline._replace(file=outline.file.partition("!/")[2])


def _without(path: str, told: str) -> str:
    """Take the file's own path out of what is told of it, and leave the part of a zip."""
    for written in (path, path.replace("\\", "/")):
        told = told.removeprefix(written).removeprefix("!/").removeprefix(": ")
    return told


def _sum(path: str) -> str:
    """Return what tells the content of a file from any other."""
    from hashlib import sha256

    digest = sha256()
    try:
        with open(path, "rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        return f"cannot be read: {error.strerror}"
    return f"SHA-256 of the file: {digest.hexdigest()}"


def _lines(lines: list[str]) -> str:
    return inert("".join(f"{escape(line)}\n" for line in lines))
