"""What Microsoft documents about steps, variables and tools, as data: rules/steps.yaml and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Tables(NamedTuple):
    """Keys are in lower case, save the step types of ``steps``.

    ``steps``: type -> {"runs in", "prefix", "settings": {property: {"default", "variable", "from action"}}}.
    ``variables``: name -> {"holds", ...}. ``writers``: tools and step types that may set any variable.
    ``tools``: tool -> {option: {"value": true}}. ``secrets``: see rules/secrets.yaml.
    ``passed_on``: tool -> {"step", "setting", "variable"} in lower case, whose text becomes its options.
    """

    steps: Mapping[str, Mapping[str, Any]]
    variables: Mapping[str, Mapping[str, Any]]
    writers: Mapping[str, Sequence[str]]
    tools: Mapping[str, Mapping[str, Mapping[str, Any]]]
    secrets: Mapping[str, Any]
    passed_on: Mapping[str, Mapping[str, str]]
