"""A suppression: which findings of which rules somebody accepts, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.lint.finding import Place, Point
from tslint.source.document import Origin
from tslint.source.printable import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tslint.source.remarks import Remark
    from tslint.suppress.configuration import Configuration, Ignore


class Suppression(NamedTuple):
    """``words`` are the rules as written, each with the ids it stands for. ``place`` is where it is written.

    ``covered`` are the elements of its document; ``ignore`` is the entry of a configuration file instead.
    ``malformed`` is the text of a token that cannot be understood.
    """

    kind: Literal["inSource", "external"]
    words: Mapping[str, frozenset[str]]
    reason: str
    place: Place | Point
    covered: range = range(0)
    ignore: Ignore | None = None
    malformed: str = ""


def in_source(remarks: Iterable[Remark], ids: Callable[[str], frozenset[str]]) -> Iterator[Suppression]:
    """Yield what the remarks in task sequences say; ``ids`` gives the ids that a word stands for."""
    from tslint.suppress.token import tokens

    for remark in remarks:
        attribute = "" if remark.span else "description"
        place = Place(
            remark.document,
            remark.element,
            remark.step,
            attribute,
            span=remark.span,
            sequence=shortened(remark.document.package.get("Name", "")),
        )
        for token in tokens(remark.text):
            words = {word: ids(word) for word in token.words}
            yield Suppression(
                "inSource", words, token.reason, place, remark.covered, malformed=token.malformed
            )


def external(configuration: Configuration, ids: Callable[[str], frozenset[str]]) -> Iterator[Suppression]:
    """Yield what per-file-ignores and per-step-ignores say; ``ids`` as for in_source."""
    origin = Origin(configuration.file.file)
    for ignore in configuration.ignores:
        point = Point(
            origin, ignore.line, ignore.column, ""
        )  # its text is none of a task sequence: not shown
        words = {word: ids(word) for word in ignore.rules}
        yield Suppression("external", words, ignore.reason, point, ignore=ignore)
