"""The task sequence as its author sees it: groups, steps, settings. No XML, no execution."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from tslint.model.condition import Condition
from tslint.source.document import Document

Engine = Literal["configmgr", "lite-touch"]


class Setting(NamedTuple):
    """One ``<variable name= property= hidden=>`` of a step. ``element`` is its element's number.

    A tuple because there are many: it is made four times as fast as a frozen dataclass.
    """

    name: str
    property: str
    value: str
    hidden: bool
    element: int


# The attributes of steps and groups that are kept: what people call them, and how they run (STEPS). In a file
# made to fill the memory each step has very many others.
ATTRIBUTES = (
    *("name", "description", "type", "disable", "continueOnError"),
    *("runIn", "timeout", "retryCount", "successCodeList", "startIn"),
)


class Step(NamedTuple):
    """One step. ``type`` is the SDK class without ``SMS_TaskSequence_`` and ``Action`` ("" when untyped).

    ``settings`` is keyed by property name in lower case (by variable name where no property is given).
    ``attributes`` are those of ATTRIBUTES that the element has. ``child`` is the package id that a Run Task
    Sequence step calls, None for every other step.
    """

    element: int
    name: str
    type: str
    attributes: Mapping[str, str]
    settings: Mapping[str, Setting]
    action: str
    action_element: int
    condition: Condition | None
    disabled: bool
    continue_on_error: bool
    child: str | None = None

    @property
    def description(self) -> str:
        """The description attribute, "" when absent."""
        return self.attributes.get("description", "")

    def written(self, key: str) -> str | None:
        """The text of a setting as it stands in the file, None when the file does not say."""
        setting = self.settings.get(key.lower())
        return None if setting is None else setting.value


class Group(NamedTuple):
    """One group. ``disabled`` and ``continue_on_error`` are its own attributes, not inherited ones."""

    element: int
    name: str
    attributes: Mapping[str, str]
    condition: Condition | None
    disabled: bool
    continue_on_error: bool
    children: "tuple[Node, ...]"

    @property
    def description(self) -> str:
        """The description attribute, "" when absent."""
        return self.attributes.get("description", "")


Node = Step | Group


class TaskSequence(NamedTuple):
    """One task sequence. ``variables`` is its ``<globalVarList>``; ``references`` None when not listed.

    ``listed`` are the references whole: package and program, or application and "".
    """

    document: Document
    engine: Engine
    name: str
    package_id: str
    children: tuple[Node, ...]
    variables: Mapping[str, str]
    references: tuple[str, ...] | None = None
    listed: tuple[tuple[str, str], ...] = ()
