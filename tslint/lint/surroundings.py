"""What lies around the files of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tslint.source.walk import File


class Surroundings(NamedTuple):
    """What lies around a run: a ``folder`` of files that belong with its own, "" for none.

    ``excluded`` is asked, by name, what leaves out one of them. ``ids`` gives, for names of files, the
    package ids that somebody has written down for them.
    """

    folder: str = ""
    excluded: Callable[[str], str] | None = None
    ids: Callable[[Iterable[str]], Mapping[str, str]] = lambda _: {}

    def named(self, files: Iterable[File]) -> Mapping[str, str]:
        """Return the package ids that are written down for files, by their names."""
        return self.ids(str(file.origin) for file in files)
