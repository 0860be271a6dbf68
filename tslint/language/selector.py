"""Selectors of the rule language: which steps, assignments and commands a rule speaks of."""

from __future__ import annotations

from functools import partial, reduce
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands.command import ADDITIONAL, tool_name
from tslint.flow.settings import variable_of
from tslint.language import condition_facts, option_facts, secret_facts, step_facts, variable_facts  # noqa: F401 - they declare facts
from tslint.language.context import NO, YES, Answer, Context, Event, Moment, Picks
from tslint.language.declared import (
    FACTS,
    SELECTOR,
    Kind,
    Use,
    choices,
    expect_values,
    members,
    subject,
    words,
    words_in,
)
from tslint.language.matcher import MATCHER, AllOf, AnyOf, Matcher, Word, decide, known
from tslint.language.reading import Reading
from tslint.language.sequence_facts import Whole
from tslint.language.setting_facts import SETTING, item_at
from tslint.language.values import passed_on, saying, substituted
from tslint.logic.diagram import FALSE, TRUE
from tslint.model.condition import tests_in
from tslint.secrets.words import KEY, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.declared import Fact, Schema

_SOURCES: Final = ("command-line", "action", "script")
NODES: Final = ("step", "group", "disabled step", "disabled group")
# Groups and disabled steps have no place of their own in the order of steps: they come before the step there.
_BEFORE: Final = 1 << 28
# The facts about secrets of each kind. Those in a value that is set are asked of assignments.
# Facts that name options of the command.
_OF_OPTIONS: Final = (
    *("has", "lacks", "also has", "wrong value", "repeats", "in store", "value of", "values of"),
)
_OF_SECRETS: Final = {SECRET: "secret", KEY: "product key"}
# How much a matcher asks that is no more than words, see _demand.
_OF_WORDS: Final = 2
# So many alternatives, or characters of one, are looked at in the time of one step of other work.
_CHEAP: Final = 2
_CHARACTERS: Final = 40

# What is wrong with a fact about one of these where nothing picks one, and what would be right.
NEEDS: Final = {
    "command": (
        "is about a command, and nothing here picks one",
        "add 'command' with the name of the program",
    ),
    "assignment": (
        "is about a variable that is set, and nothing here picks one",
        "add 'sets' with the name of the variable",
    ),
    "variable": (
        "is about a variable that is set or tested, and nothing here picks one",
        "add 'sets' with the name of the variable, or 'test'",
    ),
}
_APART: Final = "ask for it in a selector of its own, under 'is'"
# What each of these keys picks; the first of them does.
_PICKED: Final = {"command": ("command",), "sets": ("assignment", "variable"), "test": ("variable",)}
# Position in its step, what facts are asked about, when it happens, its text for messages, where it stands.
_Found = tuple[int, Moment, Answer, str, tuple[int, str]]

# Commands or assignments that are meant, with the paths on which each is so.
_Moments = tuple[tuple[int, Moment], ...]
_Test = tuple[tuple[str, Matcher], ...]
_TESTED: Final = {
    "type": "Variable, WMI, Folder, File, Registry, OS, as the file names it.",
    "variable": "The variable that is compared.",
    "operator": "The operator of the comparison, as the file spells it.",
    "value": "What the variable is compared with.",
    "text": "The whole test as reports tell it.",
}
_TEST_SCHEMA: Final[Schema] = {
    "type": "object",
    "properties": {
        **{name: {"description": meaning, **MATCHER.schema} for name, meaning in _TESTED.items()},
        "part": {
            "description": "Parts that the file gives a test by name, such as KeyPath.",
            "type": "object",
            "minProperties": 1,
            "additionalProperties": MATCHER.schema,
        },
    },
    "additionalProperties": False,
}


def _read_sets(data: object, reading: Reading) -> tuple[str, ...] | Matcher:
    """Read names of variables, or a matcher for one."""
    return MATCHER.read(data, reading) if isinstance(data, dict) else words("variable").read(data, reading)


