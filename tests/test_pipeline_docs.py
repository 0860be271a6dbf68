"""What docs/code-scanning.md and docs/export-with-powershell.md tell people to copy is right."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.linting import RULES, TABLES
from tslint.cli.arguments import parse
from tslint.lint.run import lint
from tslint.rules.example import sequence_xml

ROOT = Path(__file__).parents[1]
SCANNING = (ROOT / "docs" / "code-scanning.md").read_text("utf-8")
EXPORT = (ROOT / "docs" / "export-with-powershell.md").read_text("utf-8")
PIPELINES = dict(re.findall(r"(?ms)^<!-- ([\w-]+) -->\n```yaml\n(.*?)^```$", SCANNING))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


@pytest.mark.parametrize("kind", PIPELINES)
def test_each_pipeline_keeps_the_schema_of_its_service(tmp_path, kind):
    (tmp_path / "pipeline.yml").write_text(PIPELINES[kind], "utf-8")
    check = ["check_jsonschema", "--builtin-schema", f"vendor.{kind}", tmp_path / "pipeline.yml"]
    done = subprocess.run([sys.executable, "-m", *check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_is_a_pipeline_for_each_service():
    assert sorted(PIPELINES) == ["azure-pipelines", "github-workflows", "gitlab-ci"]


@pytest.mark.parametrize("kind", ["azure-pipelines", "gitlab-ci"])
def test_a_pipeline_publishes_what_tslint_writes(kind):
    (command,) = re.findall(r"tslint (--\S+ .*)", PIPELINES[kind])
    for output in parse(command.split()).outputs[1:]:
        assert re.search(rf"(?m)(?:: |/){re.escape(output.file)}\"?$", PIPELINES[kind])


def test_the_workflow_gives_the_action_inputs_that_it_has():
    (step,) = [
        step
        for step in yaml.safe_load(PIPELINES["github-workflows"])["jobs"]["tslint"]["steps"]
        if step.get("id") == "tslint"
    ]
    assert set(step["with"]) <= set(ACTION["inputs"])
    assert "sarif-file" in ACTION["outputs"]


def test_the_table_of_inputs_is_that_of_the_action():
    rows = re.findall(r"(?m)^\| `([\w-]+)` \| .* \| (.*) \|$", SCANNING)
    assert [name for name, _ in rows] == list(ACTION["inputs"])
    for name, default in rows:
        if default.startswith("`"):
            assert default == f"`{ACTION['inputs'][name]['default']}`"
        else:
            assert ACTION["inputs"][name]["default"] == ""


def test_the_hook_is_one_that_the_repository_offers():
    (config,) = re.findall(r"(?ms)^```yaml\n(repos:.*?)^```$", SCANNING)
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    used = yaml.safe_load(config)["repos"][0]["hooks"]
    assert [hook["id"] for hook in used] == [hook["id"] for hook in offered]
    sarif = next(hook for hook in offered if hook["id"] == "tslint-sarif")
    options = parse([*sarif["entry"].split()[1:], *used[1]["args"]])
    assert (options.paths, options.fail_on) == (("exports",), "never")


def test_sequences_written_as_the_script_writes_them_are_one_export(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    folders = re.findall(r"(?m)^  (PS\d+ .*)/object\.xml$", EXPORT)
    parts = ([{"step": "RequestStateStore"}, {"child": "PS100013"}], [{"step": "ReleaseStateStore"}])
    for folder, steps in zip(folders, parts, strict=True):
        place = tmp_path / "SMS_TaskSequencePackage" / folder
        place.mkdir(parents=True)
        (shape,) = re.findall(r'LoadXml\("(.*)"\)', EXPORT)
        text = shape.replace("$data", sequence_xml(steps)).replace(
            "<PackageID/>", f"<PackageID>{folder[:8]}</PackageID>"
        )
        (place / "object.xml").write_text(text, "utf-8")
    result = lint(["."], RULES, TABLES)
    assert result.sequences == 2
    assert [one for one in result.findings if one.rule == "TS101"] == []
    (place / "object.xml").unlink()
    assert [one.rule for one in lint(["."], RULES, TABLES).findings if one.rule == "TS101"] == ["TS101"]
