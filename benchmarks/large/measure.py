"""What tslint makes of one file with planted faults, and what that costs against parsing it."""

from __future__ import annotations

import io
import json
import time
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from tslint.cli import main
from tslint.lint.run import lint
from tslint.rules.builtin import builtin_rules, builtin_tables
from tslint.rules.example import sequence_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.large.faults import Fault, Nodes

# Of processor time: what starting the program costs beside the linting of a file.
START = 0.05
UNDECIDED = "TS007"
OPTIONS = ["--isolated", "--profile", "all", "--fail-on", "never", "--format", "json"]
PARSING = 0.2  # seconds


class Measured(NamedTuple):
    """One file: which faults were found and which not, how many rules came to no verdict, and the cost."""

    found: list[Fault]
    missed: list[Fault]
    undecided: int
    told: bool  # a finding says that something is undecided
    seconds: float
    ratio: float

    @property
    def silent(self) -> bool:
        """Whether a fault is missing, or a verdict, and no finding says so."""
        return not self.told and bool(self.missed or self.undecided)


def measure(nodes: Nodes, faults: Sequence[Fault], path: Path) -> Measured:
    """Write a sequence to ``path`` and lint it with every rule, in this process."""
    path.write_text(sequence_xml(nodes), "utf-8", newline="\n")
    seconds, findings = _timed(lambda: _findings(path))
    parsing, _ = _timed(lambda: etree.parse(str(path)), PARSING)
    open_ends = lint([str(path)], builtin_rules(), builtin_tables()).undecided
    found = [fault for fault in faults if _is_found(fault, findings)]
    missed = [fault for fault in faults if fault not in found]
    told = any(finding["rule"] == UNDECIDED for finding in findings)
    return Measured(found, missed, len(open_ends), told, seconds, (seconds + START) / parsing)


def _findings(path: Path) -> list[dict[str, Any]]:
    """Run the program as it is run, but for its start."""
    with redirect_stdout(io.StringIO()) as told, redirect_stderr(io.StringIO()):
        status = main([*OPTIONS, str(path)])
    if status != 0:
        raise RuntimeError(f"{path}: exit status {status}")
    findings: list[dict[str, Any]] = json.loads(told.getvalue())["findings"]
    return findings


def _is_found(fault: Fault, findings: Sequence[dict[str, Any]]) -> bool:
    return any(
        finding["rule"] in fault.rules and finding.get("step", "").rpartition("/")[2] in fault.steps
        for finding in findings
    )


def _timed(work: Callable[[], Any], least: float = 0) -> tuple[float, Any]:
    """Return the processor time that something takes, and what it returns.

    What is short is done for ``least`` seconds together: the clocks of some machines go in steps.
    """
    count, began, taken = 0, time.process_time(), 0.0
    while not count or taken <= least:
        returned = work()
        count += 1
        taken = time.process_time() - began
    return taken / count, returned
