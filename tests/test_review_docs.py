"""What docs/review.md shows is what the commands print, and what it tells to copy works."""

import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tslint.cli.main import command_of
from tslint.cli.sub_commands import SUB_COMMANDS, load
from tslint.rules.example import sequence_xml

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "review.md").read_text("utf-8")
SHOWN = re.findall(r"(?ms)^<!-- run: (\d) -->\n```text\n\$ tslint (.*?)\n(.*?)^```$", PAGE)


def printed(command):
    out, err = io.StringIO(), io.StringIO()
    status = command_of(shlex.split(command))(io.StringIO(), out, err)
    assert err.getvalue() == ""
    return status, out.getvalue()


@pytest.mark.parametrize(("status", "command", "shown"), SHOWN, ids=[command for _, command, _ in SHOWN])
def test_a_command_prints_what_the_page_shows(status, command, shown, monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert printed(f"{command}{' --isolated' if '--log' in command or command[:4] == 'diff' else ''}") == (
        int(status),
        shown,
    )


def test_every_sub_command_is_on_the_page_and_its_options_of_a_dry_run_are():
    assert all(f"tslint {name} " in PAGE for name in SUB_COMMANDS)
    told = set(re.findall(r"--[a-z][a-z-]+", PAGE))
    made = load("trace").parser
    import argparse

    offered = set(re.findall(r"--[a-z][a-z-]+", made(argparse.ArgumentParser).format_help()))
    assert offered - told <= {"--help", "--isolated"}


def test_the_workflow_keeps_the_schema_of_its_service(tmp_path):
    (workflow,) = re.findall(r"(?ms)^<!-- github-workflows -->\n```yaml\n(.*?)^```$", PAGE)
    (tmp_path / "pipeline.yml").write_text(workflow, "utf-8")
    check = ["check_jsonschema", "--builtin-schema", "vendor.github-workflows", tmp_path / "pipeline.yml"]
    done = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_ends_at_no_file_that_holds_no_task_sequence_or_half_of_one(tmp_path):
    def git(*arguments):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    (textconv,) = re.findall(r'(?m)^git config diff.tslint.textconv "tslint (.*)"$', PAGE)
    git("init", "-q")
    git("config", "diff.tslint.textconv", f'PYTHONPATH="{ROOT}" "{sys.executable}" -m tslint {textconv}')
    (tmp_path / ".gitattributes").write_text("*.xml diff=tslint\n*.zip diff=tslint\n", "utf-8")
    whole = sequence_xml([{"run": "a.exe", "name": "A"}, {"run": "z.exe", "name": "Z"}])
    for version in (whole, whole[:-30], ""):
        (tmp_path / "a.xml").write_text(version, "utf-8")
        (tmp_path / "other.xml").write_text(f"<settings><one>{len(version)}</one></settings>", "utf-8")
        with ZipFile(tmp_path / "drivers.zip", "w") as archive:
            archive.writestr("driver.inf", f"{len(version)}")
        git("add", ".")
        git("commit", "-qm", "one")
    text = git("log", "-p")
    assert all(text.count(f"+++ b/{name}\n") == 3 for name in ("a.xml", "other.xml", "drivers.zip"))
    assert "step A" in text
    assert "+Not read: " in text
    assert "Not read: No task sequence in this zip file" in text
    assert str(tmp_path) not in text


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_git_compares_by_what_the_page_tells_to_configure(tmp_path):
    def git(*arguments):
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *identity, *arguments], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    (textconv,) = re.findall(r'(?m)^git config diff.tslint.textconv "tslint (.*)"$', PAGE)
    (difftool,) = re.findall(r"(?m)^git config difftool.tslint.cmd 'tslint (.*)'$", PAGE)
    program = f'PYTHONPATH="{ROOT}" "{sys.executable}" -m tslint'
    git("init", "-q")
    git("config", "diff.tslint.textconv", f"{program} {textconv}")
    git("config", "difftool.tslint.cmd", f"{program} {difftool}")
    (tmp_path / ".gitattributes").write_text("*.xml diff=tslint\n", "utf-8")
    (tmp_path / "a.xml").write_text(sequence_xml([{"run": "a.exe", "name": "A"}]), "utf-8")
    git("add", ".")
    git("commit", "-qm", "one")
    more = [{"run": "a.exe", "name": "A"}, {"restart": "HD"}]
    (tmp_path / "a.xml").write_text(sequence_xml(more), "utf-8")
    changed = [line for line in git("diff").splitlines() if re.match(r"[+-] ", line)]
    assert changed == [
        "+  step Restart Computer  [Restart Computer]",
        "+      Specify what to run after restart: The currently installed default operating system",
    ]
    assert "+ Restart Computer" in git("difftool", "--no-prompt", "--tool", "tslint")
