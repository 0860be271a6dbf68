"""A parent and its children say the same in one zip, in files of their own, and with children beside."""

from __future__ import annotations

import tempfile
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lint.test_across_files import wrapped
from tests.lint.test_rules_against_interpreter import CHOSEN, _kinds, _tests
from tests.linting import TABLES
from tests.sequences import conditions, named, nodes_of, steps_of
from tslint.lint.finding import Place
from tslint.lint.run import lint
from tslint.lint.surroundings import Surroundings
from tslint.rules.example import export_zip

if TYPE_CHECKING:
    from tslint.lint.result import Result

pytestmark = pytest.mark.slow

IDS = ("TSL00001", "TSL00002", "TSL00003")
_calls = st.builds(lambda child: {"child": child}, st.sampled_from(IDS[1:]))
_sequence = st.lists(
    nodes_of(steps_of(_kinds | _calls, conditions(_tests)), conditions(_tests)), min_size=1, max_size=3
)


def _told(result: Result) -> list[Any]:
    """What findings say, but for the files that they are in."""
    return sorted(
        (one.rule, one.level, one.message, one.place.step, one.place.number, one.doubt, *map(_said, one.path))
        for one in result.findings
        if isinstance(one.place, Place)
    )


def _said(note: Any) -> Any:
    return note.kind, note.text, note.place.step if note.place else ""


@given(st.lists(_sequence, min_size=3, max_size=3))
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_however_an_export_is_split_the_findings_are_the_same(sequences: list[Any]) -> None:
    counter = count()
    main, *others = (named(steps, counter) for steps in sequences)
    example = {
        "sequence": main,
        "package": {"PackageID": IDS[0], "Name": "A sequence"},
        "children": dict(zip(IDS[1:], others, strict=True)),
    }
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "all.zip").write_bytes(export_zip(example))
        whole = lint([f"{folder}/all.zip"], CHOSEN, TABLES)
        split = Path(folder, "split")
        split.mkdir()
        for identity, steps in zip(IDS, (main, *others), strict=True):
            (split / f"{identity[::-1]}.xml").write_text(wrapped(identity, *steps), encoding="utf-8")
        parts = lint([str(split)], CHOSEN, TABLES)
        assert _told(parts) == _told(whole)
        assert parts.sequences == whole.sequences == 3
        assert [one.package for one in parts.missing] == [one.package for one in whole.missing] == []
        root = split / f"{IDS[0][::-1]}.xml"
        alone = lint([str(root)], CHOSEN, TABLES, surroundings=Surroundings(str(split)))
        mine = [one for one in parts.findings if one.place.document.origin.file == str(root)]
        assert _told(alone) == _told(parts._replace(findings=tuple(mine)))