def _read_tools(data: object, reading: Reading) -> tuple[str, ...]:
    """Read names of programs as commands have them: without folder and ``.exe``, in lower case."""
    found = []
    for word, place in reading.each(data):
        tool = tool_name(str(word))
        place.expect("tool", tool)
        if not tool:
            place.refuse(f"{str(word)!r} can be no program's name", "write its file name, as robocopy")
        found.append(tool)
    return tuple(found)


def _read_test(data: object, reading: Reading) -> _Test:
    asked = dict(members(data))
    for name in ("type", "operator"):
        expect_values(asked.get(name), reading.at(name), f"test {name}")
    for word, place in reading.at("variable").each(asked.get("variable", [])):
        if isinstance(word, str):
            place.expect("variable", word)
    if isinstance(asked.get("variable"), str):
        expect_values(asked.get("value"), reading.at("value"), str(asked["variable"]))
    parts = dict(members(asked.pop("part", {})))
    named = [(name, MATCHER.read(one, reading.at(name))) for name, one in asked.items()]
    inside = [
        (f"#{name.lower()}", MATCHER.read(one, reading.at("part").at(name))) for name, one in parts.items()
    ]
    return (*named, *inside)


# What a selector looks at; the other facts are asked of each of these.
subject("is", SELECTOR, "A named selector, or a list of them of which any may hold.")
subject(
    "command",
    Kind(words().schema, _read_tools),
    "A program that the step starts: its file name, without .exe. Shells are looked through: `cmd /c tool` "
    "is the command `tool`, and `cmd` or `powershell` is one only where it is given nothing to run, "
    "`powershell` with `-File` too.",
)
subject(
    "from",
    choices(*_SOURCES, ADDITIONAL),
    "Where the command stands: in the step's action, which for most Run Command Line steps holds all of "
    "the command line; in its Command line setting (`command-line`) where the action does not hold that; "
    "in its script; or in the additional options of Capture or Restore User State.",
    about="command",
)
subject(
    "sets",
    Kind({"anyOf": [words().schema, {"type": "object", "$ref": "#/$defs/matcher"}]}, _read_sets),
    "A variable that the step sets; any stands for every variable. A map is a matcher for its name.",
)
subject(
    "test",
    Kind(_TEST_SCHEMA, _read_test),
    "A test in the step's own condition, or in the group's with `node: group`; each is looked at by itself.",
)
subject(
    "node",
    choices(*NODES),
    "What is looked at: steps that may run (unless this says otherwise), groups that may, or those that are "
    "disabled, by themselves or with a group around them. Facts about steps can be asked of groups too.",
)
_OF_SUBJECT: Final = frozenset(name for name, fact in FACTS.items() if fact.holds is None)


