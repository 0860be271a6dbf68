"""The proof of every mend on real exports, where some are at hand: beside the checkout, in shared/corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linting import TABLES
from tests.mend.proof import fixed, judged, lint
from tslint.mend.cannot import CannotMendError
from tslint.mend.repair import Repairs
from tslint.source.archive import is_zip, members
from tslint.source.document import Origin
from tslint.source.encoding import encoded_like
from tslint.source.walk import ENDINGS

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
FILES = [path for path in sorted(CORPUS.rglob("*")) if path.suffix.lower() in ENDINGS]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not FILES, reason="no real exports at hand")]


def exports(path):
    """The files in a file: itself, or the members of a zip."""
    data = path.read_bytes()
    if not is_zip(data, path.name):
        return [data]
    return [member for _, member in members(data, Origin(path.name)) if isinstance(member, bytes)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_every_mend_of_a_real_finding_proves_right(path):
    for data in exports(path):
        before = lint(data)
        repairs = Repairs(TABLES)
        for finding in before:
            told = [_wrong(repair, finding, before, data) for repair in repairs.of(finding)]
            assert not told or "" in told, (finding.rule, told)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(CORPUS).as_posix())
def test_a_real_file_is_fixed_once_and_only_outside_of_its_mends_as_it_was(path):
    for data in exports(path):
        once = fixed(data)
        assert fixed(once) == once
        if once != data:
            assert {one.rule for one in lint(once)} <= {one.rule for one in lint(data)}


def _wrong(repair, finding, before, data):
    try:
        text = encoded_like(repair.text(), data)
    except CannotMendError as error:
        return str(error)
    return "cannot be written back" if text is None else judged(finding, before, lint(text))
