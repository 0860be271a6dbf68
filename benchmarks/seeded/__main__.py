"""Seed defects and look-alikes, run the linter over them, and count what it finds and wrongly says."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.seeded import naive
from benchmarks.seeded.cases import ALL_RULES, Case, generate
from benchmarks.seeded.exports import read_folder
from benchmarks.seeded.material import RULES
from benchmarks.seeded.oracle import JUDGED
from tslint.rules.builtin import builtin_rules

if TYPE_CHECKING:
    from collections.abc import Sequence

WANTED = 0.99
SIDES = ("defects", "look-alikes")
PROFILES = {rule.id: rule.profile for rule in builtin_rules()}
PROJECT = Path(__file__).parents[2]
Found = set[tuple[str, str, str]]  # rule, step name, level


def lint(folder: Path, files: Sequence[str], *options: str) -> dict[str, Found]:
    """What the linter finds in each file, by one run of its command line."""
    fixed = ("--isolated", "--format", "json", "--fail-on", "never")
    command = [sys.executable, "-m", "tslint", *fixed, *options, *files]
    path = os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": path}, capture_output=True, check=False
    )
    if done.returncode != 0:
        sys.exit(f"tslint ended with {done.returncode}:\n{done.stderr.decode(errors='replace')[-2000:]}")
    found: dict[str, Found] = {file: set() for file in files}
    for finding in json.loads(done.stdout)["findings"]:
        file = finding["file"].split("!/")[0].rsplit("/", 1)[-1]
        found[file].add((finding["rule"], _last(finding), finding["level"]))
    return found


def _last(finding: dict[str, Any]) -> str:
    return str(finding.get("step") or "").rsplit("/", 1)[-1]


def _options(rule: str) -> tuple[str, ...]:
    """How the cases of a rule are linted: as users run it, with the smallest profile that has the rule.

    Of the ten only they are asked: some of the other rules report the same fault in the place of one of them.
    """
    return ("--select", ",".join(RULES)) if rule in RULES else ("--profile", PROFILES[rule])


def right(case: Case, found: Found) -> bool:
    """A defect is found when its rule names its step; a look-alike is silent when it names none of them."""
    names = {name for rule, name, _ in found if rule == case.rule}
    return case.target in names if case.target else not names & case.names


def off_level(case: Case, found: Found) -> bool:
    """Whether a defect was found, but not at its level."""
    levels = {level for rule, name, level in found if (rule, name) == (case.rule, case.target)}
    return bool(case.target and levels and not levels & case.levels())


def strays(case: Case, found: Found) -> set[tuple[str, str]]:
    """Findings of the ten rules, beside the one asked for, that the oracle does not support."""
    judged = {(rule, name) for rule, name, _ in found if rule in JUDGED}
    other = {(rule, name) for rule, name, _ in found if rule in set(RULES) - set(JUDGED)}
    on_host = {(rule, name) for rule, name in other if name not in case.names}
    return {(rule, name) for rule, name in judged - case.verdict.findings if rule != case.rule} | on_host


def table(cases: Sequence[Case], results: Sequence[Found]) -> bool:
    """Print the figures per rule; True when each reaches what is wanted over all rules."""
    counts: Counter[tuple[str, str]] = Counter()
    for case, found in zip(cases, results, strict=True):
        side = "defects" if case.target else "look-alikes"
        asked = case.rule in RULES
        simple = {(rule, name, "") for s in case.export.sequences.values() for rule, name in naive.check(s)}
        for row in (case.rule, "all"):
            counts[row, side] += 1
            counts[row, f"{side} right"] += right(case, found)
            counts[row, f"{side} asked"] += asked
            counts[row, f"{side} naive"] += asked and right(case, simple)
            counts[row, "level"] += off_level(case, found)
    print(f"{'rule':6} {'found':>11} {'silent':>11} {'level off':>9}   naive: {'found':>6} {'silent':>7}")
    for rule in (*ALL_RULES, "all"):
        c = {what: counts[rule, what] for what in ("defects", "look-alikes", "level")}
        shown = [f"{counts[rule, f'{side} right']}/{c[side]}" for side in SIDES]
        figures = f"{rule:6} {shown[0]:>11} {shown[1]:>11} {c['level']:>9}"
        print(f"{figures}{_naive(counts, rule)}")
    return all(counts["all", f"{side} right"] >= WANTED * counts["all", side] for side in SIDES)


def _naive(counts: Counter[tuple[str, str]], rule: str) -> str:
    """How the naive script does, which knows only the ten rules."""
    sides = [(counts[rule, f"{side} naive"], counts[rule, f"{side} asked"]) for side in SIDES]
    if not all(asked for _, asked in sides):
        return ""
    found, silent = (right / asked for right, asked in sides)
    return f"          {found:>6.0%} {silent:>7.0%}"


def report_misses(cases: Sequence[Case], results: Sequence[Found], files: Sequence[str]) -> None:
    """One line for each case that went wrong."""
    for case, found, file in zip(cases, results, files, strict=True):
        if right(case, found) and not off_level(case, found):
            continue
        side = "defect" if case.target else "look-alike"
        said = sorted(f"{rule} {level} '{name}'" for rule, name, level in found if name in case.names)
        wanted = f"wanted {case.level} at '{case.target}'" if case.target else "wanted silence"
        print(f"{file}: {case.rule} {side} {case.kind} in {case.export.source}")
        print(f"    {wanted}; said {said or 'nothing'}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seeded", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--cases", type=int, default=1000, help="defects, and as many look-alikes (default 1000)"
    )
    parser.add_argument(
        "--base", type=Path, help="insert into the Configuration Manager exports of this folder"
    )
    parser.add_argument("--show-misses", action="store_true", help="list what went wrong and keep the files")
    args = parser.parse_args()
    base = read_folder(args.base) if args.base else []
    if args.base and not base:
        parser.error(f"no Configuration Manager task sequence in {args.base}")
    cases = list(generate(args.seed, args.cases, base))
    folder = Path(tempfile.mkdtemp(prefix="tslint-seeded-"))
    try:
        files = [case.export.save(folder, f"case{i:05}") for i, case in enumerate(cases)]
        found: dict[str, Found] = {}
        for options in sorted({_options(case.rule) for case in cases}):
            asked = zip(files, cases, strict=True)
            found |= lint(folder, [file for file, case in asked if _options(case.rule) == options], *options)
    finally:
        if not args.show_misses:
            shutil.rmtree(folder)
    results = [found[file] for file in files]
    good = table(cases, results)
    if not base:
        pairs = zip(cases, results, strict=True)
        extra = Counter(rule for case, said in pairs if case.rule in RULES for rule, _ in strays(case, said))
        print(f"unasked findings that no oracle supports: {dict(extra) or 'none'}")
    if args.show_misses:
        report_misses(cases, results, files)
        print(f"the files are in {folder}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
