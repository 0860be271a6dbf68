"""What Microsoft documents about steps, variables and tools, as data: rules/steps.yaml and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypedDict

    # Any key may be missing; the head of each table in rules/ tells what they mean.
    SettingFacts = TypedDict(
        "SettingFacts",
        {
            "name": str,
            "default": str,
            "variable": str,
            "hidden": bool,
            "options of": str,
            "from action": list[str],
            "from options": dict[str, str],
        },
        total=False,
    )
    StepFacts = TypedDict(
        "StepFacts",
        {
            "name": str,
            "action": str,
            "runs in": str,
            "written as": str,
            "prefix": str,
            "settings": dict[str, SettingFacts],
            "further settings": list[str],
        },
        total=False,
    )

    class VariableFacts(TypedDict, total=False):
        """Whether a variable holds a drive or a folder, which values it can have, what an array has in it."""

        holds: str
        values: list[str]
        members: list[str]

    class Writers(TypedDict):
        """Types of step and tools that may set any variable."""

        steps: list[str]
        commands: list[str]

    class OptionFacts(TypedDict, total=False):
        """Where the value of a tool's option stands, which ones it can have, and what it is without one."""

        value: str
        optional: bool
        repeatable: bool
        values: list[str]
        default: str

    class Source(TypedDict, total=False):
        """The step, setting and variable, in lower case, whose text becomes options of a tool."""

        step: str
        setting: str
        variable: str

    # Which names stand for secrets, surely or perhaps.
    SecretNames = TypedDict(
        "SecretNames",
        {
            "anywhere": list[str],
            "words": list[str],
            "known": list[str],
            "mixed endings": list[str],
            "endings": list[str],
            "perhaps": list[str],
        },
    )

    class OtherNames(TypedDict):
        """Which names do not, though they look like it."""

        words: list[str]
        endings: list[str]

    class SecretKeys(TypedDict):
        """Product and recovery keys: names, shapes by what a text must hold, and published keys."""

        names: list[str]
        shapes: dict[str, list[str]]
        published: list[str]

    SecretsTable = TypedDict(
        "SecretsTable",
        {
            "names": SecretNames,
            "no secret": OtherNames,
            "placeholders": list[str],
            "files": list[str],
            "tools": dict[str, list[str]],
            "shapes": dict[str, list[str]],
            "keys": SecretKeys,
            "shown": dict[str, list[str]],
            "hints": list[str],
        },
    )


class Tables(NamedTuple):
    """Keys are in lower case, save the step types of ``steps``.

    ``steps`` are by type, their settings by property; ``variables`` by name; ``names`` are the spellings of
    all variables that are documented, ``others`` names that are known besides, in lower case; ``tools`` by
    tool and option; ``passed_on`` by the tool that gets the options.
    """

    steps: Mapping[str, StepFacts]
    variables: Mapping[str, VariableFacts]
    names: Mapping[str, str]
    others: frozenset[str]
    writers: Writers
    tools: Mapping[str, Mapping[str, OptionFacts]]
    secrets: SecretsTable
    passed_on: Mapping[str, Source]
