"""``action.yml``: what GitHub's runner would do with it, done here."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tslint.cli.arguments import Output, parse

ROOT = Path(__file__).parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
SETUP, INSTALL, LINT = ACTION["runs"]["steps"]
DEFAULTS = {name: given["default"] for name, given in ACTION["inputs"].items()}
HOSTILE = "x.xml\"; touch pwned; $(touch pwned) `touch pwned` ' && touch pwned #"

pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")


def environment(**inputs):
    """The variables of the lint step, its expressions filled in."""
    values = {**DEFAULTS, **{name.replace("_", "-"): text for name, text in inputs.items()}}
    return {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], text)
        for name, text in LINT["env"].items()
    }


def run_step(folder, program, **inputs):
    """Run the lint step as the runner does, with ``program`` as tslint."""
    tools = folder / "tools"
    tools.mkdir()
    (tools / "tslint").write_text(program, "utf-8")
    (tools / "tslint").chmod(0o755)
    (folder / "step.sh").write_text(LINT["run"], "utf-8")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", folder / "step.sh"],
        cwd=folder,
        env={"PATH": f"{tools}:/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment(**inputs)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def arguments_of(folder, **inputs):
    """What tslint is given."""
    done = run_step(folder, '#!/bin/sh\nprintf "%s\\0" "$@" > given\n', **inputs)
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
    assert options.outputs == (Output("text"), Output("sarif", "tslint.sarif"))


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


@pytest.mark.parametrize("name", ["paths", "profile", "fail_on", "args", "sarif_file"])
def test_no_input_can_run_a_command(tmp_path, name):
    assert any(HOSTILE in argument for argument in arguments_of(tmp_path, **{name: HOSTILE}))
    assert not (tmp_path / "pwned").exists()


def test_a_path_is_never_an_option(tmp_path):
    assert parse(arguments_of(tmp_path, paths="--list-rules\n-x.xml")).paths == ("--list-rules", "-x.xml")


def test_the_step_fails_on_findings_and_writes_them(tmp_path):
    shutil.copy(ROOT / "examples" / "refresh-broken.xml", tmp_path / "broken export.xml")
    done = run_step(
        tmp_path, f'#!/bin/sh\nexec "{sys.executable}" -m tslint "$@"\n', paths="broken export.xml"
    )
    assert done.returncode == 1, done.stderr
    assert "TS108" in done.stdout
    (run,) = json.loads((tmp_path / "tslint.sarif").read_text("utf-8"))["runs"]
    assert "TS108" in {result["ruleId"] for result in run["results"]}


def test_nothing_is_imported_from_the_repository_that_is_linted(tmp_path):
    (tmp_path / "pip.py").write_text("open('pwned', 'w')", "utf-8")
    command = INSTALL["run"].replace("install", "--version", 1).partition(" --quiet")[0]
    assert command == "python -I -m pip --version"
    words = [sys.executable, *command.split()[1:]]
    assert subprocess.run(words, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    assert not (tmp_path / "pwned").exists()
