"""``action.yml``: what GitHub's runner would do with it, done here."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.package_index import skip_without_an_index
from tslint.cli.arguments import Output, parse

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
SETUP, INSTALL, LINT = ACTION["runs"]["steps"]
DEFAULTS = {name: given["default"] for name, given in ACTION["inputs"].items()}
HOSTILE = "x.xml\"; touch pwned; $(touch pwned) `touch pwned` ' && touch pwned #"

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")


def run_step(step, folder, values, **variables):
    """Run a step as the runner does: its expressions filled in with ``values``, in ``folder``."""
    given = {
        name: re.sub(r"\$\{\{ (.+?) \}\}", lambda match: values[match[1]], str(text))
        for name, text in step["env"].items()
    }
    script = folder / "step.sh"
    script.write_text(step["run"], "utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", script],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **given, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def install(folder):
    """Run the step that installs tslint, and return the program that it names."""
    temp, said = folder / "temp of the runner", folder / "outputs"
    temp.mkdir()
    done = run_step(
        INSTALL,
        folder,
        {"steps.python.outputs.python-path": sys.executable},
        **os.environ,
        RUNNER_TEMP=str(temp),
        RUNNER_OS="Windows" if os.name == "nt" else "",
        GITHUB_ACTION_PATH=str(ROOT),
        GITHUB_OUTPUT=str(said),
    )
    if done.returncode:
        skip_without_an_index(folder)
    assert done.returncode == 0, done.stderr
    return said.read_text("utf-8").partition("=")[2].strip()


def lint(folder, program, **inputs):
    """Run the step that lints, with ``program`` as tslint."""
    named = {f"inputs.{name.replace('_', '-')}": text for name, text in inputs.items()}
    defaults = {f"inputs.{name}": text for name, text in DEFAULTS.items()}
    values = {**defaults, **named, "steps.install.outputs.program": str(program)}
    summary = str(folder / "summary of the step")
    return run_step(LINT, folder, values, RUNNER_TEMP=str(folder), GITHUB_STEP_SUMMARY=summary)


def arguments_of(folder, **inputs):
    """What tslint is given."""
    program = folder / "tools of the action"
    program.write_text('#!/bin/sh\nprintf "%s\\0" "$@" > given\n', "utf-8")
    program.chmod(0o755)
    done = lint(folder, program, **inputs)
    assert done.returncode == 0, done.stderr
    return (folder / "given").read_text("utf-8").split("\0")[:-1]


def test_github_finds_the_action_well_formed():
    check = ["check_jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml"]
    done = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_no_input_becomes_part_of_a_script():
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])


def test_every_input_is_used():
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", json.dumps([SETUP["with"], LINT["env"]]))
    assert sorted(used) == sorted(ACTION["inputs"])


def test_the_defaults_lint_the_whole_repository(tmp_path):
    options = parse(arguments_of(tmp_path))
    assert options.paths == (".",)
    assert options.outputs[:2] == (Output("text"), Output("sarif", "tslint.sarif"))
    assert [output.format for output in options.outputs[2:]] == ["markdown", "github"]


def test_inputs_become_options(tmp_path):
    options = parse(
        arguments_of(
            tmp_path,
            paths="ex ports\n\nb.xml\n",
            profile="strict",
            fail_on="never",
            args="--ignore\nTS101\n",
            sarif_file="out dir/a.sarif",
        )
    )
    assert options.paths == ("ex ports", "b.xml")
    assert (options.profile, options.fail_on, options.ignore) == ("strict", "never", ("TS101",))
    assert options.outputs[1] == Output("sarif", "out dir/a.sarif")


REPORTING = """#!/bin/sh
for one in "$@"; do
    case $one in markdown=*|github=*) echo "report ${one%%=*}" > "${one#*=}";; esac
done
exit 1
"""


@pytest.fixture
def reporting(tmp_path):
    """A program that writes the reports it is asked for, and has found something."""
    program = tmp_path / "reporting"
    program.write_text(REPORTING, "utf-8")
    program.chmod(0o755)
    return program


def test_annotations_and_the_summary_are_written_where_findings_fail_the_step_too(tmp_path, reporting):
    summary = tmp_path / "summary of the step"
    summary.write_text("before\n", "utf-8")
    done = lint(tmp_path, reporting)
    assert done.returncode == 1, done.stderr
    assert done.stdout == "report github\n"
    assert summary.read_text("utf-8") == "before\nreport markdown\n"


def test_annotations_can_be_left_to_code_scanning(tmp_path, reporting):
    assert lint(tmp_path, reporting, annotations="false").stdout == ""


def test_a_run_that_wrote_no_report_ends_with_its_own_status(tmp_path):
    program = tmp_path / "refusing"
    program.write_text("#!/bin/sh\nexit 2\n", "utf-8")
    program.chmod(0o755)
    done = lint(tmp_path, program)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


@pytest.mark.parametrize("name", ["paths", "profile", "fail_on", "args", "annotations", "sarif_file"])
def test_no_input_can_run_a_command(tmp_path, name):
    given = arguments_of(tmp_path, **{name: HOSTILE})
    assert name == "annotations" or any(HOSTILE in argument for argument in given)
    assert not (tmp_path / "pwned").exists()


def test_a_path_is_never_an_option(tmp_path):
    assert parse(arguments_of(tmp_path, paths="--list-rules\n-x.xml")).paths == ("--list-rules", "-x.xml")


@pytest.mark.slow
def test_it_installs_what_has_a_known_hash_and_fails_on_findings(tmp_path):
    for module in (
        "pip.py",
        "venv.py",
        "hatchling.py",
    ):  # of the repository that is linted: not to be imported
        (tmp_path / module).write_text("open('pwned', 'w')", "utf-8")
    shutil.copy(ROOT / "examples" / "refresh-broken.xml", tmp_path / "broken export.xml")
    done = lint(tmp_path, install(tmp_path), paths="broken export.xml")
    assert done.returncode == 1, done.stderr
    assert "TS108" in done.stdout
    (run,) = json.loads((tmp_path / "tslint.sarif").read_text("utf-8"))["runs"]
    assert "TS108" in {result["ruleId"] for result in run["results"]}
    assert not (tmp_path / "pwned").exists()


def test_all_but_tslint_itself_is_installed_by_hash():
    commands = re.findall(r"pip install (.*)", INSTALL["run"])
    assert commands == [
        '--require-hashes -r "$GITHUB_ACTION_PATH/requirements/hashed.txt"',
        '--no-deps --no-build-isolation "$GITHUB_ACTION_PATH"',
    ]
