"""What questions about a thing on the computer imply and exclude: a file, a folder, a registry value, the OS.

A thing may be there or not, and has aspects, as a file its version and its date. An aspect may be there where
the thing is. The operator of a proposition about a thing has three words: the operator of the question, how
the aspect compares, and the aspect, empty where it is about the thing itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.logic.effort import LOOKS
from tslint.logic.text import literal, meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tslint.logic.effort import Effort
    from tslint.logic.text import Text

    _Row = dict[int, bool]  # outcomes, by number of the question
    _Asked = list[tuple[int, str, str]]  # number, operator and value of some questions

# What no text of a file holds begins the name of a thing: no other test is called so.
_THING = "\0"
# How the comparisons of something turn out where it is less (-1), equal (0) or greater (1).
_SIGNS = {
    "equals": (0,),
    "notequals": (-1, 1),
    "less": (-1,),
    "lessequal": (-1, 0),
    "greater": (1,),
    "greaterequal": (0, 1),
}
COMPARISONS = frozenset(_SIGNS)
_NAMES = ("equals", "notequals")
# No documentation says what these give where there is nothing to compare; the others need something.
_OPEN = (("notequals",), ("less", "lessequal"))
# Whatever is asked of these, they have to be there: "to also check the version"
# (https://learn.microsoft.com/powershell/module/configurationmanager/new-cmtsstepconditionfile).
_ALSO = ("file", "folder")
_OS = "os"  # is of one architecture

_TEXT, _PARTS = "text", "parts"
_NUMBER = r"([0-9]{1,20})"
# How values are written that compare part by part: a date as it stands in XML and in WMI.
_WRITTEN = {
    "number": _NUMBER,
    "version": _NUMBER + rf"(?:\.{_NUMBER})?" * 7,
    "date": (
        r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[t ]([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?)?)?)?"
        r"|([0-9]{4})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})\.0{6}\+(?:000|\*\*\*)"
    ),
}


def thing(kind: str, name: Text) -> str:
    """Return the subject of the propositions about a thing."""
    return f"{_THING}{kind}\n{meant(name)}"


def is_thing(subject: object) -> bool:
    """Say whether propositions with this subject are about a thing."""
    return isinstance(subject, str) and subject.startswith(_THING)


def question(operator: str, aspect: str, how: str, value: Text) -> tuple[str, str]:
    """Return operator and value of the proposition that a question is.

    ``how`` says what is compared: a "text", "number", "version" or "date". Of a value that is not known, or
    not written as such, nobody can tell what it has to do with others: it is asked for as an aspect of its
    own.
    """
    if operator == "exists":
        return f"exists  {aspect}", ""
    known = literal(value)
    if how == "text" and known is not None:
        return f"{operator} {_TEXT} {aspect}", " ".join(known.split()).lower()
    written = re.fullmatch(_WRITTEN[how], known.strip().lower()) if how in _WRITTEN and known else None
    if written:
        parts = (str(int(part)) for part in written.groups() if part is not None)
        return f"{operator} {_PARTS} {aspect}", ".".join(parts)
    return f"{operator} {_TEXT} {aspect} {meant(value)}", meant(value)


def outcomes(
    subject: str, questions: Sequence[tuple[str, str]], effort: Effort
) -> frozenset[tuple[bool, ...]]:
    """Return the combinations of outcomes that questions about one thing can have together.

    Raises EffortExceededError where there are too many.
    """
    kind = subject.removeprefix(_THING).partition("\n")[0]
    itself: _Row = {}
    aspects: dict[str, dict[str, _Asked]] = {}
    for number, (asked, value) in enumerate(questions):
        operator, how, aspect = asked.split(" ", 2)
        if aspect:
            aspects.setdefault(aspect, {}).setdefault(how, []).append((number, operator, value))
        else:
            itself[number] = True
    missing = {aspect: _missing(scales) for aspect, scales in aspects.items()}
    found = {
        aspect: _combined([_SCALES[how](asked, effort) for how, asked in scales.items()], effort)
        for aspect, scales in aspects.items()
    }
    families = {_family(aspect) for aspect in aspects} if kind == _OS else {""}
    rows: list[_Row] = [dict.fromkeys(range(len(questions)), False)] if kind in _ALSO else []
    if not rows:
        rows += _combined([[dict.fromkeys(itself, False)], *missing.values()], effort)
    for family in families:
        there = [
            missing[one] + (found[one] if kind != _OS or _family(one) == family else []) for one in aspects
        ]
        rows += _combined([[itself], *there], effort)
    return frozenset(tuple(row[number] for number in range(len(questions))) for row in rows)


def _family(aspect: str) -> str:
    """Return the architecture of an aspect of the OS."""
    return aspect.partition(" ")[0]


def _combined(parts: Iterable[list[_Row]], effort: Effort) -> list[_Row]:
    """Return every row that is made of one row of each part."""
    rows: list[_Row] = [{}]
    for part in parts:
        effort.spend(len(rows) * len(part) * (1 + len(rows[0]) // LOOKS))
        rows = [row | more for row in rows for more in part]
    return rows


def _distinct(rows: Iterable[_Row]) -> list[_Row]:
    return list({tuple(row.items()): row for row in rows}.values())


def _missing(scales: dict[str, _Asked]) -> list[_Row]:
    """Return what questions about an aspect give that is not there: an operator always gives the same."""
    asked = [one for questions in scales.values() for one in questions]
    given = [(differs, less) for differs in (_OPEN[0], ()) for less in (_OPEN[1], ())]
    return _distinct(
        {n: operator in (*differs, *less) for n, operator, _ in asked} for differs, less in given
    )


def _there(asked: _Asked, _effort: Effort) -> list[_Row]:
    """Return what it gives to ask whether an aspect is there that is."""
    return [{number: True for number, _, _ in asked}]


def _of_texts(asked: _Asked, effort: Effort) -> list[_Row]:
    """Return what comparisons with texts can give: only one of them equals, how they are ordered is open."""
    ordered: dict[str, _Asked] = {value: [] for _, operator, value in asked if operator not in _NAMES}
    for one in asked:
        if one[2] in ordered:
            ordered[one[2]].append(one)
    named = [one for one in asked if one[2] not in ordered]
    rows: list[_Row] = []
    for same in (None, *dict.fromkeys(value for _, _, value in asked)):
        effort.spend(1 + len(asked) // LOOKS)
        parts = [[{n: _text_holds(operator, 0, equal=value == same) for n, operator, value in named}]]
        for value, questions in ordered.items():
            signs = (0,) if value == same else (-1, 0, 1)
            parts.append(
                [
                    {n: _text_holds(operator, sign, equal=value == same) for n, operator, _ in questions}
                    for sign in signs
                ]
            )
        rows += _combined(parts, effort)
    return _distinct(rows)


def _text_holds(operator: str, sign: int, *, equal: bool) -> bool:
    """Say how a comparison turns out; texts that are not equal may come at the same place in an order."""
    if operator in _NAMES:
        return equal == (operator == "equals")
    return sign in _SIGNS[operator]


def _of_parts(asked: _Asked, effort: Effort) -> list[_Row]:
    """Return what comparisons with numbers in parts can give.

    Of parts that are not written no documentation says whether they are zero or do not count; both may be.
    """
    wanted = [(n, operator, tuple(map(int, value.split(".")))) for n, operator, value in asked]
    most = max(len(value) for _, _, value in wanted)
    bounds = {value + (0,) * (most - len(value)) for _, _, value in wanted}
    bounds |= {
        (*value[:-1], value[-1] + 1) + (0,) * (most - len(value)) for _, _, value in wanted
    }  # the next that begins otherwise
    # every order of a value among the bounds: before all, each, and right after each
    values = [(-1,), *bounds, *((*bound, 1) for bound in bounds)]
    effort.spend(2 * len(values) * len(wanted))
    return _distinct(
        {n: _sign(value, other, zero=zero) in _SIGNS[operator] for n, operator, other in wanted}
        for value in values
        for zero in (True, False)
    )


def _sign(value: tuple[int, ...], other: tuple[int, ...], *, zero: bool) -> int:
    """Compare part by part; what is not written is ``zero``, or does not count."""
    size = max(len(value), len(other)) if zero else len(other)
    left, right = (value + (0,) * size)[:size], (other + (0,) * size)[:size]
    return (left > right) - (left < right)


_SCALES = {"": _there, _TEXT: _of_texts, _PARTS: _of_parts}
