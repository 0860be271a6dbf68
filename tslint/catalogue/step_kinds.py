"""How the console writes each kind of step, from the catalogue of steps (rules/steps.yaml)."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tslint.catalogue.tables import StepFacts


class StepKind(NamedTuple):
    """``action`` may name settings in braces. ``hidden`` settings are written with ``hidden="true"``.

    A setting's variable is its entry in ``names``, else ``prefix`` and the setting's own name. ``switches``
    are those of the command that say the same as a setting, by its name in lower case, as ``/target:``.
    """

    label: str
    action: str
    run_in: str = "WinPEandFullOS"
    prefix: str = ""
    hidden: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    switches: tuple[tuple[str, str], ...] = ()


def step_kinds(steps: "Mapping[str, StepFacts]") -> Mapping[str, StepKind]:
    """Return the kinds of step by type, from ``steps`` of the tables."""
    return {kind: _kind(facts) for kind, facts in steps.items()}


def _kind(facts: "StepFacts") -> StepKind:
    settings = facts["settings"].values()
    return StepKind(
        label=facts["name"],
        action=facts.get("action", ""),
        run_in=facts.get("written as", "WinPEandFullOS"),
        prefix=facts.get("prefix", ""),
        hidden=tuple(one["name"] for one in settings if one.get("hidden")),
        names=tuple(
            (one["name"], one["variable"]) for one in settings if one.get("variable", "none") != "none"
        ),
        switches=tuple(
            (one["name"].lower(), switch)
            for one in settings
            for switch in one.get("from action", ())
            if switch.endswith(":")
        ),
    )
