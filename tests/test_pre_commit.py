"""The hook, run by pre-commit itself: a repository of exports that takes tslint from a repository."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.package_index import skip_without_an_index
from tslint.rules.example import sequence_xml

# one repository for all, so one process
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("pre-commit")]

ROOT = Path(__file__).parents[1]
# What pip needs to build the package, and the hook's declaration.
SOURCES = [
    *("tslint", "rules", "schemas"),
    *("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", ".pre-commit-hooks.yaml"),
]
NO_SEQUENCE = '<project xmlns="http://maven.apache.org/POM/4.0.0"><name>pom</name></project>\n'


class Repository:
    """A git repository in a folder of its own, away from the configuration of this machine's user."""

    def __init__(self, folder, cache):
        self.folder = folder
        folder.mkdir()
        outside = ("GIT_", "PRE_COMMIT", "PYTHONPATH")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(outside)} | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "test",
            "GIT_AUTHOR_EMAIL": "test@example.org",
            "GIT_COMMITTER_NAME": "test",
            "GIT_COMMITTER_EMAIL": "test@example.org",
            "PRE_COMMIT_HOME": str(cache),
        }
        self.run("git", "init", "--quiet")

    def run(self, *command):
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.returncode, done.stdout

    def commit(self):
        for command in (("add", "--all", "--force"), ("commit", "--quiet", "--message", "all")):
            status, said = self.run("git", *command)
            assert status == 0, said
        return self.run("git", "rev-parse", "HEAD")[1].strip()

    def pre_commit(self, *arguments):
        return self.run(sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """A repository with mixed XML and the hook installed. It costs half a minute: pip builds the package."""
    folder = tmp_path_factory.mktemp("pre-commit")
    linter = Repository(folder / "tslint", folder / "cache")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "compiled")
            shutil.copytree(ROOT / name, linter.folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, linter.folder)
    users = Repository(folder / "exports", folder / "cache")
    (users.folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n- repo: {linter.folder.as_posix()}\n  rev: {linter.commit()}\n"
        "  hooks: [{id: tslint}, {id: tslint-sarif, stages: [manual]}]\n",
        "utf-8",
    )
    shutil.copy(ROOT / "examples" / "refresh-broken.xml", users.folder / "broken export.XML")
    shutil.copy(ROOT / "examples" / "refresh-mended.xml", users.folder / "mended.xml")
    (users.folder / "pom.xml").write_text(NO_SEQUENCE, "utf-8")
    (users.folder / "notes.txt").write_text("no XML", "utf-8")
    with zipfile.ZipFile(users.folder / "logs.zip", "w") as archive:
        archive.writestr("smsts.log", "nothing")
    with zipfile.ZipFile(users.folder / "export.zip", "w") as archive:
        archive.write(ROOT / "examples" / "refresh-broken.xml", "SMS_TaskSequencePackage/TSL00001/object.xml")
    users.commit()
    status, said = users.pre_commit("install-hooks")
    if status:
        skip_without_an_index(folder)
    assert status == 0, said
    return users


def test_the_hook_fails_on_a_broken_export_and_names_the_fault(exports):
    status, said = exports.pre_commit("run", "--files", "broken export.XML")
    assert status == 1, said
    assert "broken export.XML:135:5: error:" in said
    assert "TS108" in said


def test_the_hook_looks_into_zips(exports):
    status, said = exports.pre_commit("run", "--files", "export.zip")
    assert status == 1, said
    assert "export.zip!/SMS_TaskSequencePackage/TSL00001/object.xml:135:5: error:" in said


def test_the_hook_passes_a_sound_export_and_passes_over_what_is_no_task_sequence(exports):
    status, said = exports.pre_commit("run", "--verbose", "--files", "mended.xml", "pom.xml", "logs.zip")
    assert status == 0, said
    assert "No findings in 1 task sequence" in said


def test_the_hook_is_not_run_for_other_files(exports):
    status, said = exports.pre_commit("run", "--verbose", "--files", "notes.txt")
    assert status == 0, said
    assert "task sequence" not in said  # which every summary of tslint says


def test_of_mixed_files_only_the_broken_ones_are_reported(exports):
    status, said = exports.pre_commit("run", "--all-files")
    assert status == 1, said
    assert "in 2 of 3 task sequences" in said
    assert "pom.xml" not in said
    assert "mended.xml" not in said


def test_the_sarif_hook_writes_what_the_whole_repository_holds(exports):
    status, said = exports.pre_commit(
        "run", "tslint-sarif", "--hook-stage", "manual", "--files", "mended.xml"
    )
    assert status == 1, said
    (run,) = json.loads((exports.folder / "tslint.sarif").read_text("utf-8"))["runs"]
    (exports.folder / "tslint.sarif").unlink()
    found = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    }
    assert found == {"broken%20export.XML", "export.zip"}


def test_the_hook_judges_a_changed_parent_with_a_child_that_has_not_changed(exports):
    request = {"step": "RequestStateStore", "RequestType": "capture", "name": "Request"}
    added = {
        ".tslint.yaml": "",
        "TSL00011 parent.xml": sequence_xml([request, {"child": "TSL00012", "name": "Call"}]),
        "TSL00012 child.xml": sequence_xml([{"step": "ReleaseStateStore", "name": "Release"}]),
    }
    for name, text in added.items():
        (exports.folder / name).write_text(text, "utf-8")
    try:
        status, said = exports.pre_commit("run", "--verbose", "--files", "TSL00011 parent.xml")
    finally:
        for name in added:
            (exports.folder / name).unlink()
    assert status == 0, said
    assert "No findings in 1 task sequence; 1 file read for context only" in said
