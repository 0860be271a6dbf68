"""Findings made by hand, on small task sequences of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from tests.patterns import clauses_of
from tslint.lint.finding import Finding, Note, Place, Point, Related
from tslint.report.failed import FAILED, failed
from tslint.report.located import located
from tslint.report.mask import Mask
from tslint.report.report import Report
from tslint.report.scope import RunScope
from tslint.rules.rule import Rule
from tslint.source.document import Document, Origin
from tslint.source.looked import Looked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.lint.result import Crash, Undecided

REFRESH = """\
<?xml version="1.0"?>
<sequence version="3.10">
  <group name="Capture">
    <step type="SMS_TaskSequence_RequestStateStoreAction" name="Request State Store" description="">
      <action>osdsmpclient.exe /capture</action>
      <defaultVarList>
        <variable name="OSDStateRequestType" property="RequestType" hidden="true">capture</variable>
      </defaultVarList>
    </step>
    <step type="SMS_TaskSequence_CaptureUserStateAction" name="Capture User State"/>
    <step type="SMS_TaskSequence_ReleaseStateStoreAction" name="Release State Store">
      <condition/>
    </step>
  </group>
</sequence>
"""
NAME = "Refresh Windows 11"
REQUEST, REQUEST_TYPE, CAPTURE, RELEASE, CONDITION = 2, 5, 6, 7, 8


def rule(id: str = "TS101", **changes: object) -> Rule:  # noqa: A002 - as in Rule
    values: dict[str, object] = {
        "id": id,
        "name": "request-state-store-without-release",
        "level": "error",
        "precision": "high",
        "category": "user-state",
        "profile": "recommended",
        "engines": ("configmgr",),
        "summary": "A Request State Store step has no Release State Store step on any path.",
        "message": "'{first}' opens the state store, and no Release State Store step closes it.",
        "remedy": "Add > User State > Release State Store, right after the Capture User State step and under "
        "the same conditions as the Request.",
        "cmdlet": "New-CMTSStepReleaseStateStore -Name 'Release State Store'",
        "silences": (),
        "clauses": clauses_of({"never": {"step": "Reboot"}}),
    }
    return Rule(**{**values, **changes})  # type: ignore[arg-type]


RULES = (
    rule(
        "TS001",
        name="not-well-formed",
        category="structure",
        summary="A file is not well-formed XML.",
        remedy="Export the task sequence again.",
        cmdlet="",
        clauses=(),
    ),
    rule(),
    rule("TS102", name="release-guard-narrower-than-request", level="warning", cmdlet=""),
    rule(
        "TS206",
        name="empty-group",
        level="note",
        profile="strict",
        category="structure",
        remedy="",
        cmdlet="",
    ),
)

SCOPE = RunScope(
    (
        Looked("broken.xml", "unreadable", "The XML ends inside <group>."),
        Looked("old/a.xml", "excluded", ".tslint.yaml:2, exclude 'old'"),
        Looked("out/my export.zip", "linted"),
        Looked("pom.xml", "passed over", "No task sequence in this file: its root is <project>"),
        Looked("refresh.xml", "linted"),
    ),
    listed=True,
    configuration=".tslint.yaml",
    changes=("2 rules left out", "1 file excluded"),
)

PAGE: Mapping[str, object] = {
    "level": "error",
    "why": "Request State Store opens a session.\nOnly Release State Store closes it.\n",
    "sources": [
        {"title": "Release State Store", "url": "https://learn.microsoft.com/intune/configmgr/x#BKMK_R"}
    ],
    "remedy": {"console": "Add a Release State Store step."},
    "examples": {"reported": [], "silent": []},
}


def document(text: str = REFRESH, file: str = "refresh.xml", member: str = "") -> Document:
    sequence = etree.fromstring(text.encode())
    return Document(Origin(file, member), file, "bare", text, sequence, {})


def finding(source: Document, index: int = REQUEST, attribute: str = "name", **changes: object) -> Finding:
    values: dict[str, object] = {
        "rule": "TS101",
        "name": "request-state-store-without-release",
        "level": "error",
        "message": "'Request State Store' opens the state store, and nothing closes it.",
        "place": Place(source, index, "Capture/Request State Store", attribute, 1, sequence=NAME),
        "identity": ("TS101", "example"),
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def with_story(source: Document) -> Finding:
    """TS102 with a witness and a related place."""
    request = Place(source, REQUEST, "Capture/Request State Store", "name", 1, sequence=NAME)
    capture = Place(source, CAPTURE, "Capture/Capture User State", "name", 2, sequence=NAME)
    release = Place(source, RELEASE, "Capture/Release State Store", "name", 3, sequence=NAME)
    return finding(
        source,
        rule="TS102",
        name="release-guard-narrower-than-request",
        level="warning",
        message="'Release State Store' does not run whenever 'Request State Store' ran.",
        place=release,
        path=(
            Note(
                "condition", "DoRelease is not True", Place(source, CONDITION, "Capture/Release State Store")
            ),
            Note("runs", "Request State Store", request),
            Note("runs", "Capture User State", capture),
            Note("skipped", "Release State Store", release),
            Note("end", "The task sequence ends with the state store open", None),
        ),
        related=(Related("the Request State Store step", request, again=True),),
        identity=("TS101", "refresh.xml"),
    )


def unreadable(line: int = 3, column: int = 1) -> Finding:
    return finding(
        document(),
        rule="TS001",
        name="not-well-formed",
        message="The XML ends inside <group>.",
        place=Point(Origin("broken.xml"), line, column, "<sequence>\n  <group>\n"),
        identity=("TS102", "refresh.xml"),
    )


def report(
    *findings: Finding, crashes: tuple[Crash, ...] = (), undecided: tuple[Undecided, ...] = ()
) -> Report:
    rules = {known.id: known for known in RULES}
    if crashes:
        rules[FAILED] = rule(FAILED, name="tslint-failed", category="tslint", clauses=())
        findings += tuple(failed(crashes, rules))
    return Report(located(findings, Mask()), rules, lambda _: PAGE, crashes, undecided)


def full_report() -> Report:
    """One of everything: a plain file, a story, a broken file, a member of a zip."""
    source = document()
    zipped = document(file="out/my export.zip", member="SMS_TaskSequencePackage/PS100001/object.xml")
    return report(with_story(source), finding(source), finding(zipped), unreadable())._replace(scope=SCOPE)
