"""Spoilt rule files, handed to the program."""

from __future__ import annotations

from pathlib import Path

from tests.rule_text import command
from tslint.data_files.schema_check import MOST_FAULTS


def refused(text: str | bytes, selectors: str = "") -> str:
    """Tell the first error of a rule file, from its place on; every one is a line that can be printed."""
    Path("r.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    if selectors:
        Path("selectors.yaml").write_text(selectors, "utf-8")
    status, out, err = command("--rules", "r.yaml", "--list-rules")
    assert (status, out) == (2, "")
    lines = err.splitlines()
    assert 1 <= len(lines) <= MOST_FAULTS
    for line in lines:
        assert line.startswith(("tslint: r.yaml:", "tslint: ./selectors.yaml:"))
        assert len(line) < 1000
        assert line.isprintable()
    return lines[0].removeprefix("tslint: ").removeprefix("r.yaml:").removeprefix("./")
