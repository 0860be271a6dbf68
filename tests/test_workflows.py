"""What runs on GitHub is pinned, has no more rights than it needs, and installs what it says."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
TEXTS = {path.name: path.read_text("utf-8") for path in (*WORKFLOWS, ROOT / "action.yml")}
JOBS = {
    f"{path.stem} {name}": job
    for path in WORKFLOWS
    for name, job in yaml.safe_load(TEXTS[path.name])["jobs"].items()
}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINNED = re.compile(r"uses: ([\w./-]+)@([0-9a-f]{40}) # v(\d+\.\d+\.\d+)")


def used(text):
    """The lines that use an action or workflow of somebody else."""
    return re.findall(r"uses: (?!\./).*", text)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_github_finds_each_workflow_well_formed(path):
    check = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", path]
    done = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_each_action_is_pinned_to_a_commit_and_its_version_told(text):
    assert [line for line in used(text) if not PINNED.fullmatch(line)] == []


def test_an_action_is_the_same_everywhere():
    pins = {PINNED.fullmatch(line).groups() for text in TEXTS.values() for line in used(text)}
    assert len({name for name, _, _ in pins}) == len(pins)


@pytest.mark.parametrize("page", ["README.md", "docs/code-scanning.md"])
def test_the_examples_use_the_versions_that_the_project_uses(page):
    majors = {
        (pin[1], pin[3].partition(".")[0])
        for text in TEXTS.values()
        for pin in map(PINNED.fullmatch, used(text))
    }
    names = {name for name, _ in majors}
    shown = re.findall(r"uses: (\S+)@v(\d+)$", (ROOT / page).read_text("utf-8"), re.MULTILINE)
    assert {one for one in shown if one[0] in names} <= majors
    assert ("actions/checkout", "7") in shown


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_has_no_rights_but_those_that_its_jobs_name(path):
    assert yaml.safe_load(TEXTS[path.name])["permissions"] == {}


@pytest.mark.parametrize("name", JOBS)
def test_only_the_release_may_write(name):
    rights = JOBS[name]["permissions"]
    writes = {right for right, level in rights.items() if level != "read"}
    assert writes == ({"contents", "id-token", "attestations"} if name == "release publish" else set())


def test_nothing_is_published_but_for_a_tag():
    assert JOBS["release publish"]["if"] == "github.ref_type == 'tag'"
    assert set(JOBS["release publish"]["needs"]) == {"packages", "programs"}


def test_the_tests_run_on_every_python_that_is_supported():
    pythons = JOBS["tests tests"]["strategy"]["matrix"]["python"]
    assert f">={pythons[0]}" == PROJECT["requires-python"]
    assert [int(python.partition(".")[2]) for python in pythons] == list(range(11, 11 + len(pythons)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_each_file_that_is_installed_from_or_run_is_there(text):
    named = re.findall(r"(?:requirements|program)/[\w.-]+\.\w+|\.ci/run", text)
    assert [name for name in named if not (ROOT / name).is_file()] == []


def test_the_newest_versions_are_tried_without_constraints():
    assert JOBS["newest tests"]["with"] == {"constraints": ""}
    assert JOBS["ci tests"]["with"] == {"constraints": "requirements/constraints.txt"}
