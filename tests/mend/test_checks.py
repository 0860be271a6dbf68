"""What the proofs are held against finds what is wrong."""

from __future__ import annotations

import pytest

from tests.mend import powershell, shape
from tslint.rules.example import sequence_xml

GOOD = "Set-CMTSStepReboot -TaskSequenceName 'A' -StepName 'B' -RunAfterRestart HardDisk -MessageTimeout 60"


@pytest.mark.parametrize(
    "statement",
    [
        GOOD.replace("HardDisk", "HD"),
        GOOD.replace("60", "soon"),
        GOOD.replace("-MessageTimeout", "-Timeout"),
        GOOD.replace("-TaskSequenceName 'A' ", ""),
        GOOD.replace("CMTSStepReboot", "CMTSStepRestart"),
        "Set-CMTSStepReboot -TaskSequenceName 'A' -StepName 'B' -IsEnabled true",
        "Set-CMTSStepReboot -TaskSequenceName 'A' -StepName 'B' -ClearCondition 'all'",
        "Set-CMTSStepReboot -TaskSequenceName 'A' -StepName 'B",
        "Add-CMTaskSequenceStep -TaskSequenceName 'A' -Step (New-CMTSStepReboot) -InsertStepStartIndex 1",
    ],
)
def test_a_statement_that_the_reference_does_not_allow_is_told(statement):
    assert powershell.faults(GOOD) == []
    assert powershell.faults(statement)


RESTART = sequence_xml([{"restart": "HD", "MessageTimeout": 60}])


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('property="MessageTimeout"', 'property="Timeout"'),
        ('name="SMSRebootTimeout"', 'name="SMSRebootMessageTimeout"'),
        (' hidden="true"', ""),
        ("/target:HD", "/target:WinPE"),
        (' runFromNet="false"', ' runFromNet="false" enabled="true"'),
        (' runFromNet="false"', ' runFromNet="false" disable="false"'),
        ("<action>", "<defaultVarList/><action>"),
    ],
)
def test_what_no_console_writes_is_told(good, bad):
    nothing = sequence_xml([])
    assert shape.faults(nothing, RESTART) == []
    assert shape.faults(nothing, RESTART.replace(good, bad, 1))


def test_a_step_that_changed_without_being_named_is_told():
    before = sequence_xml([{"restart": "HD"}, {"run": "cmd", "name": "Other"}])
    assert shape.untouched(before, before.replace("HD", "WinPE"), {"Restart Computer"}) == []
    assert shape.untouched(before, before.replace("HD", "WinPE"), {"Other"}) == ["Restart Computer"]
