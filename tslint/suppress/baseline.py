"""The baseline: a file of findings that were there before, so that only new ones count."""
# ruff: noqa: PTH110, PTH113, PTH123 - pathlib costs a tenth of the start-up time

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tslint.lint.finding import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tslint.lint.finding import Finding

VERSION = 1
# A finding takes some 200 bytes; a hundred thousand of them are no baseline but a surrender.
MAX_BASELINE = 32 * 1024 * 1024
# Lists, maps and what they hold, each up to 70 bytes in memory. A finding has five.
MAX_VALUES = 2_000_000


class Accepted(NamedTuple):
    """One finding of a baseline. ``fingerprint`` decides; the rest is for people who read a change of it."""

    file: str
    step: str
    rule: str
    fingerprint: str


class BaselineError(Exception):
    """A baseline that cannot be used; its text says why, and what to do."""


def baseline_text(findings: Iterable[Finding]) -> str:
    """Return the file for these findings: sorted, one a line, so that a change of it can be read."""
    lines = [
        json.dumps({"rule": one.rule, "file": one.file, "step": one.step, "fingerprint": one.fingerprint})
        for one in sorted(map(_accepted, findings))
    ]
    listed = "".join(f"\n{line}{',' * (line is not lines[-1])}" for line in lines)
    return f'{{"version": {VERSION}, "findings": [{listed}\n]}}\n'


def read_baseline(path: str) -> tuple[Accepted, ...]:
    """Read a baseline. Raises BaselineError."""
    try:
        if not os.path.isfile(path) and os.path.exists(path):  # to open a pipe may wait for ever
            raise BaselineError(f"{path}: this is no file; --write-baseline makes a baseline")
        with open(path, "rb") as stream:
            raw = stream.read(MAX_BASELINE + 1)
    except OSError as error:
        message = f"{path}: the baseline cannot be read ({error.strerror}); --write-baseline makes one"
        raise BaselineError(message) from None
    if len(raw) > MAX_BASELINE:
        raise BaselineError(f"{path}: the baseline is larger than {MAX_BASELINE:,} bytes")
    if sum(map(raw.count, (b"{", b"[", b","))) > MAX_VALUES:
        raise BaselineError(
            f"{path}: the baseline holds more than {MAX_VALUES:,} values; mend findings first"
        )
    try:
        entries = _entries(json.loads(raw, object_pairs_hook=_once))
        if entries is not None:
            return entries
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        message = f"{path}: this is no baseline of tslint{where}; write it again with --write-baseline"
        raise BaselineError(message) from None
    raise BaselineError(f"{path}: made by another version of tslint; write it again with --write-baseline")


def new_findings(
    findings: Iterable[Finding], accepted: Sequence[Accepted]
) -> tuple[tuple[Finding, ...], tuple[Accepted, ...]]:
    """Return the findings that are not accepted, and the accepted ones that are not found any more.

    Equal fingerprints are counted: of three findings where two were accepted, one is new.
    """
    left = Counter(one.fingerprint for one in accepted)
    new = tuple(one for one in findings if not _taken(one.fingerprint, left))
    return new, tuple(one for one in accepted if _taken(one.fingerprint, left))


def gone(left: Iterable[Accepted], judged: Iterable[str], seen: Callable[[str], bool]) -> int:
    """Count the accepted findings that a run can tell to be gone: of rules and files that it looked at."""
    rules = frozenset(judged)
    return sum(one.rule in rules and seen(one.file) for one in left)


def _taken(fingerprint: str, left: Counter[str]) -> bool:
    if left[fingerprint] <= 0:
        return False
    left[fingerprint] -= 1
    return True


def _accepted(finding: Finding) -> Accepted:
    place = finding.place
    if isinstance(place, Place):
        return Accepted(str(place.document.origin), place.step, finding.rule, finding.fingerprint)
    return Accepted(str(place.origin), "", finding.rule, finding.fingerprint)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make a map. Raises ValueError where a key occurs twice: two readers may not read the same one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _entries(data: object) -> tuple[Accepted, ...] | None:
    """Return the entries, None for another version. Raises KeyError or TypeError where it is no baseline."""
    if not isinstance(data, dict):
        raise TypeError("a baseline is a map")
    if data["version"] != VERSION:
        return None
    if not isinstance(data["findings"], list):
        raise TypeError("findings are a list")
    return tuple(map(_entry, data["findings"]))


def _entry(data: object) -> Accepted:
    """Return one entry. Raises KeyError or TypeError where it is not whole."""
    if not isinstance(data, dict):
        raise TypeError("an entry is a map")
    values = [str(data[key]) for key in Accepted._fields]
    if values != [data[key] for key in Accepted._fields]:
        raise TypeError("an entry holds words")
    return Accepted(*values)
