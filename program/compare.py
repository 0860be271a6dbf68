"""Hold the single-file program against the package: ``python program/compare.py dist/tslint``.

Both get the same command lines, and must give the same bytes and the same exit status.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tslint.report.render import FORMATS

ROOT = Path(__file__).resolve().parents[1]
BROKEN = "examples/refresh-broken.xml"
POLICY = "examples/policy"
COMMANDS = (
    *(["--format", form, BROKEN] for form in FORMATS),
    ["--jobs", "2", "examples"],
    ["--rules", POLICY, "--profile", "all", "examples"],
    ["--check-rules", POLICY],
    ["--explain", "TS101"],
    ["--list-rules"],
    ["--completion", "powershell"],
    ["show", BROKEN],
    ["diff", "examples/refresh-mended.xml", BROKEN],
    ["trace", BROKEN, "--set", "USMTLOCAL=True"],
    ["--version"],
    ["--help"],
    ["no-such-file.xml"],
)
STARTS = 5


def main() -> int:
    """Compare, and tell the program's size and how long it takes to start; 1 if something differs."""
    program = Path(sys.argv[1]).resolve()
    if not program.exists():
        program = program.with_suffix(".exe")
    package = [sys.executable, "-P", "-m", "tslint"]
    different = [command for command in COMMANDS if ran([str(program)], command) != ran(package, command)]
    for command in different:
        sys.stderr.write(f"differs: tslint {' '.join(command)}\n")
    size = program.stat().st_size / 1_000_000
    sys.stdout.write(f"{program.name}: {size:.1f} MB, starts in {fastest(program):.2f} s\n")
    sys.stdout.write(f"{len(COMMANDS)} command lines compared, {len(different)} of them differ\n")
    return int(bool(different))


def ran(program: list[str], command: list[str]) -> tuple[int, bytes, bytes]:
    """Return exit status, standard output and standard error."""
    done = subprocess.run([*program, *command], cwd=ROOT, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def fastest(program: Path) -> float:
    """Return the seconds of the fastest of a few starts."""
    seconds = []
    with TemporaryDirectory() as elsewhere:
        for _ in range(STARTS):
            begin = time.perf_counter()
            subprocess.run([program, "--version"], cwd=elsewhere, capture_output=True, check=True)
            seconds.append(time.perf_counter() - begin)
    return min(seconds)


if __name__ == "__main__":
    sys.exit(main())
