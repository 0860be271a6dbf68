"""What a sequence must hold for a rule to look at it: most rules do not concern most sequences."""

from typing import TYPE_CHECKING, NamedTuple

from tslint.commands.command import ADDITIONAL
from tslint.language.selector import Selector

if TYPE_CHECKING:
    from tslint.language.context import Context, Picks


class Prefilter(NamedTuple):
    """One of these must occur: a type of step, a tool in a command's text, a variable that is assigned.

    All in lower case. ``unknown`` tells that the subject may be any step. ``whole`` tells that it is the
    sequence itself, whose steps do not matter, and ``engine`` is the only one it is about ("" for any).
    """

    types: frozenset[str]
    tools: tuple[str, ...]
    variables: frozenset[str]
    unknown: bool
    whole: bool
    engine: str

    def met(self, context: "Context") -> bool:
        """Say whether a sequence may hold the subject."""
        if self.engine not in ("", context.flow.timeline.root.engine):
            return False
        return (
            self.unknown
            or not self.types.isdisjoint(context.index.types)
            or (bool(self.tools) and context.index.may_name(self.tools))
            or any(context.flow.assignments.of(name) for name in self.variables)
        )


def prefilter_of(subject: "Picks") -> Prefilter:
    """Read off a selector what its subject cannot be without."""
    if not isinstance(subject, Selector):
        raise TypeError("this picks events by no alternatives")
    types: set[str] = set()
    tools: list[str] = []
    variables: set[str] = set()
    unknown = False
    for one in subject.alternatives:
        if one.nodes != ("step",) or one.test is not None:
            unknown = True
        elif one.tools is not None and ADDITIONAL not in one.sources:
            tools += one.tools
        elif one.types is not None:
            types.update(one.types)
        elif one.variables is not None and not one.sets_any:
            variables.update(one.variables)
        else:
            unknown = True
    engines = {one.engine for one in subject.alternatives}
    return Prefilter(
        frozenset(types),
        tuple(sorted(tools)),
        frozenset(variables),
        unknown,
        whole=not any(one.looks_at_steps for one in subject.alternatives),
        engine=engines.pop() if len(engines) == 1 else "",
    )
