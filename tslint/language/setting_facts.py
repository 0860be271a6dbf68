"""Facts about the settings of a step, and about the variables that settings name."""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, Final

from tslint.flow.flow import Case
from tslint.flow.settings import variable_of
from tslint.language.context import NO, PERHAPS, YES, Answer, Context, Moment
from tslint.language.declared import Kind, expect_values, fact, members, names_to, words
from tslint.language.matcher import MATCHER, Matcher, read_matcher
from tslint.language.values import (
    certain,
    decide_text,
    effective,
    is_from_outside,
    is_unset,
    per_case,
    said_by,
)
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import REFERENCE, Text, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Entry
    from tslint.language.reading import Reading
    from tslint.model.sequence import Step


# What stands for the keys that are settings of a step: their names begin with a capital letter.
SETTING: Final = "^[A-Z]"


def _read_setting(data: object, reading: Reading) -> tuple[str, Matcher]:
    """Read a setting's name and matcher, which come together."""
    name, matcher = data if isinstance(data, tuple) else ("", data)
    return name, read_matcher(matcher, reading)


def _overriding(given: tuple[str, Matcher], step: Step, tables: Tables) -> tuple[str, ...]:
    name = variable_of(step, given[0], tables)
    return () if name is None else (name,)


@fact(
    SETTING,
    Kind(MATCHER.schema, _read_setting),
    "The effective value of a setting: what a variable says, else what is written, else the default.",
    variables=_overriding,
)
def _setting(given: tuple[str, Matcher], moment: Moment, context: Context) -> Answer:
    key, matcher = given
    said = None if moment.command is None else said_by(moment.command, key, context)
    if said is not None:
        return PERHAPS if moment.open and not said[1] else certain(decide_text(matcher, said[0], context))
    return per_case(matcher, effective(moment.entry, key, context), moment.entry, context)


def same_setting(names: tuple[str, ...], first: Entry, second: Entry, context: Context) -> Answer:
    """Whether a setting of one step and one of another have the same value; lists may differ in order."""
    both, either = context.flow.diagram.both, context.flow.diagram.either
    surely = possibly = FALSE
    for one in effective(first, names[0], context):
        for other in effective(second, names[-1], context):
            when = both(one.when, other.when)
            if one.text == other.text or _words(one.text) == _words(other.text) is not None:
                surely, possibly = either(surely, when), either(possibly, when)
            elif _words(one.text) is None or _words(other.text) is None:
                possibly = either(possibly, when)
    return Answer(surely, possibly)


def _words(text: Text | None) -> frozenset[str] | None:
    """Return the items of a comma-separated list, None when a part of it is not known."""
    whole = "" if text is None else literal(text)
    return None if whole is None else frozenset(item.strip().lower() for item in whole.split(","))


