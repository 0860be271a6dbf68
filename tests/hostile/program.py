"""The real program in a process of its own: hostile files, a good one beside them, little memory and time.

Time is processor time, which a busy machine does not lengthen.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tslint.rules.example import sequence_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[2]
SECONDS = 60  # far more than any of these takes; without its bound each takes minutes or all memory
HANGING = 900  # of real time: what does not even compute
MEMORY = 1 << 30

REQUEST = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
RELEASE = {"step": "ReleaseStateStore", "name": "Release"}
CAPTURE = {"step": "CaptureUserState", "name": "Capture"}
FAULTY = sequence_xml([REQUEST])  # in which TS101 is found, and judged to the end
UNREAD = frozenset({"TS001", "TS002", "TS003", "TS004"})


class Ran(NamedTuple):
    """What a run left: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    def rules(self) -> dict[str, set[str]]:
        """Return the rules that found something, by file, from a report in JSON."""
        found: dict[str, set[str]] = {}
        for finding in json.loads(self.out)["findings"]:
            found.setdefault(finding["file"], set()).add(finding["rule"])
        return found


def run(folder: Path, *arguments: str, memory: int = MEMORY) -> Ran:
    """Run tslint in a folder, isolated; it must not crash, and must say so in its exit status."""
    ended = subprocess.run(
        [sys.executable, "-m", "tslint", "--isolated", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=HANGING,
        check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONWARNINGS": "error"},
        stdin=subprocess.DEVNULL,
        preexec_fn=_limit(memory),
    )
    ran = Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())
    assert "Traceback" not in ran.err
    assert "fault of tslint" not in ran.err, ran.err
    assert ran.status in (0, 1), ran
    return ran


def beside_good(folder: Path, files: Mapping[str, str | bytes], *arguments: str) -> dict[str, set[str]]:
    """Lint files, each named, beside a good one, whose finding must be there; return the rules by file."""
    for name, content in (*files.items(), ("good.xml", FAULTY)):
        data = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
        (folder / name).write_bytes(data)
    ran = run(folder, "--profile", "all", "--format", "json", *arguments, "--", *files, "good.xml")
    found = ran.rules()
    assert ran.status == 1
    assert "TS101" in found.pop("good.xml")
    return found


def refused(folder: Path, files: Mapping[str, str | bytes]) -> dict[str, str]:
    """Lint files of which nothing can be read beside a good one; return the one rule of each."""
    found = beside_good(folder, files)
    assert set(found) == set(files)
    return {name: " ".join(sorted(rules)) for name, rules in found.items()}


def _limit(memory: int) -> Callable[[], None] | None:
    """Return what bounds memory and time of a process to come, None where the system has no such bound."""
    if sys.platform != "linux":
        return None
    import resource

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    return bound
