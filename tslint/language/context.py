"""One task sequence as rules see it: its flow, its index, and the events that selectors pick from it."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tslint.catalogue.tables import Tables
from tslint.commands.command import Command
from tslint.flow.assignments import Assignment
from tslint.flow.flow import Case, Flow
from tslint.flow.index import Index
from tslint.flow.timeline import Entry
from tslint.flow.twins import Twins
from tslint.language.searches import Searches
from tslint.logic.diagram import FALSE, TRUE
from tslint.logic.text import Unknown
from tslint.model.condition import Expression
from tslint.model.sequence import Step
from tslint.secrets.in_sequence import Secret, Secrets

if TYPE_CHECKING:
    # The places in time that tell hits of one rule apart.
    Key = tuple[tuple[int, int], ...]


class Answer(NamedTuple):
    """On the paths of ``surely`` it surely holds, outside of ``possibly`` it surely does not."""

    surely: int
    possibly: int


YES, NO, PERHAPS = Answer(TRUE, TRUE), Answer(FALSE, FALSE), Answer(FALSE, TRUE)


class Moment(NamedTuple):
    """What a fact is asked about: a step, and the assignment, command or test in it if it is about one.

    ``open`` tells that the command has words that are not known (a variable stands for them).
    """

    entry: Entry
    assignment: Assignment | None = None
    command: Command | None = None
    open: bool = False
    test: Expression | None = None


class Event(NamedTuple):
    """Something that happens in a step: the step runs, it assigns a variable, it starts a command.

    ``position`` is 0 for the step itself, otherwise counts its assignments or commands from 1.
    ``surely`` and ``possibly`` include that the step runs. ``part`` is the element and attribute it shows in,
    ``moments`` what facts are asked about where it is no step: a command is one for each text that it can be,
    with the paths on which it is. ``setting`` is the one that is told, "" for none.
    """

    entry: Entry
    position: int
    surely: int
    possibly: int
    value: str
    part: tuple[int, str]
    moments: tuple[tuple[int, Moment], ...] = ()
    setting: str = ""

    @property
    def assignment(self) -> Assignment | None:
        """What is assigned, where it is that."""
        return next((moment.assignment for _, moment in self.moments), None)

    @property
    def when(self) -> tuple[int, int]:
        """Its place in time."""
        return self.entry.order, self.position


def running(entry: Entry, guard: int) -> Event:
    """Return the running of a step as an event."""
    return Event(entry, 0, guard, guard, "", (entry.step.element, ""))


class Hit(NamedTuple):
    """``primary`` breaks the rule on the paths of ``broken``, of those of ``reached`` on which it happens.

    ``roles`` name events for the message. ``explanation`` are the events that decide it, in order of time.
    ``at_end`` tells that reaching the end of the sequence is part of the fault. Formulas are ``context``'s.
    ``others`` are later subjects that break the rule as well, where one finding stands for all.
    """

    context: "Context"
    primary: Event
    broken: int
    reached: int
    roles: dict[str, Event]
    explanation: tuple[Event, ...]
    at_end: bool = False
    others: tuple[Event, ...] = ()

    @property
    def key(self) -> "Key":
        """The places in time that tell hits of one rule apart."""
        main = (self.roles[role] for role in ("first", "second", "culprit") if role in self.roles)
        return (self.primary.when, *(event.when for event in main))


class Picks(Protocol):
    """What picks events: a selector (selector.py), as facts and forms know it."""

    @property
    def types(self) -> frozenset[str]:
        """The types of step that it names, in lower case."""

    @property
    def named(self) -> tuple[frozenset[str], frozenset[str]]:
        """The types of step that it names, and the variables that are to be set."""

    @property
    def gives(self) -> frozenset[str]:
        """What it picks beside steps: a command, an assignment, a variable (see ``about`` of facts)."""

    @property
    def asks_session(self) -> bool:
        """Whether it speaks of the session of the state store."""

    @property
    def asks_phase(self) -> bool:
        """Whether it asks what the computer runs."""

    @property
    def size(self) -> int:
        """How many maps of facts it holds, those of selectors inside included."""

    @property
    def depth(self) -> int:
        """How deep selectors stand in each other."""

    def find(self, context: "Context", *, sure: bool = False) -> tuple[Event, ...]:
        """Return the events that may match on some path, or surely do, in order of time, each once."""

    def of(self, entry: Entry, context: "Context") -> Answer:
        """Ask about one step: whether it, or an assignment or command in it, matches."""

    def of_event(self, event: Event, context: "Context") -> Answer:
        """Ask about an event: its step, and where facts need a command or assignment, about that very one."""

    def of_moment(self, moment: Moment, context: "Context") -> Answer:
        """Ask about a step, and where facts need a command or assignment, about that of the moment."""


class Context:
    """A flow and its index, and the events found so far. Variants of a flow share an ``origin``."""

    def __init__(
        self,
        flow: Flow,
        index: Index,
        secrets: Secrets,
        searches: Searches | None = None,
        origin: "Context | None" = None,
    ) -> None:
        self.flow = flow
        self.index = index
        self.secrets = secrets
        self.searches = searches or Searches(flow.effort.spend)
        self._holding: dict[str, list[Entry]] = {}
        self._origin = origin
        self._everywhere: Context | None = None
        self._ordinary: Context | None = None  # of which this is the view of all that stands in the file
        self.twins = Twins(flow.timeline)
        self.hits: dict[int, dict[Key, list[Hit]]] = {}  # by pattern; see Pattern.hits_at
        self._events: dict[tuple[int, bool], tuple[Event, ...]] = {}
        self._others: dict[frozenset[int], Context] = {}
        self._running_in: dict[tuple[str, ...], set[str]] = {}

    @property
    def ordinary(self) -> "Context":
        """What runs, where this is a view of all that stands in the file."""
        return self._ordinary or self

    @property
    def tables(self) -> Tables:
        """The documented tables of steps, variables and tools."""
        return self.flow.tables

    def let_go(self) -> None:
        """Let go of what has this context in turn: then all goes at once, not when Python looks for it."""
        self.hits.clear()
        self._others.clear()
        self._everywhere = None

    def held(self, where: str, entry: Entry) -> tuple[Secret, ...]:
        """Return the secrets in the settings, commands or texts (names, conditions) of a step."""
        commands = self.index.commands(entry) if where == "command" and self._shows(entry) else ()
        return self.secrets.held(where, entry.step, entry.sequence, commands)

    def holding(self, kind: str, where: str) -> Iterator[Entry]:
        """Return, in order, the steps that hold a secret of a kind at a place (see ``held``)."""
        found = self._holding.get(where)
        if found is None:
            found = self._holding[where] = [e for e in self._may_hold(where) if self.held(where, e)]
        return (entry for entry in found if any(one.kind == kind for one in self.held(where, entry)))

    def _may_hold(self, where: str) -> Iterable[Entry]:
        entries = self.index.entries
        if where == "setting":
            keys = frozenset().union(*(entry.step.settings for entry in entries))
            named = frozenset(key for key in keys if self.secrets.words.name(key) is not False)
            return (entry for entry in entries if not named.isdisjoint(entry.step.settings))
        conditions = where == "text"
        return (e for e in entries if (conditions and _asks(e.step)) or self._shows(e))

    def _shows(self, entry: Entry) -> bool:
        return self.secrets.shows(entry.step, entry.sequence)

    def everywhere(self) -> "Context":
        """Return the same steps and groups as if each ran whatever comes before it, the disabled ones too."""
        if self._origin is not None:
            return self._origin.everywhere()
        if self._everywhere is None:
            flow = self.flow.everywhere()
            index = Index(flow.timeline, like=self.index)
            self._everywhere = Context(flow, index, self.secrets, self.searches)
            self._everywhere._ordinary = self  # noqa: SLF001 - it is one of these
        return self._everywhere

    def taking(self, holes: Iterable[int]) -> "Context":
        """Return the same sequence with these steps taken to assign anything; made once."""
        orders = frozenset(holes)
        if orders not in self._others:
            flow = self.flow.variant(orders)
            self._others[orders] = Context(flow, self.index, self.secrets, self.searches, origin=self)
        return self._others[orders]

    def events(self, selector: Picks, *, sure: bool = False) -> tuple[Event, ...]:
        """Return what a selector picks, or what it surely picks, in order of time; found once."""
        key = (id(selector), sure)
        found = self._events.get(key)
        if found is None:
            found = self._events[key] = selector.find(self, sure=sure)
        return found

    def types_running_in(self, where: tuple[str, ...]) -> set[str]:
        """Return the types of step, in lower case, that run in one of these environments (lower case)."""
        found = self._running_in.get(where)
        if found is None:
            steps = self.tables.steps.items()
            found = {kind.lower() for kind, facts in steps if facts.get("runs in", "any").lower() in where}
            self._running_in[where] = found
        return found

    def speaks_of(self, variable: str) -> bool:
        """Say whether the sequence assigns or tests a variable (lower case), or a step may assign any."""
        flow = self.flow
        known = variable in self.index.tested or variable in flow.timeline.root.variables
        return known or bool(flow.holes) or bool(flow.assignments.of(variable))

    def network_drives(self, entry: Entry) -> frozenset[str]:
        """Return the drive letters, in lower case, that steps before this one may connect to a share."""
        connected = self.index.of_type("connectnetworkfolder")
        letters = (e.step.written("DriveLetter") or "" for e in connected if e.order < entry.order)
        return frozenset(letter[:1].lower() for letter in letters if letter)

    def both(self, a: Answer, b: Answer) -> Answer:
        """And."""
        if a is YES or b is NO:
            return b
        if b is YES or a is NO:
            return a
        both = self.flow.diagram.both
        return Answer(both(a.surely, b.surely), both(a.possibly, b.possibly))

    def either(self, a: Answer, b: Answer) -> Answer:
        """Or."""
        if a is NO or b is YES:
            return b
        if b is NO or a is YES:
            return a
        either = self.flow.diagram.either
        return Answer(either(a.surely, b.surely), either(a.possibly, b.possibly))

    def negate(self, a: Answer) -> Answer:
        """Not."""
        negate = self.flow.diagram.negate
        return Answer(negate(a.possibly), negate(a.surely))

    def implied(self, when: int, formula: int) -> bool | None:
        """Say whether on all paths of ``when`` a formula is true, or false; None where both occur."""
        diagram, propositions = self.flow.diagram, self.flow.propositions
        if not propositions.possible(diagram.without(when, formula)):
            return True
        return None if propositions.possible(diagram.both(when, formula)) else False

    def knows(self, entry: Entry, case: Case, operator: str, value: str) -> bool | None:
        """Say what the guards on the way to a step tell of a value that the sequence does not assign."""
        flow = self.flow
        if case.text and isinstance(case.text[0], Unknown) and case.text[0].variable not in self.index.tested:
            return None
        asked = flow.propositions.compare(case.text, operator, (value,) if value else ())
        return self.implied(flow.diagram.both(flow.guard(entry), case.when), asked)


def _asks(step: Step) -> bool:
    """Say whether a step has a condition of its own, or rules with some."""
    return step.condition is not None or step.type == "SetDynamicVariables"
