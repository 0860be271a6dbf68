# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH113, PTH118, PTH123
"""Paths of the command line to bytes.

With os.path, because pathlib would cost a tenth of the start-up time.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tslint.source.bounds import MAX_FILE
from tslint.source.document import Fault, Origin
from tslint.source.looked import Looked
from tslint.source.printable import printable

STDIN = "-"
ENDINGS = (".xml", ".zip")
_LEADS_OUT = "a link that leads out of the folder"
_NO_FILE = "no file, or a link to none"


def missing(paths: Sequence[str]) -> list[str]:
    """Return the paths that do not exist; "-" always does."""
    return [path for path in paths if path != STDIN and not os.path.exists(path)]


class File(NamedTuple):
    """A file to read: its name as reported, its path ("-" is standard input), and whether it was named.

    What is there for ``context`` is read for what others call in it, and nothing is reported of it.
    """

    origin: Origin
    path: str
    named: bool
    context: bool = False


class Walk(NamedTuple):
    """The files to read, sorted by reported name, and what folders brought up besides."""

    files: list[File]
    left_out: list[Looked]


class _Found(NamedTuple):
    """What a folder brings up; ``why`` tells what keeps it from being read."""

    path: str
    identity: str
    why: str = ""


def walk(
    paths: Sequence[str],
    stdin_name: str,
    excluded: Callable[[str], str] | None = None,
    is_over: Callable[[], bool] = bool,
) -> Walk:
    """Return each file once.

    Of a folder, which is searched to the bottom, come the ``.xml`` and ``.zip`` files, which are not named.
    ``excluded`` is asked, by reported name, what leaves out such a file; "" is nothing. Where the time
    ``is_over``, the folders that are not searched yet stand for what is in them.
    """
    here = os.path.join(os.getcwd(), "")
    listed: dict[str, File] = {}
    left_out: dict[str, Looked] = {}
    folders = []
    for path in paths:
        if path != STDIN and os.path.isdir(path):
            folders.append(path)
            continue
        name = _reported(stdin_name if path == STDIN else path, here)
        listed.setdefault(path if path == STDIN else _identity(path), File(Origin(name), path, named=True))
    for found in sorted(one for folder in folders for one in _below(folder, is_over)):
        if found.identity in listed:
            continue
        name = _reported(found.path, here)
        by = excluded(name) if excluded else ""
        if by:
            left_out.setdefault(found.identity, Looked(name, "excluded", by))
        elif found.why:
            left_out.setdefault(found.identity, Looked(name, "passed over", found.why))
        else:
            listed[found.identity] = File(Origin(name), found.path, named=False)
    return Walk(sorted(listed.values()), [left_out[key] for key in left_out if key not in listed])


def beside(
    folder: str, files: Sequence[File], excluded: Callable[[str], str] | None, is_over: Callable[[], bool]
) -> list[File]:
    """Return what a folder holds besides the ``files`` of a run, for their context."""
    known = {_identity(file.path) for file in files if file.path != STDIN}
    found = walk([folder], STDIN, excluded, is_over).files
    return [file._replace(context=True) for file in found if _identity(file.path) not in known]


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


def _below(folder: str, is_over: Callable[[], bool]) -> Iterator[_Found]:
    """Yield a folder's files that may hold task sequences, and what looks like one, in no certain order."""
    root = _identity(folder)
    pending = [(folder, root)]
    while pending:
        here, identity = pending.pop()
        if is_over():
            yield _Found(here, identity)
            continue
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    # Without links on the way the identity need not be asked of the file system.
                    own = os.path.join(identity, os.path.normcase(entry.name))
                    if entry.is_dir(follow_symlinks=False):
                        if not _is_hidden(entry.name):
                            pending.append((entry.path, own))
                    elif entry.is_symlink():
                        yield from _linked(entry, os.path.join(root, ""))
                    elif entry.name.lower().endswith(ENDINGS):
                        yield _Found(entry.path, own, "" if entry.is_file() else _NO_FILE)
        except OSError:
            yield _Found(here, identity)  # to open it as a file fails for the same reason, and is reported


def _linked(link: os.DirEntry[str], root: str) -> Iterator[_Found]:
    """Yield what a link below the folder ``root`` leads to, unless it comes up there by itself."""
    identity = _identity(link.path)
    leads_out = "" if os.path.join(identity, "").startswith(root) else _LEADS_OUT
    if link.name.lower().endswith(ENDINGS):
        # one that leads in a circle is no file either, and must not hide what else is in the folder
        yield _Found(link.path, identity, leads_out if os.path.isfile(link.path) else _NO_FILE)
    elif leads_out and os.path.isdir(link.path) and not _is_hidden(link.name):
        yield _Found(link.path, identity, leads_out)


def _is_hidden(folder: str) -> bool:
    return folder.startswith(".") or folder == "__pycache__"


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
