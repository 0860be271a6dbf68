"""A name that is put together of variables may be that of any variable."""

from __future__ import annotations

import pytest

from tests.flow.flows import flow_of, step


@pytest.mark.parametrize(
    ("writer", "any_variable"),
    [
        ({"set": "%Base%01", "to": "x"}, True),
        ({"dynamic": [{"set": {"%Base%01": "x"}}]}, True),
        ({"powershell": "Get-Date", "OutputVariableName": "%Base%01"}, True),
        (
            {
                "step": "DownloadPackageContent",
                "DownloadPackages": "TSL00022",
                "DestinationVariable": "%Base%",
            },
            True,
        ),
        ({"set": "Base01", "to": "%x%"}, False),
        ({"dynamic": [{"set": {"Base01": "x"}}]}, False),
    ],
)
def test_a_step_that_sets_a_name_put_together_may_set_any_variable(writer, any_variable):
    flow = flow_of({**writer, "name": "Writer"}, step("Later"))
    assert [entry.step.name for entry in flow.writers()] == ["Writer"] * any_variable
