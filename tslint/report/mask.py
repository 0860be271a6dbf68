"""The secrets of a run, taken out of everything that is shown: every finding passes here (report.located)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.lint.finding import Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tslint.lint.finding import Finding, Place
    from tslint.secrets.finder import SecretFinder

MASK = "***"
# More secrets, and characters in them, than any sequence has; past that no text of the input is shown at all.
MOST_SECRETS = 20_000
MOST_CHARACTERS = 250_000
# XML in XML in XML: the rules of a step in a task sequence in an export, and one more for the text itself.
_MOST_ESCAPED = 4
# A single character says nothing, and masking it would take every word apart.
_SHORTEST_SECRET = 2
# Where a name or value was cut (source.printable) a part of a secret may be left.
_CUT_WORD = r"(?:[^\s'\"]+(?=…)|(?<=…)[^\s'\"]+)"


class Mask:
    """Knows the texts that no output may show, in any case, and as XML and PowerShell write them.

    ``options`` are those that may be shown, by tool: what else looks like one may have a secret glued to it.
    """

    def __init__(
        self, secrets: Iterable[str] = (), options: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.options = options or {}
        self._secrets = frozenset(text for text in secrets if len(text) >= _SHORTEST_SECRET)
        self._finder = _finder(self._secrets) if self._secrets else None

    def __call__(self, text: str) -> str:
        """Return ``text`` with every secret in it replaced by ``***``."""
        if not self._secrets:
            return text
        if self._finder is None:
            return MASK
        known, shown = "", 0
        for begin, end in self._finder.spans(text):
            known += text[shown:begin] + MASK
            shown = end
        known += text[shown:]
        return re.sub(_CUT_WORD, MASK, known) if "…" in known else known

    def hides_in(self, text: str) -> bool:
        """Say whether a part of a file holds a secret, whatever character references that is written with."""
        from html import unescape

        for _ in range(_MOST_ESCAPED):
            if self(text) != text:
                return True
            if "&" not in text:
                return False
            text = unescape(text)
        return False

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in ``text`` a secret stands, in order."""
        if self._finder is not None:
            yield from self._finder.spans(text)
        elif self._secrets:
            yield 0, len(text)

    def finding(self, finding: Finding) -> Finding:
        """Return the finding with the secrets taken out of all its texts."""
        if not self._secrets:
            return finding
        place, suppressed = finding.place, finding.suppressed
        return finding._replace(
            message=self(finding.message),
            place=place if isinstance(place, Point) else self._place(place),
            path=tuple(
                note._replace(text=self(note.text), place=note.place and self._place(note.place))
                for note in finding.path
            ),
            related=tuple(
                other._replace(text=self(other.text), place=self._place(other.place))
                for other in finding.related
            ),
            doubt=self(finding.doubt),
            command=self(finding.command),
            suppressed=suppressed and suppressed._replace(reason=self(suppressed.reason)),
        )

    def _place(self, place: Place) -> Place:
        """Take the secrets out of the names of groups, step and task sequence."""
        return place._replace(step=self(place.step), sequence=self(place.sequence))


def _finder(secrets: frozenset[str]) -> SecretFinder | None:
    """Return what finds these secrets; nothing where they are too many."""
    from tslint.secrets.finder import LONGEST_SECRET, SecretFinder

    characters = sum(min(len(text), LONGEST_SECRET) for text in secrets)
    return None if len(secrets) > MOST_SECRETS or characters > MOST_CHARACTERS else SecretFinder(secrets)
