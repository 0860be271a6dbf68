"""The page of all bounds, docs/bounds.md: constants of the source, and the comments above them as reasons."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

from tslint.rules.compile import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

_BOUND = re.compile(r"((?:MAX|MOST)(?:_\w+)?|RATIO_FLOOR|LONGEST_SNIPPET)(?:: Final)? = (.*?)(?:  # .*)?")
_TITLE = """\
# Bounds

Task sequences, rule files and baselines come from strangers. Each of these bounds keeps what they can cost
small, and none is met by a real one. Content above a bound is reported as TS004, rules whose work is past
`MAX_EFFORT` and files past `MAX_RUN` as TS007; what else a bound does stands with it. The time of a run is
bounded by `--timeout` alone.

This page follows from the source: the reason is the comment above the constant.
"""


def bounds_page() -> str:
    """Give the text of docs/bounds.md. Raises ValueError for a bound without a reason."""
    rows = [row for part in _parts() for row in _rows(part)]
    lines = (("bound", "is", "why", "in"), ("---",) * 4, *rows)
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{_TITLE}\n{table}\n"


def _parts() -> list[str]:
    """Return the parts of the package in the order in which data goes through them."""
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    layers: list[str] = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return re.findall(r"tslint\.(\w+)", " ".join(layers))[::-1]


def _rows(part: str) -> Iterator[tuple[str, str, str, str]]:
    for path in sorted((CHECKOUT / "tslint" / part).rglob("*.py")):
        for name, value, reason in bounds_in(path.read_text("utf-8")):
            if not reason:
                raise ValueError(f"{path.name}: {name} has no comment above it that says why")
            yield f"`{name}`", f"`{value}`", reason, f"`{path.relative_to(CHECKOUT).as_posix()}`"


def bounds_in(source: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, value as written, and reason of each bound. Neighbours share a reason."""
    comment: list[str] = []
    told = ""
    for line in source.splitlines():
        bound = _BOUND.fullmatch(line)
        if line.startswith("# "):
            comment.append(line[2:])
            continue
        if bound:
            told = _sentence(" ".join(comment)) if comment else told
            yield bound[1], bound[2], told
        else:
            told = ""
        comment = []


def _sentence(text: str) -> str:
    text = text.replace("|", "\\|").replace("<", "&lt;")
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
