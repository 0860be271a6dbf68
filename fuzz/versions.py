"""Two task sequences in one input, cut at a line of dashes: compared both ways, and each with itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tslint.model.read import read as read_model
from tslint.report.mask import Mask
from tslint.report.review.as_json import outline_json
from tslint.report.review.difference_json import difference_json
from tslint.report.review.difference_markdown import MOST, difference_markdown
from tslint.report.review.difference_text import difference_text
from tslint.report.review.masked import masked
from tslint.report.review.outline_text import outline_text
from tslint.review.changes import compare
from tslint.review.difference import Side, differences
from tslint.review.facts import Names
from tslint.review.outline import outlines
from tslint.review.sequences import Sequences
from tslint.rules.builtin import builtin_console, builtin_step_kinds, builtin_tables
from tslint.source.document import Document, Origin
from tslint.source.read import read

if TYPE_CHECKING:
    from tslint.model.sequence import TaskSequence

NAMES = Names(builtin_tables(), builtin_step_kinds(), builtin_console())
_CUT = b"\n-----\n"


def one_input(data: bytes) -> None:
    """Nothing is raised; a sequence does not differ from itself; changes account for all steps."""
    old, _, new = data.partition(_CUT)
    before, after = _sequences(old, "old.xml"), _sequences(new or old, "new.xml")
    for one in (before, after):
        assert all(compare(each, each, NAMES).changes == () for each in one.all())
        shown = outlines(one, NAMES)
        json.loads(outline_json(shown))
        outline_text(shown, numbers=True)
    told = masked(differences(Side(before, ()), Side(after, ()), NAMES), Mask({"secret"}))
    json.loads(difference_json(told))
    difference_text(told)
    assert len(difference_markdown(told)) <= MOST + 1_000
    for old_one, new_one in zip(before.all(), after.all(), strict=False):
        _check_both_ways(old_one, new_one)


def _check_both_ways(one: TaskSequence, other: TaskSequence) -> None:
    there, back = compare(one, other, NAMES), compare(other, one, NAMES)
    assert len(there.matched) + _count(there.changes, "removed") == len(there.old.places)
    assert len(there.matched) + _count(there.changes, "added") == len(there.new.places)
    assert bool(there.changes) == bool(back.changes)


def _count(changes: tuple[object, ...], kind: str) -> int:
    return sum(getattr(change, "kind", "") == kind for change in changes)


def _sequences(data: bytes, file: str) -> Sequences:
    found, _ = read(data, Origin(file))
    return Sequences((tuple(read_model(one) for one in found if isinstance(one, Document)),))
