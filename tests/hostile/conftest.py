"""What the tests of this folder have in common."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECONDS = 8  # what a test may take on a busy machine: without its bound each takes minutes


@pytest.fixture
def in_time() -> Iterator[None]:
    """Fail a test that takes long in this process; those of program.py have a bound of their own."""
    begun = time.perf_counter()
    yield
    assert time.perf_counter() - begun < SECONDS


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path
