# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH113, PTH118, PTH123
"""Paths of the command line to bytes.

With os.path, because pathlib would cost a tenth of the start-up time.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tslint.source.bounds import MAX_FILE
from tslint.source.document import Fault, Origin
from tslint.source.named_tuple import NamedTuple
from tslint.source.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

STDIN = "-"


def missing(paths: Sequence[str]) -> list[str]:
    """Return the paths that do not exist; "-" always does."""
    return [path for path in paths if path != STDIN and not os.path.exists(path)]


class File(NamedTuple):
    """A file to read: its name as reported, its path ("-" is standard input), and whether it was named."""

    origin: Origin
    path: str
    named: bool


def walk(paths: Sequence[str], stdin_name: str, excluded: Callable[[str], bool] | None = None) -> list[File]:
    """Return each file once, sorted by reported name.

    Of a folder, which is searched to the bottom, come the ``.xml`` and ``.zip`` files, which are not named.
    Those whose reported name is ``excluded`` are left out.
    """
    here = os.path.join(os.getcwd(), "")
    listed: dict[str, tuple[str, str, bool]] = {}
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            for found, identity in _below(path):
                name = _reported(found, here)
                if excluded is None or not excluded(name):
                    listed.setdefault(identity, (name, found, False))
        else:
            identity = path if path == STDIN else _identity(path)
            if not listed.get(identity, ("", "", False))[2]:
                listed[identity] = (_reported(stdin_name if path == STDIN else path, here), path, True)
    return [File(Origin(name), path, named) for name, path, named in sorted(listed.values())]


def content(file: File, read_stdin: Callable[[], bytes]) -> bytes | Fault:
    """Return a file's bytes; a fault TS003 where it cannot be read, TS004 where it is above MAX_FILE.

    ``read_stdin`` is called for "-"; it should read no more than MAX_FILE + 1 bytes.
    """
    if file.path == STDIN:
        return _read_stdin(file.origin, read_stdin)
    return _read(file.path, file.origin)


def _identity(path: str) -> str:
    return os.path.normcase(os.path.realpath(path))


def _reported(path: str, here: str) -> str:
    """Return a path as reports show it: relative to the working directory ``here`` when below it."""
    absolute = os.path.abspath(path)
    below = os.path.normcase(absolute).startswith(os.path.normcase(here))
    return printable((absolute[len(here) :] if below else path).replace(os.sep, "/"), limit=4096)


def _below(folder: str) -> Iterator[tuple[str, str]]:
    """Yield paths and identities of a folder's files that may hold task sequences, in no certain order."""
    root = _identity(folder)
    pending = [(folder, root)]
    while pending:
        here, identity = pending.pop()
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    # Without links on the way the identity need not be asked of the file system.
                    own = os.path.join(identity, os.path.normcase(entry.name))
                    if entry.is_dir(follow_symlinks=False):
                        if not entry.name.startswith(".") and entry.name != "__pycache__":
                            pending.append((entry.path, own))
                    elif entry.name.lower().endswith((".xml", ".zip")) and _is_file(entry):
                        own = _identity(entry.path) if entry.is_symlink() else own
                        if own.startswith(os.path.join(root, "")):
                            yield entry.path, own
        except OSError:
            yield here, identity  # to open it as a file fails for the same reason, and is reported


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell a file; a link that leads in a circle is none, and must not hide what else is in the folder."""
    return os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file()


def _read(path: str, origin: Origin) -> bytes | Fault:
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > MAX_FILE else file.read(size or MAX_FILE + 1)  # a pipe says 0
    except OSError as error:
        return Fault("TS003", f"The file cannot be read: {error.strerror}", origin)
    return _too_large(origin) if max(size, len(data)) > MAX_FILE else data


def _read_stdin(origin: Origin, read_stdin: Callable[[], bytes]) -> bytes | Fault:
    data = read_stdin()
    return data if len(data) <= MAX_FILE else _too_large(origin)


def _too_large(origin: Origin) -> Fault:
    return Fault("TS004", f"The file is larger than {MAX_FILE:,} bytes, more than any task sequence", origin)