@fact(
    "listed",
    words("setting"),
    "A setting that holds a package id, or several with commas in between: they are in the sequence's list "
    "of references. Known of console exports only.",
)
def _listed(keys: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    """Whether package ids are in the list of references; only a console export is sure to have it whole."""
    sequence = moment.entry.sequence
    if sequence.references is None or sequence.document.form != "console":
        return PERHAPS
    ids = {package.lower() for package in sequence.references}
    surely = possibly = TRUE
    for key in keys:
        for case in effective(moment.entry, key, context):
            named = _words(case.text)
            if named is None:
                surely = context.flow.diagram.without(surely, case.when)
            elif not named - {""} <= ids:
                surely = context.flow.diagram.without(surely, case.when)
                possibly = context.flow.diagram.without(possibly, case.when)
    return Answer(surely, possibly)


@fact("written", names_to(MATCHER, "setting"), "Settings as they stand in the file, whatever variables say.")
def _written(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    answers = (decide_text(m, moment.entry.step.written(key), context) for key, m in settings)
    return reduce(context.both, (certain(answer) for answer in answers), YES)


Asked = tuple[tuple[str, Matcher], ...]
Items = tuple[tuple[str, Asked], ...]


def _overriding_items(lists: Items, step: Step, tables: Tables) -> Iterator[str]:
    for name, asked in lists:
        for number in numbers_of(step, name):
            for key, matcher in asked:
                yield from _overriding((f"{name}{number}{key}", matcher), step, tables)


def _read_items(data: object, reading: Reading) -> Items:
    """Read items: `{Partitions: {FileSystem: FAT32}}` is of the settings Partitions0FileSystem and so on."""
    for name, asked in members(data):
        for key, matcher in members(asked):
            place = reading.at(name).at(key)
            place.expect("setting", f"{name}0{key}", at_key=True)
            expect_values(matcher, place, f"{name}0{key}")
    return names_to(names_to(MATCHER)).read(data, reading)


@fact(
    "item of",
    Kind(names_to(names_to(MATCHER)).schema, _read_items),
    "One item of settings that are numbered, of which all of these hold: `{Partitions: {FileSystem: FAT32}}` "
    "is any partition that is formatted so. With `not` in the matchers, one of which they do not.",
    variables=_overriding_items,
)
def _item_of(lists: Items, moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for name, asked in lists:
        fitting = (_fits(entry, name, number, asked, context) for number in numbers_of(entry.step, name))
        result = context.both(result, reduce(context.either, fitting, NO))
    return result


def numbers_of(step: Step, name: str) -> list[str]:
    """Return the numbers of a step's settings of one name, in order."""
    pattern = re.compile(rf"{re.escape(name.lower())}(\d{{1,3}})[a-z]")
    found = (pattern.match(key) for key in step.settings)
    return sorted({match[1] for match in found if match}, key=int)


def _fits(entry: Entry, name: str, number: str, asked: Asked, context: Context) -> Answer:
    fits = YES
    for key, matcher in asked:
        cases = effective(entry, f"{name}{number}{key}", context)
        fits = context.both(fits, per_case(matcher, cases, entry, context))
    return fits


def item_at(lists: Items, entry: Entry, context: Context) -> str:
    """Return the setting that is asked for first, of the first item of which all may hold; "" for none."""
    for name, asked in lists:
        for number in numbers_of(entry.step, name):
            if _fits(entry, name, number, asked, context).possibly != FALSE:
                return f"{name}{number}{asked[0][0]}"
    return ""


@fact(
    "variable in",
    names_to(MATCHER, "setting"),
    "Values of the variables that settings name, such as DiskIndexVariable, when the step is reached.",
    cost=1,
)
def _variable_in(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for key, matcher in settings:
        name = (entry.step.written(key) or "").strip()
        if not name or "%" in name:
            return NO if not name else PERHAPS
        cases = context.flow.value(name, entry.order, named=True)
        result = context.both(result, per_case(matcher, cases, entry, context))
    return result


@fact(
    "has set in",
    names_to(MATCHER, "setting"),
    "Values that the sequence has itself given the variables that settings name, as X or %X%; one has none "
    "that it has not set and whose being there no condition on the way asks for.",
    cost=1,
    about="setting",
)
def _has_set_in(settings: tuple[tuple[str, Matcher], ...], moment: Moment, context: Context) -> Answer:
    entry, result = moment.entry, YES
    for key, matcher in settings:
        name = _named_in(entry, key, context)
        if not name:
            return NO if name is None else PERHAPS
        cases = context.flow.value(name, entry.order, named=True)
        unset = (is_unset(case, name, entry, context) for case in cases)
        own = tuple(Case(case.when, None) if no else case for case, no in zip(cases, unset, strict=True))
        result = context.both(result, per_case(matcher, own, entry, context))
    return result


@fact(
    "lacks number",
    words("setting"),
    "A setting that names a variable which the sequence has set only with a number behind it: X or %X% "
    "where Download Package Content gives X01.",
    cost=1,
    about="setting",
)
def _lacks_number(keys: tuple[str, ...], moment: Moment, context: Context) -> Answer:
    entry, flow, result = moment.entry, context.flow, FALSE
    for name in filter(None, (_named_in(entry, key, context) for key in keys)):
        unset = numbered = FALSE
        for case in flow.value(name, entry.order, named=True):
            if is_unset(case, name, entry, context):
                unset = flow.diagram.either(unset, case.when)
        first = f"{name}01"
        for case in flow.value(first, entry.order):
            if not is_from_outside(case, first):
                numbered = flow.diagram.either(numbered, case.when)
        result = flow.diagram.either(result, flow.diagram.both(unset, numbered))
    return Answer(result, result)


def _named_in(entry: Entry, key: str, context: Context) -> str | None:
    """Return the variable that a setting names, as X or at the beginning of %X%, None where it is empty.

    That is "" where other text comes before a variable, or a variable may say it in the setting's place.
    """
    text = (entry.step.written(key) or "").strip()
    instead = variable_of(entry.step, key, context.tables)
    if instead is not None and context.speaks_of(instead):
        return ""
    found = REFERENCE.match(text)
    if found:
        return found[1]
    return None if not text else "" if "%" in text else text
