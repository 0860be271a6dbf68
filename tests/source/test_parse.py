"""The parser by itself: document types never reach it, and it would follow none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import etree

from tslint.source import parse as parsing
from tslint.source.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

MARK = "only-in-the-other-file"


@pytest.fixture(autouse=True)
def _nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "_refuse", lambda _: None)


@pytest.mark.parametrize("entity", [f"'{MARK}'", "SYSTEM '{}/other.txt'"])
def test_entities_are_not_replaced(tmp_path: Path, entity: str) -> None:
    (tmp_path / "other.txt").write_text(MARK)
    root = parse(f"<!DOCTYPE a [<!ENTITY e {entity.format(tmp_path.as_uri())}>]><a>&e;</a>")
    assert etree.tostring(root) == b"<a>&e;</a>"


def test_a_document_type_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "other.dtd").write_text("<!ELEMENT a EMPTY>")
    root = parse(f"<!DOCTYPE a SYSTEM '{tmp_path.as_uri()}/other.dtd'><a/>")
    assert root.getroottree().docinfo.externalDTD is None
