"""Findings for people: one calm block each, readable in 80 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.report.escape import columns, escape, inert
from tslint.report.mask import MASK
from tslint.report.paint import paint
from tslint.report.terminal import Screen
from tslint.report.told import beside, numbered, others
from tslint.report.wrapped import wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.lint.finding import Note
    from tslint.report.located import Located, Spot
    from tslint.report.report import Report

_KINDS = {"runs": "runs", "skipped": "skips"}


def render(report: Report, screen: Screen | None = None) -> str:
    """Return all findings, a blank line between."""
    screen = screen or Screen()
    layout = _Layout(report, screen.readable_width, screen.colour)
    blocks = ("\n".join(layout.lines(found)) for found in report.findings)
    return inert("".join(f"{one}\n\n" for one in blocks))


class _Layout:
    """How findings are laid out."""

    def __init__(self, report: Report, width: int, colour: bool) -> None:
        self.report, self.width, self.colour = report, width, colour

    def lines(self, found: Located) -> Iterator[str]:
        yield from self.head(found)
        yield from self.where(found.spot)
        yield from self.source(found)
        yield from self.explanation(found)
        yield from self.others(found)
        yield from self.mend(found)

    def paint(self, name: str, text: str) -> str:
        return paint(name, text, on=self.colour)

    def wrap(self, text: str, first: str, rest: str) -> list[str]:
        """``text`` in lines of the terminal's width, whatever it holds."""
        return list(wrapped(escape(text), self.width, first, rest))

    def head(self, found: Located) -> Iterator[str]:
        finding, spot = found.finding, found.spot
        place, level = f"{escape(str(spot.origin))}:{spot.line}:{spot.column}:", f"{finding.level}:"
        painted = f"{self.paint('bold', place)} {self.paint(finding.level, level)}"
        tag = f"[{finding.rule} {finding.name}]"
        # wrapped as plain text, in which the tag is one word, then painted
        word = tag.replace(" ", "_")
        lead = " " * (columns(f"{place} {level} "))
        if len(lead) > self.width // 2:
            yield painted
            lead = painted = ""
        first, *rest = self.wrap(f"{finding.message} {word}", lead or "    ", "    ")
        lines = [painted + first[len(lead) - 1 :] if lead else first, *rest]
        lines[-1] = lines[-1].replace(word, self.paint("dim", tag))
        yield from lines

    def where(self, spot: Spot) -> Iterator[str]:
        if spot.step:
            number = numbered(spot)
            yield from self.wrap(spot.step + (f" ({number})" if number else ""), "  at ", "     ")
        if spot.sequence:
            yield from self.wrap(spot.sequence, "  in ", "     ")

    def source(self, found: Located) -> Iterator[str]:
        spot = found.spot
        gutter = f"{spot.line:>5}"
        from tslint.report.excerpt import excerpt

        piece = excerpt(spot, self.width - len(gutter) - 3)
        if piece.text.strip(". ") in {"", MASK}:
            return  # nothing, or nothing but what may be a secret
        bar = self.paint("dim", "|")
        underline = "^" + "~" * (piece.length - 1)
        yield ""
        yield f"{self.paint('dim', gutter)} {bar} {piece.text}"
        caret = self.paint(found.finding.level, underline)
        yield f"{' ' * len(gutter)} {bar} {' ' * piece.caret}{caret}"

    def explanation(self, found: Located) -> Iterator[str]:
        conditions = [told for told in found.path if told[0].kind == "condition"]
        events = [told for told in found.path if told[0].kind != "condition"]
        if conditions:
            yield from ("", "  It happens when:")
            yield from self.column(conditions, found.spot)
        if events:
            yield from ("", "  Then:" if conditions else "  What happens:")
            yield from self.column(events, found.spot)

    def column(self, notes: list[tuple[Note, Spot | None]], main: Spot) -> Iterator[str]:
        """Lines of the story, with the places beside them in one column."""
        leads = [f"{_KINDS[note.kind]:<5}  " if note.kind in _KINDS else "" for note, _ in notes]
        widths = (
            columns(lead + escape(note.text)) for lead, (note, spot) in zip(leads, notes, strict=True) if spot
        )
        column = 4 + max(widths, default=0)
        for lead, (note, spot) in zip(leads, notes, strict=True):
            rest = " " * (4 + len(lead) if lead else 6)
            *lines, last = self.wrap(note.text, f"    {lead}", rest) or [f"    {lead}"]
            yield from lines
            yield from self.aside(last, escape(beside(spot, main)), column, rest) if spot else (last,)

    def aside(self, line: str, aside: str, column: int, rest: str) -> Iterator[str]:
        """``aside`` after ``line``, in a column of its own where there is room for one, else below it."""
        if columns(line) + 2 + columns(aside) > self.width:
            yield line
            line, gap = "", rest
        else:
            gap = " " * (max(min(column, self.width - columns(aside) - 2) - columns(line), 0) + 2)
        yield f"{line}{gap}{self.paint('dim', aside)}"

    def others(self, found: Located) -> Iterator[str]:
        besides = others(found)
        if besides:
            yield from ("", "  See also:")
        for other, spot in besides:
            step = f" ({spot.step})" if spot.step else ""
            yield from self.wrap(f"{other.text}{step}", f"    {escape(beside(spot, found.spot))}  ", "      ")

    def mend(self, found: Located) -> Iterator[str]:
        advice = self.report.advice(found)
        if advice.text:
            yield ""
            yield from self.wrap(advice.text, "  Mend: ", "        ")
        for line in advice.command.split("\n") if advice.command else ():
            # a command is copied whole: never wrapped
            yield f"        {escape(line)}"
        repair = advice.repair
        if repair is not None and not repair.not_in_file and not repair.document.origin.member:
            how = "--fix" if repair.safe else "--fix --unsafe-fixes"
            yield self.paint("dim", f"        tslint {how} does it.")
