"""What an edit comes to in one task sequence: which step, and what is to become of it.

Each of the three renderings (console, PowerShell, XML) is made of these.
"""

from typing import TYPE_CHECKING, NamedTuple

from tslint.model.sequence import Group, Node, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.data_files.plain_data import Plain


class NewStep(NamedTuple):
    """A step beside ``neighbour``, behind the first ``position`` of its group (None: of the top level).

    It gets the conditions of the steps and groups in ``like`` together, besides what ``node`` has.
    """

    node: "Mapping[str, Plain]"
    group: Group | None
    position: int
    neighbour: Node
    side: str
    like: tuple[Node, ...]


class NewSettings(NamedTuple):
    """Settings of a step: name, old value (None: not written) and new value (None: taken away)."""

    step: Step
    settings: tuple[tuple[str, str | None, str | None], ...]


class NewOptions(NamedTuple):
    """Attributes of a step and their new values."""

    step: Step
    options: tuple[tuple[str, str], ...]


class Switched(NamedTuple):
    """A step that is enabled or disabled."""

    step: Step
    on: bool


class Gone(NamedTuple):
    """A step that is removed."""

    step: Step


class Moved(NamedTuple):
    """A step that gets another place: beside ``neighbour``, behind the first ``position`` of its group."""

    step: Step
    group: Group | None
    position: int
    neighbour: Node
    side: str


class NewConditions(NamedTuple):
    """A step that gets the conditions of others together in place of its own, or ``added`` to its own."""

    step: Step
    like: tuple[Node, ...] = ()
    added: "Plain" = None


class NewRuleValue(NamedTuple):
    """The value of a variable in a Set Dynamic Variables step, the ``number``-th of it; None: taken away."""

    step: Step
    variable: str
    number: int
    old: str
    new: str | None


def shown_option(key: str, value: str) -> str:
    """Return the value of an attribute as the editor and the cmdlets have it: in minutes, not seconds."""
    return str(-(-int(value) // 60)) if key == "timeout" else value


Change = NewStep | NewSettings | NewOptions | Switched | Gone | Moved | NewConditions | NewRuleValue
