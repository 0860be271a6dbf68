"""Lint large and hostile sequences with planted faults: ``python -m benchmarks.large --seeds 10``."""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.large.hostile import HOSTILE
from benchmarks.large.measure import Measured, measure
from benchmarks.large.sequences import draw
from tslint.rules.example import sequence_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS, VARIABLES = (250, 500, 1000), (5, 20, 40, 80)


def _rate(measured: Sequence[Measured], *, handler: bool) -> str:
    found = sum(fault.handler == handler for one in measured for fault in one.found)
    missed = sum(fault.handler == handler for one in measured for fault in one.missed)
    return f"{found}/{found + missed}"


def _row(name: str, variables: str, measured: Sequence[Measured]) -> None:
    undecided = sum(bool(one.undecided or one.told) for one in measured)
    ratios = [one.ratio for one in measured]
    cells = (
        name,
        variables,
        str(len(measured)),
        _rate(measured, handler=False),
        _rate(measured, handler=True),
        str(undecided),
        str(sum(one.silent for one in measured)),
        f"{statistics.median(ratios):.0f}",
        f"{max(ratios):.0f}",
        f"{max(one.seconds for one in measured):.2f} s",
    )
    print("| " + " | ".join(cells) + " |", flush=True)


def _head() -> None:
    print(
        "| steps | variables | files | found | in handlers | undecided | silent | median | worst | slowest |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")


def _tell(name: str, one: Measured) -> None:
    """Name what was missed."""
    for fault in one.missed:
        print(f"  {name}: {fault.rules[0]} at {fault.steps[0]!r} missed", file=sys.stderr)


def large(options: argparse.Namespace, folder: Path) -> list[Measured]:
    """Print the table of large sequences."""
    every: list[Measured] = []
    _head()
    for steps in options.steps:
        for variables in options.variables:
            measured = []
            for seed in range(options.first, options.first + options.seeds):
                made = draw(seed, steps, variables)
                measured.append(measure(made.nodes, made.faults, folder / f"{steps}-{variables}-{seed}.xml"))
                if options.show_misses:
                    _tell(f"{steps} steps, {variables} variables, seed {seed}", measured[-1])
            _row(str(steps), str(variables), measured)
            every += measured
    _row("all", "", every)
    return every


def hostile(options: argparse.Namespace, folder: Path) -> list[Measured]:
    """Print the table of hostile sequences."""
    every = []
    print("\n| hostile file | KB | found | rules undecided | silent | CPU |\n|---|---|---|---|---|---|")
    for name, build in HOSTILE.items():
        nodes, faults = build()
        one = measure(nodes, faults, folder / f"{name.replace(' ', '-')}.xml")
        size = f"{len(sequence_xml(nodes)) / 1024:.0f}"
        silent = "yes" if one.silent else "no"
        found = _rate([one], handler=False)
        print(f"| {name} | {size} | {found} | {one.undecided} | {silent} | {one.seconds:.2f} s |", flush=True)
        if options.show_misses:
            _tell(name, one)
        every.append(one)
    return every


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.split(",")]


def main() -> int:
    """Measure; the exit status is 1 where a fault is missing, or a verdict, and no finding says so."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="sequences of each size")
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--steps", type=_numbers, default=STEPS, help="such as 250,500,1000")
    parser.add_argument("--variables", type=_numbers, default=VARIABLES, help="such as 5,20,40,80")
    parser.add_argument("--show-misses", action="store_true", help="name what is not found")
    parser.add_argument("--only", choices=("large", "hostile"))
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the files there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        every = large(options, folder) if options.only != "hostile" else []
        every += hostile(options, folder) if options.only != "large" else []
    return int(any(one.silent for one in every))


if __name__ == "__main__":
    sys.exit(main())
