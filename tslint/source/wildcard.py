# ruff: noqa: PTH112, PTH113, PTH118, PTH120, PTH206, PTH208 - os.path, as in walk.py
"""Wildcards in paths: on Windows cmd.exe and PowerShell pass on ``*.xml`` as it is written."""

from __future__ import annotations

import os
from contextlib import suppress
from fnmatch import fnmatch
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = "**"


def has_wildcard(path: str) -> bool:
    """Say whether a path that does not exist may be a pattern."""
    return any(mark in path for mark in "*?[")


def matches(pattern: str) -> list[str]:
    """Return the files and folders that a pattern stands for, sorted.

    ``*``, ``?`` and ``[...]`` mean what they mean to a shell, ``**`` any folders, none included. Hidden names
    need a dot in the pattern, ``**`` goes through no link, and the part in front that exists is a name.
    """
    folder = pattern = pattern.replace(os.altsep, os.sep) if os.altsep else pattern
    while folder and not os.path.isdir(folder):
        above = os.path.dirname(folder)
        if above == folder:  # a drive or share that is not there
            return []
        folder = above
    parts = pattern[len(folder) :].lstrip(os.sep).split(os.sep)
    if parts[-1] == FOLDERS:  # what is in a folder is looked for anyway
        parts[-1] = ""
    found = {folder or os.curdir}
    for part in parts:
        found = {path for one in found for path in _next(one, part)}
    return sorted(filter(_can_be_read, found))


def _next(folder: str, part: str) -> Iterator[str]:
    if part == FOLDERS:
        yield from _below(folder)
        return
    if not has_wildcard(part):
        yield os.path.join(folder, part)
        return
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        yield folder  # to search it fails for the same reason, and is reported
        return
    for name in names:
        if fnmatch(name, part) and (part.startswith(".") or not name.startswith(".")):
            yield os.path.join(folder, name)


def _below(folder: str) -> Iterator[str]:
    pending = [folder]
    while pending:
        here = pending.pop()
        yield here
        with suppress(OSError), os.scandir(here) as entries:
            pending += [
                entry.path
                for entry in entries
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
            ]


def _can_be_read(path: str) -> bool:
    """Tell files and folders, and what no longer exists or would be waited for."""
    return os.path.isfile(path) or os.path.isdir(path)
