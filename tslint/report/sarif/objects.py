"""The classes of sarif-om that a report is made of, and no others.

The package makes all fifty when it is imported, as long as everything else in a small run takes. So their
modules are taken one by one; whoever imports the package itself gets it whole.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def _package_left_out() -> Iterator[None]:
    """Let modules of sarif-om be imported without the package's own."""
    spec = find_spec("sarif_om")
    if "sarif_om" in sys.modules or spec is None:
        yield
        return
    sys.modules["sarif_om"] = package = ModuleType("sarif_om")
    package.__path__ = list(spec.submodule_search_locations or ())
    try:
        yield
    finally:
        del sys.modules["sarif_om"]


with _package_left_out():
    from sarif_om._artifact_change import ArtifactChange
    from sarif_om._artifact_content import ArtifactContent
    from sarif_om._artifact_location import ArtifactLocation
    from sarif_om._code_flow import CodeFlow
    from sarif_om._fix import Fix
    from sarif_om._invocation import Invocation
    from sarif_om._location import Location
    from sarif_om._logical_location import LogicalLocation
    from sarif_om._message import Message
    from sarif_om._multiformat_message_string import MultiformatMessageString
    from sarif_om._notification import Notification
    from sarif_om._physical_location import PhysicalLocation
    from sarif_om._region import Region
    from sarif_om._replacement import Replacement
    from sarif_om._reporting_configuration import ReportingConfiguration
    from sarif_om._reporting_descriptor import ReportingDescriptor
    from sarif_om._reporting_descriptor_reference import ReportingDescriptorReference
    from sarif_om._result import Result
    from sarif_om._run import Run
    from sarif_om._run_automation_details import RunAutomationDetails
    from sarif_om._sarif_log import SarifLog
    from sarif_om._thread_flow import ThreadFlow
    from sarif_om._thread_flow_location import ThreadFlowLocation
    from sarif_om._tool import Tool
    from sarif_om._tool_component import ToolComponent

__all__ = [
    "ArtifactChange",
    "ArtifactContent",
    "ArtifactLocation",
    "CodeFlow",
    "Fix",
    "Invocation",
    "Location",
    "LogicalLocation",
    "Message",
    "MultiformatMessageString",
    "Notification",
    "PhysicalLocation",
    "Region",
    "Replacement",
    "ReportingConfiguration",
    "ReportingDescriptor",
    "ReportingDescriptorReference",
    "Result",
    "Run",
    "RunAutomationDetails",
    "SarifLog",
    "ThreadFlow",
    "ThreadFlowLocation",
    "Tool",
    "ToolComponent",
]
