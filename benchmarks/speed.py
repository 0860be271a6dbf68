"""How fast tslint is, and how much memory it takes: ``python -m benchmarks.speed [FOLDER]``.

Times are ratios of whole processes, run in turn, the median of the pairs: so they hold when the machine's
speed drifts. FOLDER is a folder of exports; without one, sequences of our own making are written.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import Process
from pathlib import Path
from random import Random
from typing import IO, NamedTuple

from benchmarks.seeded.hosts import own_host
from tslint.rules.example import sequence_xml

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
FILES = 1_000


class Took(NamedTuple):
    """What a process took: seconds, and at most so much memory, in MiB."""

    seconds: float
    memory: float


def took(command: list[str], output: int | IO[bytes] = subprocess.DEVNULL) -> Took:
    """Run a command once. Of a process that starts others the memory is its own.

    It is never less than what this process takes when it starts the command: so this one must stay small.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Took(seconds, usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024))


def show(name: str, figure: str, goal: str = "", detail: str = "") -> None:
    """Print one line of the table."""
    print(f"{name:<44} {figure:>10}  {goal:<8} {detail}", flush=True)


def ratio(name: str, goal: str, command: list[str], other: list[str], runs: int) -> None:
    """Show the median of command / other over pairs of runs."""
    took(command), took(other)
    pairs = [(took(command).seconds, took(other).seconds) for _ in range(runs)]
    median = statistics.median(a / b for a, b in pairs)
    ours, theirs = (statistics.median(side) * 1000 for side in zip(*pairs, strict=True))
    show(name, f"{median:.2f}", goal, f"{ours:.0f} ms against {theirs:.0f} ms")


def own_folder(folder: Path, hosts: int) -> Path:
    """Write sequences of our own making in the shapes that people export."""
    folder.mkdir()
    rng = Random(1)
    for number in range(hosts):
        own_host(rng).save(folder, f"host{number}")
    return folder


def large(folder: Path, steps: int) -> Path:
    """Write one sequence of many steps, in a process of its own that gives back the memory."""
    path = folder / f"steps{steps}.xml"
    writer = Process(target=_write, args=(path, steps))
    writer.start()
    writer.join()
    return path


def _write(path: Path, steps: int) -> None:
    """Write ordinary steps, a tenth of them conditional, state migration around."""
    nodes = [{"step": "RequestStateStore", "RequestType": "capture", "when": "Mode equals Refresh"}]
    for number in range(1, steps - 1):
        when = {"when": f"Model equals M{number % 50}"} if number % 10 == 0 else {}
        if number % 20 == 0:
            nodes.append({"set": f"V{number % 40}", "to": str(number), "name": f"Set {number}", **when})
        else:
            nodes.append({"run": f"cmd.exe /c tool{number}.exe /quiet", "name": f"Step {number}", **when})
    nodes.append({"step": "ReleaseStateStore", "when": "Mode notEquals New"})
    path.write_text(sequence_xml(nodes), "utf-8", newline="\n")


def memory(name: str, goal: str, path: Path) -> None:
    """Show the most memory that a run takes, and how many times the size of its input that is."""
    files = (file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)
    size = sum(file.stat().st_size for file in files) / 1024**2
    peak = took([*LINT, str(path)]).memory
    show(name, f"{peak:.0f} MiB", goal, f"{peak / size:.1f} times the {size:.1f} MiB of input")


def steps(scratch: Path, runs: int) -> None:
    """Show what a step costs in sequences of all sizes, and what a large sequence takes of memory."""
    start = min(took([*LINT, str(large(scratch, 1))]).seconds for _ in range(runs))
    costs = []
    for count in SIZES:
        # fails if a bound refuses it; that no site takes a sequence so large is no matter here
        command = [*LINT, "--fail-on", "error", "--ignore", "TS704", str(large(scratch, count))]
        costs.append((min(took(command).seconds for _ in range(3)) - start) / count * 1e6)
        show(f"{count:,} steps in one sequence", f"{costs[-1]:.0f} us", "", "a step, start-up left out")
    show("the dearest step against the cheapest", f"{max(costs) / min(costs):.2f}", "<= 1.3")
    memory(f"memory for {SIZES[-1]:,} steps", "< 1 GiB", large(scratch, SIZES[-1]))


def processes(folder: Path, runs: int) -> None:
    """Show how much faster two processes are than one; they must say the same."""
    pairs, said = [], []
    for number in range(2 * runs):
        with tempfile.TemporaryFile() as out:
            seconds = took([*LINT, "--jobs", str(1 + number % 2), str(folder)], out).seconds
            out.seek(0)
            said.append(out.read())
        pairs.append(seconds)
    faster = statistics.median(one / two for one, two in zip(pairs[::2], pairs[1::2], strict=True))
    one, two = (statistics.median(side) * 1000 for side in (pairs[::2], pairs[1::2]))
    same = "same output" if len(set(said)) == 1 else "OTHER OUTPUT"
    show(f"{FILES} files, --jobs 2", f"{faster:.2f}", ">= 1.7", f"{one:.0f} ms to {two:.0f} ms, {same}")


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    runs = options.runs
    show("measured", "figure", "goal")
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.folder or own_folder(Path(scratch) / "own", 180)
        cold = [*PARSE, PARSE_FILE, str(EXAMPLE)]
        ratio("one small file, cold, against parsing it", "<= 2.2", [*LINT, str(EXAMPLE)], cold, runs)
        ratio("the same as SARIF", "<= 3.5", [*LINT, "--format", "sarif", str(EXAMPLE)], cold, runs)
        parse = [*PARSE, PARSE_FOLDER, str(folder)]
        ratio("a folder, against parsing it", "<= 5", [*LINT, str(folder)], parse, runs)
        memory("memory for the folder", "", folder)
        steps(Path(scratch), runs)
        many = own_folder(Path(scratch) / "many", FILES)
        processes(many, min(runs, 5))
        memory(f"memory for {FILES} files", "", many)


if __name__ == "__main__":
    main()
