"""How fast tslint is, against parsing the same files with lxml: ``python -m benchmarks.speed [FOLDER]``.

Each figure is a whole process against a whole process, in turn, the median of the pairs: it holds when the
machine's speed drifts. FOLDER is a folder of exports; without one, sequences of our own making are written.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from benchmarks.seeded.hosts import own_host
from tslint.policy.example import sequence_xml

EXAMPLE = Path(__file__).parent.parent / "examples" / "refresh-broken.xml"
LINT = [sys.executable, "-m", "tslint", "--isolated", "--fail-on", "never"]
PARSE = [sys.executable, "-c"]
PARSE_FILE = "import sys, lxml.etree as e; e.parse(sys.argv[1])"
# What a reader of the same folder cannot do without: find the files, unzip, parse, and parse what is inside.
PARSE_FOLDER = """
import io, os, sys, zipfile
import lxml.etree as e
def parse(data):
    try:
        root = e.fromstring(data)
    except e.XMLSyntaxError:
        return
    for value in root.iterfind("PROPERTY[@NAME='Sequence']/VALUE"):
        parse((value.text or "<none/>").encode())
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        path = os.path.join(folder, name)
        if name.endswith(".xml"):
            with open(path, "rb") as file:
                parse(file.read())
        elif name.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                for member in archive.namelist():
                    if member.endswith("object.xml"):
                        parse(archive.read(member))
"""
SIZES = (1_000, 10_000, 100_000)


def seconds(command: list[str]) -> float:
    """Run a command once, its output thrown away."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    return time.perf_counter() - began


def ratio(name: str, command: list[str], other: list[str], runs: int) -> None:
    """Print the median of command / other over pairs of runs."""
    seconds(command), seconds(other)
    pairs = [(seconds(command), seconds(other)) for _ in range(runs)]
    median = statistics.median(a / b for a, b in pairs)
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    print(f"{name:<44} {median:5.2f}   ({ours:.0f} ms against {theirs:.0f} ms)")


def own_folder(folder: Path) -> None:
    """Write sequences of our own making in the shapes that people export."""
    rng = Random(1)
    for number in range(180):
        own_host(rng).save(folder, f"host{number}")


def large(folder: Path, steps: int) -> Path:
    """Write one sequence of many ordinary steps, a tenth of them conditional, state migration around."""
    path = folder / f"steps{steps}.xml"
    nodes = [{"step": "RequestStateStore", "RequestType": "capture", "when": "Mode equals Refresh"}]
    for number in range(steps):
        when = {"when": f"Model equals M{number % 50}"} if number % 10 == 0 else {}
        nodes.append({"run": f"cmd.exe /c tool{number}.exe /quiet", "name": f"Step {number}", **when})
        if number % 20 == 0:
            nodes.append({"set": f"V{number % 40}", "to": str(number), "name": f"Set {number}", **when})
    nodes.append({"step": "ReleaseStateStore", "when": "Mode notEquals New"})
    path.write_text(sequence_xml(nodes), "utf-8", newline="\n")
    return path


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder
        if folder is None:
            folder = Path(scratch) / "own"
            folder.mkdir()
            own_folder(folder)
        runs = options.runs
        ratio("one small file, cold", [*LINT, str(EXAMPLE)], [*PARSE, PARSE_FILE, str(EXAMPLE)], runs)
        sarif = [*LINT, "--format", "sarif", str(EXAMPLE)]
        ratio("the same as SARIF", sarif, [*PARSE, PARSE_FILE, str(EXAMPLE)], runs)
        ratio("a folder in one process", [*LINT, str(folder)], [*PARSE, PARSE_FOLDER, str(folder)], runs)
        for steps in SIZES:
            path = large(Path(scratch), steps)
            taken = statistics.median(seconds([*LINT, str(path)]) for _ in range(3))
            print(f"{f'{steps:,} steps in one sequence':<44} {taken / steps * 1e6:5.0f} us a step")


if __name__ == "__main__":
    main()
