"""Mends of rules as data: the edits of a sequence, the steps that they speak of, and when they fit.

An edit speaks of steps by their part in the finding (first, second, deadline, culprit, opener, disabled) or
by a name that ``find`` gives to a step nearby. Which of several mends fits is chosen where the finding is
made (lint/mending.py); what an edit does to a file, and how the console and PowerShell do the same, is
mend/.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from tslint.data_files.plain_data import Plain
    from tslint.language.context import Picks

# The parts of a finding that are steps. ``disabled`` is a step that would satisfy the pattern if it were not.
ROLES: Final = ("first", "second", "deadline", "culprit", "opener")
DISABLED: Final = "disabled"


class Copied(NamedTuple):
    """The value that a setting of another step has."""

    role: str
    setting: str


class Insert(NamedTuple):
    """A new step ``side`` of another, in its group, under the conditions of ``like``."""

    node: "Mapping[str, Plain]"
    role: str
    side: str
    like: str


class SetSettings(NamedTuple):
    """Settings of a step that get other values; None takes a setting away."""

    settings: tuple[tuple[str, str | Copied | None], ...]
    role: str


class SetOptions(NamedTuple):
    """Attributes of a step that get other values."""

    options: tuple[tuple[str, str], ...]
    role: str


class Switch(NamedTuple):
    """A step that is enabled or disabled."""

    on: bool
    role: str


class Remove(NamedTuple):
    """A step that goes."""

    role: str


class Move(NamedTuple):
    """A step that goes to another place.

    With ``keeping`` it runs there under the conditions that it has: it goes beside the groups that have some.
    """

    role: str
    side: str
    near: str
    keeping: bool = False


class Give(NamedTuple):
    """A step that gets the conditions under which another runs, in place of its own."""

    role: str
    like: str


class AddCondition(NamedTuple):
    """A step that gets one more condition."""

    condition: "Plain"
    role: str


class Assign(NamedTuple):
    """Another value for a variable that a step sets."""

    value: str
    variables: tuple[str, ...]  # lower case
    role: str


class Unassign(NamedTuple):
    """A variable that a step sets no longer; a step that sets nothing else goes."""

    variables: tuple[str, ...]  # lower case
    role: str


class TakeOut(NamedTuple):
    """Options, with their values, that go out of a value that a step sets."""

    options: tuple[str, ...]
    variables: tuple[str, ...]  # lower case
    role: str


class Leave(NamedTuple):
    """An item that goes out of a setting that is a list."""

    item: str
    setting: str
    role: str


class Rewrite(NamedTuple):
    """Another text of a setting: ``text``, where ``{old}`` stands for the one that it has.

    ``{documented}`` stands for the name of a documented variable that it is a slip away from.
    """

    setting: str
    text: str
    role: str


class Replace(NamedTuple):
    """Another text in place of each ``old`` in a setting."""

    old: str
    new: str
    setting: str
    role: str


class Drop(NamedTuple):
    """Options that go out of a setting that is a command line or its arguments.

    Those that end with a colon go with their values.
    """

    options: tuple[str, ...]
    setting: str
    role: str


class Argument(NamedTuple):
    """One more argument for a program in the command line of a step."""

    argument: str
    tool: str
    role: str


class SuccessCode(NamedTuple):
    """One more success code of a step."""

    code: str
    role: str


Edit = (
    Insert
    | SetSettings
    | SetOptions
    | Switch
    | Remove
    | Move
    | Give
    | AddCondition
    | Assign
    | Unassign
    | TakeOut
    | Leave
    | Rewrite
    | Replace
    | Drop
    | Argument
    | SuccessCode
)


class Find(NamedTuple):
    """A name for steps nearby: the "first" or "last" or "all" that ``picks`` picks, between two others."""

    name: str
    which: str
    picks: "Picks"
    after: str = ""
    before: str = ""


class If(NamedTuple):
    """What must hold of a step."""

    role: str
    holds: "Picks"


class Mend(NamedTuple):
    """One way to mend: ``edits``, or what there is to ``decide``. It fits where its steps are there.

    ``safe`` tells that it does what the documentation asks for in the one way there is.
    """

    edits: tuple[Edit, ...] = ()
    decide: str = ""
    safe: bool = False
    conditions: tuple[If, ...] = ()
    finds: tuple[Find, ...] = ()


def roles_of(mend: Mend) -> Iterator[str]:
    """Go through the names of steps that a mend uses, in its own finds and conditions too."""
    for edit in mend.edits:
        yield from roles_in(edit)
    yield from (one.role for one in mend.conditions)
    for find in mend.finds:
        yield from (role for role in (find.after, find.before) if role)


def roles_in(edit: Edit) -> Iterator[str]:
    """Go through the names of steps that an edit uses."""
    yield edit.role
    if isinstance(edit, Insert | Give):
        yield edit.like
    elif isinstance(edit, Move):
        yield edit.near
    elif isinstance(edit, SetSettings):
        yield from (value.role for _, value in edit.settings if isinstance(value, Copied))