class Selector(NamedTuple):
    """Alternatives of which any may hold."""

    alternatives: tuple[Alternative, ...]

    @property
    def types(self) -> frozenset[str]:
        """The types of step that it names, in lower case."""
        return frozenset(kind for a in self.alternatives for kind in a.types or ())

    @property
    def named(self) -> tuple[frozenset[str], frozenset[str]]:
        """The types of step that it names, and the variables that are to be set, those behind ``is`` too."""
        inner = [part.named for a in self.alternatives for part in a.parts]
        types = self.types.union(*(types for types, _ in inner))
        variables = frozenset(name for a in self.alternatives for name in a.variables or ())
        return types, variables.union(*(names for _, names in inner))

    @property
    def gives(self) -> frozenset[str]:
        """What it picks beside steps: a command, an assignment, a variable."""
        return frozenset(what for a in self.alternatives for what in a.gives)

    @property
    def needs(self) -> frozenset[str]:
        """What it is to be asked about, beside a step, for facts in it to hold (see ``about`` of facts)."""
        return frozenset(what for a in self.alternatives for what in a.needs)

    @property
    def asks_session(self) -> bool:
        """Whether it speaks of the session of the state store."""
        return any(a.asks_session for a in self.alternatives)

    @property
    def asks_phase(self) -> bool:
        """Whether it asks what the computer runs."""
        return any(a.asks_phase for a in self.alternatives)

    @property
    def size(self) -> int:
        """How many maps of facts it holds, those of selectors inside included."""
        return sum(1 + sum(inner.size for inner in one.inner) for one in self.alternatives)

    @property
    def depth(self) -> int:
        """How deep selectors stand in each other."""
        depths = (1 + max((inner.depth for inner in one.inner), default=0) for one in self.alternatives)
        return max(depths, default=0)

    def find(self, context: Context, *, sure: bool = False) -> tuple[Event, ...]:
        """Return the events that may match on some path, or surely do, in order of time, each once."""
        found: dict[tuple[int, int], Event] = {}
        context.flow.effort.spend(len(self.alternatives))
        for alternative in self.alternatives:
            for event in alternative.find(context, sure=sure):
                before = found.get(event.when)
                if before is not None:
                    surely, possibly = context.either(
                        Answer(before.surely, before.possibly), Answer(event.surely, event.possibly)
                    )
                    moments = (*before.moments, *event.moments)
                    event = before._replace(surely=surely, possibly=possibly, moments=moments)  # noqa: PLW2901
                found[event.when] = event
        for event in () if sure else self._by_holes(context):
            found.setdefault(event.when, event)
        return tuple(found[when] for when in sorted(found))

    def of(self, entry: Entry, context: Context) -> Answer:
        """Ask about one step: whether it, or an assignment or command in it, matches. A hole may."""
        return self._asked(entry, (), context)

    def of_event(self, event: Event, context: Context) -> Answer:
        """Ask about an event: its step, and where facts need a command or assignment, about that very one."""
        return self._asked(event.entry, event.moments, context)

    def _asked(self, entry: Entry, moments: _Moments, context: Context) -> Answer:
        context.flow.effort.spend(1 + len(self.alternatives) // _CHEAP)
        if entry.missing and entry.order in context.flow.holes:
            return Answer(FALSE, context.flow.guard(entry))
        own = Answer(FALSE, context.flow.guard(entry)) if self._may_set(entry, context) else NO
        return reduce(context.either, (a.of(entry, moments, context) for a in self.alternatives), own)

    def of_moment(self, moment: Moment, context: Context) -> Answer:
        """Ask about a step, and where facts need a command or assignment, about that of the moment."""
        return self._asked(moment.entry, ((TRUE, moment),), context)

    def _by_holes(self, context: Context) -> Iterator[Event]:
        """Return, when holes are looked at, what may happen there.

        Anything may in child sequences that are not at hand, and steps that work out a name may set it.
        """
        for order in sorted(context.flow.holes):
            entry = context.index.entries[order]
            if entry.missing or self._may_set(entry, context):
                guard = context.flow.guard(entry)
                yield Event(entry, 1 << 30, FALSE, guard, "", (entry.step.element, ""))

    def _may_set(self, entry: Entry, context: Context) -> bool:
        if entry.order not in context.flow.holes:
            return False
        names = (name for one in self.alternatives for name in one.variables or () if name != "any")
        return any(context.flow.reaches(entry, name) for name in names)


class Alternative(NamedTuple):
    """Facts that must all hold: what is looked at, and what is asked of each of it (``uses``).

    ``types``, ``tools``, ``variables`` and ``runs_in`` are in lower case, None where the rule does not
    say. ``parts`` are the selectors behind ``is``. ``setting`` is the one whose value is told. ``secret``
    is where a secret of a ``kind`` is to stand, "" for nowhere or in the value that is set. ``whole`` tells
    that it is about the sequence, not about steps. ``engine`` is what must run it, "" for any. ``nodes`` is
    what is looked at. ``type_like`` is what the type of a step must match, where the rule names no types.
    ``variable`` is what the name of a set variable must match, and ``test`` what a test in a condition
    must, where tests are looked at. ``needs`` is what its facts are about where it does not pick that itself:
    it is asked about that of an event, and holds of no step by itself.
    """

    uses: tuple[Use, ...] = ()
    types: tuple[str, ...] | None = None
    tools: tuple[str, ...] | None = None
    sources: tuple[str, ...] = _SOURCES
    variables: tuple[str, ...] | None = None
    runs_in: tuple[str, ...] | None = None
    parts: tuple[Picks, ...] = ()
    setting: str = ""
    secret: str = ""
    kind: str = ""
    whole: bool = False
    engine: str = ""
    nodes: tuple[str, ...] = ("step",)
    type_like: Matcher | None = None
    variable: Matcher | None = None
    test: _Test | None = None
    cost: int = 1
    needs: tuple[str, ...] = ()

    @property
    def gives(self) -> tuple[str, ...]:
        """What it picks beside steps (see ``about`` of facts)."""
        picks = {"command": self.tools, "sets": self.variables, "test": self.test}
        return next((_PICKED[key] for key, given in picks.items() if given is not None), ())

    @property
    def asks_session(self) -> bool:
        """Whether it speaks of the session of the state store."""
        return any(use.name == "session" for use in self.uses) or any(p.asks_session for p in self.parts)

    @property
    def asks_phase(self) -> bool:
        """Whether it asks what the computer runs."""
        return any(use.name == "phase" for use in self.uses) or any(p.asks_phase for p in self.inner)

    @property
    def options(self) -> tuple[str, ...]:
        """The options of its tools that it names, as ``/name``."""
        given = (use.given for use in self.uses if use.name in _OF_OPTIONS and isinstance(use.given, tuple))
        names = (one if isinstance(one, str) else str(one[0]) for some in given for one in some)
        return tuple(f"/{name[1:].lower()}".partition(":")[0] for name in names if name[:1] in ("-", "/"))

    @property
    def inner(self) -> tuple[Picks, ...]:
        """The selectors inside."""
        wholes = (use.given for use in self.uses if isinstance(use.given, Whole))
        inside = (use.given for use in self.uses if isinstance(use.given, Selector))
        asked = (one for whole in wholes for one in (whole.contains, whole.lacks) if one is not None)
        return (*self.parts, *inside, *asked)

    @property
    def looks_at_steps(self) -> bool:
        """Whether it asks what steps there are, though it may be about the sequence as a whole."""
        wholes = (use.given for use in self.uses if isinstance(use.given, Whole))
        return not self.whole or any(whole.kind or whole.contains or whole.lacks for whole in wholes)

    @property
    def sets_any(self) -> bool:
        """Whether it picks assignments of every variable."""
        return self.variables is not None and "any" in self.variables

    def find(self, context: Context, *, sure: bool) -> Iterator[Event]:
        """Yield the events that may match on some path, or surely do."""
        for entry in self._candidates(context):
            if self.test is None or entry.step.condition is not None:
                yield from self._in(entry, context, sure=sure)

    def of(self, entry: Entry, moments: _Moments, context: Context) -> Answer:
        """Ask about one step, and the commands or assignments in it that are meant."""
        if self.types is not None and entry.step.type.lower() not in self.types:
            return NO
        if self.nodes != ("step",) and not any(
            entry is one for node in self.nodes for one in _nodes(node, context)
        ):
            return NO
        if self.needs:
            guard = context.flow.guard(entry)
            meant = ((when, one) for when, one in moments if all(_is_about(one, what) for what in self.needs))
            asked = (self._holds(one, Answer(when, when), guard, context, sure=False) for when, one in meant)
            return reduce(context.either, asked, NO)
        return reduce(context.either, (Answer(e.surely, e.possibly) for e in self._in(entry, context)), NO)

    def _candidates(self, context: Context) -> Iterator[Entry]:
        if self.nodes != ("step",):
            found = (entry for node in self.nodes for entry in _nodes(node, context))
            yield from (e for e in found if self.types is None or e.step.type.lower() in self.types)
        elif self.whole:
            yield context.flow.timeline.whole
        elif self.tools is not None:
            yield from self._starting(self.tools, context)
        elif self.types is not None:
            yield from context.index.of_types(self.types)
        elif self.secret:
            yield from context.holding(self.kind, self.secret)
        elif self.runs_in is not None:
            yield from context.index.of_types(context.types_running_in(self.runs_in))
        elif self.variables is not None:
            yield from self._setting(self.variables, context)
        else:
            yield from self._of_type(context)

    def _starting(self, tools: tuple[str, ...], context: Context) -> Iterator[Entry]:
        """Return the steps that may start one of these tools, or pass options on to one."""
        sources = map(context.tables.passed_on.get, tools if ADDITIONAL in self.sources else ())
        passing = (entry for one in sources if one for entry in context.index.of_type(one["step"]))
        for entry in chain(passing, context.index.naming(tools)):
            if self.types is None or entry.step.type.lower() in self.types:
                yield entry

    def _setting(self, variables: tuple[str, ...], context: Context) -> Iterable[Entry]:
        """Return the steps that assign one of these variables, or any."""
        if self.sets_any:
            return context.flow.assignments.assigning()
        orders = {a.entry.order for name in variables for a in context.flow.assignments.of(name)}
        return (context.index.entries[order] for order in sorted(orders))

    def _of_type(self, context: Context) -> Iterable[Entry]:
        """Return the steps whose type matches, or all where the rule asks for none."""
        if self.type_like is None:
            return context.index.entries
        asked = ((kind, known(kind, context.tables, context.searches)) for kind in context.index.types)
        return context.index.of_types([kind for kind, subject in asked if decide(self.type_like, subject)])

    def _in(self, entry: Entry, context: Context, *, sure: bool = False) -> Iterator[Event]:
        """Return the events of one step that may match on some path, or surely do."""
        guard = context.flow.guard(entry)
        if guard == FALSE:
            return
        # what is no step comes apart from the step that has the same order
        apart = 0 if self.nodes == ("step",) else entry.step.element - _BEFORE
        if self.tools is None and self.variables is None and self.test is None and not self.secret:
            found = self._holds(Moment(entry), YES, guard, context, sure=sure)
            if found is not NO:
                text, place = self._text_of(entry, context), self._place(entry, found.possibly, context)
                yield Event(entry, apart, *found, text, place, setting=self.setting)
            return
        for position, moment, runs, value, part in self._inside(entry, context):
            found = self._holds(moment, runs, guard, context, sure=sure)
            if found is not NO:
                yield Event(entry, position + apart, *found, value, part, ((runs.possibly, moment),))

    def _holds(self, moment: Moment, runs: Answer, guard: int, context: Context, *, sure: bool) -> Answer:
        """Ask all facts about a moment; NO where it may not match, or not surely where that is asked."""
        context.flow.effort.spend(self.cost)
        state = runs
        for selector in self.parts:
            state = context.both(selector.of_moment(moment, context), state)
        for name, given in self.uses:
            holds = FACTS[name].holds
            if (state.surely if sure else state.possibly) == FALSE:
                return NO
            answer = YES if holds is None else holds(given, moment, context)
            if answer is NO:
                return NO
            state = context.both(state, answer)
        found = context.both(state, Answer(guard, guard))
        return NO if (found.surely if sure else found.possibly) == FALSE else found

    def _inside(self, entry: Entry, context: Context) -> Iterator[_Found]:
        """Return what is looked at in a step."""
        if self.tools is not None:
            yield from self._started(entry, context)
        elif self.variables is not None:
            yield from self._assigned(entry, context)
        elif self.test is not None:
            yield from self._tested(self.test, entry, context)
        else:
            yield from self._held(entry, context)

    def _text_of(self, entry: Entry, context: Context) -> str:
        """Return the setting that is asked for, else what a fact tells, else the variable that says it."""
        written = entry.step.written(self.setting)
        if written:
            return written
        for name, given in self.uses:
            tells = FACTS[name].tells
            told = "" if tells is None else tells(given, Moment(entry), context)
            if told:
                return told
        return self._of_variable(entry, context)

    def _of_variable(self, entry: Entry, context: Context) -> str:
        """Return the variable that stands for a setting which is not written, where something sets it."""
        name = variable_of(entry.step, self.setting, context.tables) if self.setting else None
        return f"%{name}%" if name and context.flow.assignments.of(name.lower()) else ""

    def _tested(self, asked: _Test, entry: Entry, context: Context) -> Iterator[_Found]:
        """Return the tests of a step's own condition that match, each where it stands."""
        condition = entry.step.condition
        for number, test in enumerate(() if condition is None else tests_in(condition), start=1):
            given = {f"#{name}": text for name, text in test.parts}
            given |= dict(test.parts) if test.kind == "Variable" else {}
            given |= {"type": test.kind, "text": test.spelling}
            answers = (
                decide(m, known(given.get(name), context.tables, context.searches)) for name, m in asked
            )
            if all(answers):
                told = test.spelling.removeprefix("Variable ").removeprefix("OS ")
                yield number, Moment(entry, test=test), YES, told, (test.element, "")

    def _held(self, entry: Entry, context: Context) -> Iterator[_Found]:
        """Return the step, with what holds the secret as its text; the secret itself is never told."""
        held = [one for one in context.held(self.secret, entry) if one.kind == self.kind]
        for secret in sorted(held, key=lambda one: not one.sure)[:1]:
            place = (secret.element, secret.attribute or "text()")
            part = place if secret.element >= 0 else _command_place(entry)
            yield 0, Moment(entry), YES, secret.told, part

    def _place(self, entry: Entry, when: int, context: Context) -> tuple[int, str]:
        setting = saying(entry, self.setting, when, context) if self.setting else ""
        items = next((use.given for use in self.uses if use.name == "item of"), None)
        if not self.setting and isinstance(items, tuple):
            setting = item_at(items, entry, context)
        found = entry.step.settings.get(setting.lower())
        return (entry.step.element, "") if found is None else (found.element, "text()")

    def _assigned(self, entry: Entry, context: Context) -> Iterator[_Found]:
        names = self.variables or ()
        for assignment in context.flow.assignments.made_by(entry):
            write = assignment.write
            if write.by == "engine" or ("any" not in names and write.variable not in names):
                continue
            name = known(write.spelling or write.variable, context.tables, context.searches)
            if self.variable is not None and not decide(self.variable, name):
                continue
            runs = context.flow.runs(assignment)
            part = (entry.step.element, "") if write.setting is None else (write.setting.element, "text()")
            value = "a masked value" if write.masked else write.value or ""
            yield (
                assignment.position + 1,
                Moment(entry, assignment),
                Answer(runs if write.sure else FALSE, runs),
                value,
                part,
            )

    def _started(self, entry: Entry, context: Context) -> Iterator[_Found]:
        tools = self.tools or ()
        if ADDITIONAL in self.sources:
            yield from self._passed_on(entry, context)
        place = _command_place(entry)
        for number, command in enumerate(context.index.commands(entry), start=1):
            if command.tool in tools and command.source in self.sources:
                for when, one, opened in substituted(command, entry, context):
                    moment = Moment(entry, command=one, open=opened)
                    yield number, moment, Answer(when, when), command.tool, place

    def _passed_on(self, entry: Entry, context: Context) -> Iterator[_Found]:
        """Return the options that a Capture or Restore User State step passes on, one command a value."""
        for tool in self.tools or ():
            for number, (when, command, opened) in enumerate(passed_on(entry, context), start=1):
                if command.tool == tool:
                    moment = Moment(entry, command=command, open=opened)
                    yield number, moment, Answer(when, when), tool, (entry.step.element, "")


def _nodes(node: str, context: Context) -> tuple[Entry, ...]:
    line = context.ordinary.flow.timeline
    found = {
        "step": line.entries,
        "group": line.groups,
        "disabled step": line.disabled,
        "disabled group": line.disabled_groups,
    }
    if context.ordinary is context:
        return found[node]
    wanted = set(map(id, found[node]))  # of what stands in the file, all of which runs there
    everything = zip(line.nodes, context.flow.timeline.entries, strict=True)
    return tuple(entry for ordinary, entry in everything if id(ordinary) in wanted)


def _command_place(entry: Entry) -> tuple[int, str]:
    step = entry.step
    for key in ("sourcescript", "commandline"):
        if key in step.settings and step.settings[key].value:
            return step.settings[key].element, "text()"
    return (step.action_element, "text()") if step.action else (step.element, "")


def _is_about(moment: Moment, what: str) -> bool:
    """Say whether a moment is one of a command, an assignment, or a variable that is set or tested."""
    return {
        "command": moment.command is not None,
        "assignment": moment.assignment is not None,
        "variable": moment.assignment is not None or moment.test is not None,
    }[what]


def read_selector(data: object, reading: Reading, named: Callable[[str, Reading], Selector]) -> Selector:
    """Read a selector: a map of facts, a list of selectors, or a name, which ``named`` knows."""
    if isinstance(data, str):
        return named(data, reading)
    if isinstance(data, list):
        inner = [read_selector(one, place, named) for one, place in reading.each(data)]
        return Selector(tuple(alternative for each in inner for alternative in each.alternatives))
    facts = dict(members(data))
    if facts.keys() == {"is"}:
        return read_selector(facts["is"], reading.at("is"), named)
    return Selector((_read_alternative(facts, reading),))


def _read_alternative(facts: dict[str, object], reading: Reading) -> Alternative:
    """Read facts that must all hold. Those that cost most are asked last."""
    picked = frozenset(next((_PICKED[key] for key in _PICKED if key in facts), ()))
    within = picked or reading.given
    given = {
        key: _declared(key).takes.read((key, value) if key[0].isupper() else value, reading.at(key))
        for key, value in facts.items()
        if key != "is"
    }
    part = reading.at("is").read(facts["is"], given=within) if "is" in facts else None
    _expect_subject(facts, picked, within, reading)
    types = _lowered(facts, "step")
    for key, value in facts.items():
        if key[0].isupper():
            reading.at(key).expect("setting", key, types or (), at_key=True)
        if key[0].isupper() or key == "runIn":
            expect_values(value, reading.at(key), key)
    named = given.get("command")
    tools = named if isinstance(named, tuple) else None
    _expect_options(facts, tools or (), reading)
    if isinstance(facts.get("to"), str) and isinstance(facts.get("sets"), str):
        expect_values(facts["to"], reading.at("to"), str(facts["sets"]))
    looked_at = {*_OF_SUBJECT, *(["step"] if types is not None else ())}
    asked = [key for key in sorted(facts, key=lambda key: _declared(key).cost) if key not in looked_at]
    settings = [key for key in facts if key[0].isupper()]
    settings += [name for key in sorted(facts) if _about(key) == "setting" for name in _names(facts[key])]
    kind = next((kind for kind, fact in _OF_SECRETS.items() if facts.get(fact, "value") != "value"), "")
    return Alternative(
        uses=tuple(Use(SETTING if key[0].isupper() else key, given[key]) for key in asked),
        types=types,
        tools=tools,
        sources=words_in(facts.get("from", list(_SOURCES))),
        variables=("any",) if isinstance(facts.get("sets"), dict) else _lowered(facts, "sets"),
        type_like=_as_matcher(given.get("step")) if types is None else None,
        variable=_as_matcher(given.get("sets")),
        test=_as_test(given.get("test")),
        runs_in=_lowered(facts, "runs in"),
        parts=(part,) if isinstance(part, Selector) else (),
        setting=max(settings, key=lambda name: _demand(facts.get(name, "")), default=""),
        secret=str(facts[_OF_SECRETS[kind]]) if kind else "",
        kind=kind,
        whole=all(_about(key) == "whole" for key in facts),
        engine=str(facts.get("engine", "")),
        nodes=words_in(facts.get("node", ["step"])),
        cost=1 + len(repr(facts)) // _CHARACTERS,
        needs=() if picked else tuple(sorted(_needed(facts, part))),
    )


def _demand(data: object) -> int:
    """Say how much a matcher asks of a setting: that of several which asks most is what is wrong there."""
    if isinstance(data, list):
        return max(map(_demand, data))
    if not isinstance(data, dict):
        return _OF_WORDS
    more = data.keys() - {"missing"}
    return _OF_WORDS + 1 if more else int(data.get("missing") is False)


def _needed(facts: dict[str, object], part: object) -> frozenset[str]:
    """Return what facts are about that no step is by itself."""
    own = frozenset(_about(key, value) for key, value in facts.items()) & NEEDS.keys()
    return own | part.needs if isinstance(part, Selector) else own


def _expect_subject(
    facts: dict[str, object], picked: frozenset[str], within: frozenset[str] | None, reading: Reading
) -> None:
    """Tell of facts about a command or an assignment where there is none: they would never hold.

    ``within`` is what the selector is asked about, None for anything. What says how to pick goes with what is
    ``picked`` only.
    """
    first, *others = (*(key for key in _PICKED if key in facts), "")
    for key in others[:-1]:
        problem = f"'{key}' stands beside '{first}', and a selector picks one of the two"
        reading.at(key).refuse(problem, _APART, at_key=True)
    for key, value in facts.items():
        what, there = _about(key, value), picked if key in _OF_SUBJECT else within
        if what in NEEDS and there is not None and what not in there:
            problem, remedy = NEEDS[what]
            reading.at(key).refuse(f"'{key}' {problem}", _APART if picked else remedy, at_key=True)


def _expect_options(facts: dict[str, object], tools: tuple[str, ...], reading: Reading) -> None:
    """Tell of options that look like misspelt ones of the tools that are asked for."""
    for key in _OF_OPTIONS if tools else ():
        for word, place in reading.at(key).each(facts.get(key, [])):
            for name in _names(word):
                place.expect("option", name, tools)


def _names(given: object) -> tuple[str, ...]:
    return tuple(given) if isinstance(given, dict) else words_in(given)


def _as_matcher(given: object) -> Matcher | None:
    return given if isinstance(given, Word | AnyOf | AllOf) else None


def _as_test(given: object) -> _Test | None:
    return given if isinstance(given, tuple) else None


def _declared(key: str) -> Fact:
    return FACTS[SETTING if key[0].isupper() else key]


def _about(key: str, given: object = "") -> str:
    return _declared(key).about_what(given)


def _lowered(facts: dict[str, object], key: str) -> tuple[str, ...] | None:
    """Return a fact's words in lower case, so that an index can serve them; None where it takes no words."""
    data = facts.get(key)
    all_words = isinstance(data, list) and all(isinstance(word, str) for word in data)
    if not isinstance(data, str) and not all_words:
        return None
    return tuple(word.lower() for word in words_in(data))


def _unknown(name: str, _reading: Reading) -> Selector:
    raise KeyError(name)


# For selectors that need no check and hold no names.
UNCHECKED: Final = Reading(partial(read_selector, named=_unknown))
