"""Write down the exact versions that tslint is tested with: ``python requirements/lock.py``.

From what ``pyproject.toml`` asks for and uv (of the extra ``dev``) finds in the package index, it writes

- ``constraints.txt``: every version, for all Pythons and systems, to install with ``pip install -c``;
- ``hashed.txt``: what an installation needs to be built and to run, for ``pip install --require-hashes``;
- ``program.txt``: the same, and what makes the single-file program;
- ``lowest.txt``: the lowest versions that ``pyproject.toml`` allows, to run the tests with them once;
- two lists elsewhere that pip and pre-commit read: ``requires`` of ``pyproject.toml``, which is the group
  ``build`` with all that it needs, and ``additional_dependencies`` of ``.pre-commit-hooks.yaml``;
- the versions of the tools in ``.pre-commit-config.yaml``.

A version changes only where ``pyproject.toml`` asks for another. ``--upgrade`` takes the newest of all;
``--check`` writes nothing and fails where something is not up to date.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
CONSTRAINTS, HASHED, PROGRAM, LOWEST = (
    f"requirements/{name}.txt" for name in ("constraints", "hashed", "program", "lowest")
)
PROJECT, HOOKS, COMMITS = "pyproject.toml", ".pre-commit-hooks.yaml", ".pre-commit-config.yaml"
OLDEST = "3.11"  # requires-python
BUILD = ("--group", "build")


def main(arguments: list[str] | None = None) -> int:
    """Write or check; 1 if a file is not up to date."""
    parser = argparse.ArgumentParser(description="Write down the exact versions that tslint is tested with.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions")
    parser.add_argument("--check", action="store_true", help="write nothing, fail where something is stale")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        found = locked(Path(folder), upgrade=given.upgrade)
    stale = [name for name, text in found.items() if _text(name) != text]
    if given.check:
        for name in stale:
            sys.stderr.write(f"{name} is stale, run: python requirements/lock.py\n")
        return int(bool(stale))
    for name in stale:
        (ROOT / name).write_text(found[name], "utf-8", newline="\n")
    sys.stderr.write(f"written: {', '.join(stale) or 'nothing, all is up to date'}\n")
    return 0


def locked(folder: Path, *, upgrade: bool) -> dict[str, str]:
    """Return the text of each file, by its name. ``folder`` is scratch."""
    newest = ("--upgrade",) if upgrade else ()
    lowest = ("--resolution", "lowest-direct", "--extra", "test")
    found = {
        CONSTRAINTS: _compiled(folder, CONSTRAINTS, *newest, "--all-extras", *BUILD),
        LOWEST: _compiled(folder, LOWEST, *newest, *lowest),
    }
    same = ("--constraints", str(folder / Path(CONSTRAINTS).name))
    hashed = (*newest, *same, *BUILD, "--generate-hashes")
    found[HASHED] = _compiled(folder, HASHED, *hashed)
    found[PROGRAM] = _compiled(folder, PROGRAM, *hashed, "--extra", "program")
    runs = _pins(_compiled(folder, "runs", *same))
    builds = _pins(_compiled(folder, "builds", *same, *BUILD, project=False))
    found[PROJECT] = _listing(PROJECT, "requires = [", '  "{}",', builds)
    found[HOOKS] = _listing(HOOKS, "  additional_dependencies: &locked", '    - "{}"', runs)
    pins = {pin.partition("==")[0]: pin for pin in _pins(found[CONSTRAINTS])}
    found[COMMITS] = re.sub(r"\[([\w-]+)==.*?\]", lambda tool: f"[{pins[tool[1]]}]", _text(COMMITS))
    return found


def _compiled(folder: Path, name: str, *options: str, project: bool = True) -> str:
    """Let uv find the versions. It keeps those that the file of this name has, as far as it can."""
    file = folder / Path(name).name
    if (ROOT / name).is_file():
        shutil.copy(ROOT / name, file)
    command = [sys.executable, "-m", "uv", "pip", "compile", "--universal", "--python-version", OLDEST]
    told = ("--quiet", "--no-annotate", "--custom-compile-command", "python requirements/lock.py")
    source = [PROJECT] if project else []
    subprocess.run([*command, *told, *options, "--output-file", str(file), *source], cwd=ROOT, check=True)
    return file.read_text("utf-8")


def _pins(text: str) -> list[str]:
    """``attrs==26.1.0``, with the marker that may follow."""
    return [line.rstrip(" \\") for line in text.splitlines() if re.match(r"[a-z0-9]", line)]


def _listing(name: str, head: str, form: str, items: list[str]) -> str:
    """Return the text of a file with these items, each a line of this form, as the list below ``head``."""
    start = re.escape(form.partition("{}")[0])
    lines = "".join(f"{form.format(item)}\n" for item in items)
    return re.sub(
        rf"(?m)^({re.escape(head)}\n)(?:{start}.*\n)*", lambda found: found[1] + lines, _text(name), count=1
    )


def _text(name: str) -> str:
    file = ROOT / name
    return file.read_text("utf-8") if file.is_file() else ""


if __name__ == "__main__":
    sys.exit(main())
