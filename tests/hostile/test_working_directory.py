"""Modules that a stranger has laid beside the exports: none of them runs."""

import os
import shutil
import subprocess
import sys
import sysconfig

import pytest

from tests.hostile.program import FAULTY, ROOT, SECONDS
from tslint.cli.status import FOUND

TRAPPED = 66
THIRD_PARTY = ("colorama", "jsonschema", "lxml", "sarif_om", "yaml")
# what makes tslint import most of what it ever does
ARGUMENTS = (
    "--profile",
    "all",
    "--write-baseline",
    "b.json",
    "--output",
    "sarif=s.sarif",
    "--jobs",
    "2",
    ".",
)


def python(folder, *arguments, **variables):
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


@pytest.fixture
def folder(tmp_path):
    """Exports, and a trap named like each module that Python has not imported when it comes to tslint."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "bare.py").write_text("import sys; print(*sys.modules)")
    before = python(tmp_path / "bare", "-m", "bare").stdout.split()
    exports = tmp_path / "exports"
    exports.mkdir()
    for name in {*sys.stdlib_module_names, *THIRD_PARTY}.difference(before):
        (exports / f"{name}.py").write_text(f"import os; os._exit({TRAPPED})")
    (exports / ".tslint.yaml").write_text("fail-on: warning")
    for number in range(2):
        (exports / f"{number}.xml").write_text(FAULTY)
    return exports


@pytest.mark.parametrize("options", [(), ("-P",), ("-X", "dev")])
def test_started_as_a_module_tslint_imports_nothing_from_there(folder, options):
    ended = python(folder, *options, "-m", "tslint", *ARGUMENTS)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert "written to the baseline" in ended.stderr


def test_new_interpreters_of_workers_import_nothing_from_there(folder):
    script = folder.parent / "script.py"
    script.write_text("""
import sys
from tslint.lint import jobs
jobs.METHOD = "spawn"
if __name__ == "__main__":
    from tslint.console import console
    console()
""")
    ended = python(folder, str(script), *ARGUMENTS)
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    assert "fault" not in ended.stderr


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_checkout_that_is_not_installed_runs_and_asks_itself_last(tmp_path, method):
    if method == "fork" and sys.platform != "linux":
        pytest.skip("as on Linux")
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "tslint", checkout / "tslint", ignore=shutil.ignore_patterns("__pycache__"))
    jobs = checkout / "tslint" / "lint" / "jobs.py"
    jobs.write_text(jobs.read_text("utf-8").replace('METHOD = "', f'METHOD = "{method}" or "', 1), "utf-8")
    for name in ("a.xml", "b.xml"):
        (checkout / name).write_text(FAULTY)
    (checkout / "gzip.py").write_text(f"import os; os._exit({TRAPPED})")
    installed = os.pathsep.join({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})
    # -S: the folder of packages without the installed tslint that a file in it leads to
    ended = python(checkout, "-S", "-m", "tslint", "--isolated", "--jobs", "2", ".", PYTHONPATH=installed)
    assert ended.returncode == FOUND, ended.stderr
    assert "2 of 2 task sequences" in ended.stderr


def test_a_working_directory_that_is_gone_is_no_traceback(tmp_path):
    if sys.platform == "win32":
        pytest.skip("Windows keeps the folder")
    (tmp_path / "a.xml").write_text(FAULTY)
    (tmp_path / "gone").mkdir()
    shell = 'rmdir "$PWD" && exec "$0" -m tslint --version'
    ended = subprocess.run(
        ["sh", "-c", shell, sys.executable],
        cwd=tmp_path / "gone",
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
