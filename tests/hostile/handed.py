"""Spoilt rule files, handed to the program."""

from __future__ import annotations

from pathlib import Path

from tests.rule_text import command


def refused(text: str | bytes, selectors: str = "") -> str:
    """Tell the error of a rule file, from its place on: one line that can be printed."""
    Path("r.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    if selectors:
        Path("selectors.yaml").write_text(selectors, "utf-8")
    status, out, err = command("--rules", "r.yaml", "--list-rules")
    assert (status, out) == (2, "")
    assert err.startswith(("tslint: r.yaml:", "tslint: ./selectors.yaml:"))
    assert len(err) < 1000
    assert err[:-1].isprintable()
    return err.removeprefix("tslint: ").removeprefix("r.yaml:").removeprefix("./").rstrip("\n")
