"""The secrets of a run, taken out of everything that is shown: every finding passes here (report.located)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tslint.lint.finding import Point
from tslint.source.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tslint.lint.finding import Finding, Place

MASK = "***"
# Where a text begins like a longer secret, all the rest of it is masked: messages may have cut it.
LONGEST = 100
# More secrets than any sequence has; past that no text of the input is shown at all.
MOST_SECRETS = 20_000
# A single character says nothing, and masking it would take every word apart.
_SHORTEST = 2
# Shorter secrets are masked where they stand alone: a PIN of 12 is not looked for in 2012.
_ANYWHERE = 4
# Where a name or value was cut (source.printable) a part of a secret may be left.
_CUT_WORD = lazy_pattern(r"(?:[^\s'\"]+(?=…)|(?<=…)[^\s'\"]+)")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"))


class Mask:
    """Knows the texts that no output may show, in any case, and as XML writes them."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = frozenset(text for text in secrets if len(text) >= _SHORTEST)
        self._pattern: Any = None  # re2 has no types

    def __call__(self, text: str) -> str:
        """Return ``text`` with every secret in it replaced by ``***``."""
        if not self._secrets:
            return text
        if len(self._secrets) > MOST_SECRETS:
            return MASK
        known = str(self._compiled().sub(MASK, text))
        return _CUT_WORD.sub(MASK, known) if "…" in known else known

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where in ``text`` a secret stands, in order."""
        if len(self._secrets) > MOST_SECRETS:
            yield 0, len(text)
        elif self._secrets:
            yield from (found.span() for found in self._compiled().finditer(text))

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
            suppressed=suppressed and suppressed._replace(reason=self(suppressed.reason)),
        )

    def _place(self, place: Place) -> Place:
        """Take the secrets out of the names of groups and step."""
        return place._replace(step=self(place.step))

    def _compiled(self) -> Any:  # noqa: ANN401
        """Return one expression for all; RE2 takes thousands of them in one pass."""
        if self._pattern is None:
            import re2

            options = re2.Options()
            options.case_sensitive = False
            options.max_mem = 256 << 20
            # the longest first: of two secrets, one may begin with the other
            forms = sorted(
                {form for text in self._secrets for form in _forms(text)}, key=lambda f: (-len(f), f)
            )
            self._pattern = re2.compile("|".join(map(_pattern, forms)), options)
        return self._pattern


def _forms(text: str) -> Iterator[str]:
    """Yield a text as it is, as XML writes it, and as XML inside XML does."""
    yield text
    for _ in range(2):
        for character, entity in _ESCAPES:
            text = text.replace(character, entity)
        yield text


def _pattern(text: str) -> str:
    import re2

    escaped = str(re2.escape(text[:LONGEST]))
    if len(text) > LONGEST:
        return escaped + r"(?s:.*)"
    if len(text) >= _ANYWHERE:
        return escaped
    return (r"\b" if text[0].isalnum() else "") + escaped + (r"\b" if text[-1].isalnum() else "")
