"""What the catalogue says of each type of step, put together for its page (see step_page.py)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.catalogue.table_files import read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import TypedDict

    from tslint.catalogue.codes import Codes
    from tslint.catalogue.tables import StepFacts
    from tslint.data_files.plain_data import Plain

    # What rules/reference.yaml says of a step; its head tells what each key means.
    Documented = TypedDict(
        "Documented",
        {
            "does": str,
            "removed": str,
            "anchor": str,
            "class": str,
            "settings": dict[str, dict[str, str]],
            "reads": dict[str, str],
            "sets": dict[str, str],
            "codes": dict[str, str],
            "notes": list[str],
            "example": dict[str, Plain],
        },
        total=False,
    )

# What pages write for the number in the name of one of many settings that are alike.
NUMBER: Final = "N"
# Lower codes are those of the tool that a step runs; codes.yaml tells those of Windows.
_OWN_CODES: Final = 1000


class Setting(NamedTuple):
    """A setting: its property, the label in the editor, its variable, and what is known of its values.

    ``choices`` are values as the file has them, and what the editor calls them. ``overrides`` says whether a
    task sequence variable of that name takes its place.
    """

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    variable: str
    overrides: bool
    takes: str
    default: str
    about: str


class StepReference(NamedTuple):
    """All there is to tell of a type of step but the rules: what each table says of it, and its settings.

    ``unexplained`` are settings that are known by their names only.
    """

    type: str
    facts: StepFacts
    console: Mapping[str, Plain]
    documented: Documented
    settings: tuple[Setting, ...]
    unexplained: tuple[str, ...]


def read_steps(rules_dir: Path) -> tuple[StepReference, ...]:
    """Read the tables, in the order of the catalogue.

    Raises DataFileError for a wrong table, ValueError where two contradict each other.
    """
    steps, console, documented = (
        read_table(rules_dir, name).data for name in ("steps", "console", "reference")
    )
    if documented.keys() != steps.keys():
        raise ValueError(f"in one of steps.yaml and reference.yaml only: {documented.keys() ^ steps.keys()}")
    return tuple(_step(kind, steps[kind], console.get(kind, {}), documented[kind]) for kind in steps)


def meanings(step: StepReference, codes: Codes) -> Iterator[tuple[str, str]]:
    """Yield the codes of a step and what they mean: everywhere, and for this step."""
    for number, told in step.documented.get("codes", {}).items():
        everywhere = codes["windows"].get(number, "") if int(number) > _OWN_CODES else ""
        yield number, f"{everywhere} {told}".strip()


def _step(kind: str, facts: StepFacts, console: Mapping[str, Plain], documented: Documented) -> StepReference:
    told = documented.get("settings", {})
    labels = console.get("settings", {})
    known = [*facts.get("settings", {}), *facts.get("further settings", ()), *labels]
    names = dict.fromkeys(map(_zero, known))
    unknown = [name for name in told if name not in names]
    if unknown:
        raise ValueError(f"reference.yaml, {kind}: no settings of the catalogue: {', '.join(unknown)}")
    return StepReference(
        type=kind,
        facts=facts,
        console=console,
        documented=documented,
        settings=tuple(_setting(name, facts, labels.get(name, {}), told[name]) for name in told),
        unexplained=tuple(_shown(name) for name in names if name not in told),
    )


def _setting(name: str, facts: StepFacts, label: Mapping[str, Plain], told: Mapping[str, str]) -> Setting:
    about = facts.get("settings", {}).get(name, {})
    defaults = [text for text in (about.get("default"), label.get("default"), told.get("default")) if text]
    if len(defaults) > 1:
        raise ValueError(f"{facts['name']}, {name}: more than one table tells the default")
    variable, overrides = _variable(name, facts)
    return Setting(
        name=_shown(name),
        label=label.get("label", "").replace("#", NUMBER),
        choices=tuple((value, words[0]) for value, words in label.get("values", {}).items()),
        variable=_shown(variable),
        overrides=overrides,
        takes=told["takes"],
        default=defaults[0] if defaults else "",
        about=told["about"],
    )


def _variable(name: str, facts: StepFacts) -> tuple[str, bool]:
    """Return the name that a setting has in the file, and whether a variable of that name overrides it."""
    settings, prefix = facts.get("settings", {}), facts.get("prefix", "")
    base, number, rest = name.partition("0")
    of_all = settings.get(base, {}).get("variable", "none") if number else "none"
    if of_all != "none":
        return f"{of_all}0{rest}", True
    variable = settings.get(name, {}).get("variable", prefix + name)
    return (prefix + name, False) if variable == "none" else (variable, True)


def _zero(name: str) -> str:
    """Write the number of one of many settings as 0, as the tables do."""
    return re.sub(r"(Partitions|AppInfo|PackageInfo)\d+(?=[A-Z])", r"\g<1>0", name)


def _shown(name: str) -> str:
    return re.sub(r"(?<=[a-z])0(?=[A-Z])", NUMBER, name)
