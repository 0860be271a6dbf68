"""Selectors of the rule language: which steps, assignments and commands a rule speaks of."""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.commands.of_step import in_command_line
from tslint.language import secret_facts  # noqa: F401 - it declares facts
from tslint.language.context import NO, YES, Answer, Context, Event, Moment, Picks
from tslint.language.declared import FACTS, SELECTOR, Use, choices, members, subject, words, words_in
from tslint.language.facts import SETTING, effective
from tslint.language.reading import Reading
from tslint.language.sequence_facts import Whole
from tslint.logic.diagram import FALSE
from tslint.logic.text import REFERENCE, Unknown, spell
from tslint.secrets.words import KEY, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tslint.flow.timeline import Entry
    from tslint.language.declared import Fact

_SOURCES: Final = ("command-line", "action", "script")
_ADDITIONAL: Final = "additional-options"
# Facts about the sequence as a whole and no step in it.
_OF_WHOLE: Final = frozenset({"sequence", "engine", "package"})
# The facts about secrets of each kind. Those in a value that is set are asked of assignments.
_OF_SECRETS: Final = {SECRET: "secret", KEY: "product key"}
# So many alternatives, or characters of one, are looked at in the time of one step of other work.
_CHEAP: Final = 2
_CHARACTERS: Final = 40

# Position in its step, what facts are asked about, when it happens, its text for messages, where it stands.
_Found = tuple[int, Moment, Answer, str, tuple[int, str]]

# What a selector looks at; the other facts are asked of each of these.
subject("is", SELECTOR, "A named selector, or a list of them of which any may hold.")
subject("command", words("tool"), "A program that the step starts: its file name without .exe.")
subject("from", choices(*_SOURCES, _ADDITIONAL), "Where the command stands.")
subject("sets", words("variable"), "A variable that the step sets; any stands for every variable.")
_OF_SUBJECT: Final = frozenset(name for name, fact in FACTS.items() if fact.holds is None)


class Selector(NamedTuple):
    """Alternatives of which any may hold."""

    alternatives: tuple[Alternative, ...]

    @property
    def types(self) -> frozenset[str]:
        """The types of step that it names, in lower case."""
        return frozenset(kind for a in self.alternatives for kind in a.types or ())

    @property
    def asks_session(self) -> bool:
        """Whether it speaks of the session of the state store."""
        return any(a.asks_session for a in self.alternatives)

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
                    event = before._replace(surely=surely, possibly=possibly)  # noqa: PLW2901
                found[event.when] = event
        for event in () if sure else _missing_children(context):
            found.setdefault(event.when, event)
        return tuple(found[when] for when in sorted(found))

    def of(self, entry: Entry, context: Context) -> Answer:
        """Ask about one step: whether it, or an assignment or command in it, matches. A hole may."""
        context.flow.effort.spend(1 + len(self.alternatives) // _CHEAP)
        if entry.missing and entry.order in context.flow.holes:
            return Answer(FALSE, context.flow.guard(entry))
        return reduce(context.either, (a.of(entry, context) for a in self.alternatives), NO)


class Alternative(NamedTuple):
    """Facts that must all hold: what is looked at, and what is asked of each of it (``uses``).

    ``types``, ``tools``, ``variables`` and ``runs_in`` are in lower case, None where the rule does not
    say. ``parts`` are the selectors behind ``is``. ``setting`` is the one whose value is told. ``secret``
    is where a secret of a ``kind`` is to stand, "" for nowhere or in the value that is set. ``whole`` tells
    that it is about the sequence, not about steps. ``engine`` is what must run it, "" for any.
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
    cost: int = 1

    @property
    def asks_session(self) -> bool:
        """Whether it speaks of the session of the state store."""
        return any(use.name == "session" for use in self.uses) or any(p.asks_session for p in self.parts)

    @property
    def inner(self) -> tuple[Picks, ...]:
        """The selectors inside."""
        wholes = (use.given for use in self.uses if isinstance(use.given, Whole))
        return (*self.parts, *(whole.contains for whole in wholes if whole.contains is not None))

    @property
    def sets_any(self) -> bool:
        """Whether it picks assignments of every variable."""
        return self.variables is not None and "any" in self.variables

    def find(self, context: Context, *, sure: bool) -> Iterator[Event]:
        """Yield the events that may match on some path, or surely do."""
        for entry in self._candidates(context):
            yield from self._in(entry, context, sure=sure)

    def of(self, entry: Entry, context: Context) -> Answer:
        """Ask about one step."""
        if self.types is not None and entry.step.type.lower() not in self.types:
            return NO
        return reduce(context.either, (Answer(e.surely, e.possibly) for e in self._in(entry, context)), NO)

    def _candidates(self, context: Context) -> Iterator[Entry]:
        if self.whole:
            yield context.flow.timeline.whole
        elif self.types is not None:
            yield from context.index.of_types(self.types)
        elif self.secret:
            yield from context.holding(self.kind, self.secret)
        elif self.runs_in is not None:
            yield from context.index.of_types(context.types_running_in(self.runs_in))
        elif self.variables is not None and not self.sets_any:
            orders = {a.entry.order for name in self.variables for a in context.flow.assignments.of(name)}
            yield from (context.index.entries[order] for order in sorted(orders))
        elif self.tools is not None:
            if _ADDITIONAL in self.sources:
                for tool in self.tools:
                    yield from context.index.of_type(context.tables.passed_on.get(tool, {}).get("step", ""))
            yield from context.index.naming(self.tools)
        else:
            yield from context.index.entries

    def _in(self, entry: Entry, context: Context, *, sure: bool = False) -> Iterator[Event]:
        """Return the events of one step that may match on some path, or surely do."""
        guard = context.flow.guard(entry)
        if guard == FALSE:
            return
        if (
            not self.uses
            and not self.parts
            and self.tools is None
            and self.variables is None
            and not self.secret
        ):
            yield Event(entry, 0, guard, guard, "", (entry.step.element, ""))
            return
        for position, moment, runs, value, part in self._moments(entry, context):
            context.flow.effort.spend(self.cost)
            state = runs
            for selector in self.parts:
                state = context.both(selector.of(entry, context), state)
            for name, given in self.uses:
                holds = FACTS[name].holds
                if (state.surely if sure else state.possibly) == FALSE:
                    break
                state = state if holds is None else context.both(state, holds(given, moment, context))
            surely, possibly = context.both(state, Answer(guard, guard))
            if (surely if sure else possibly) != FALSE:
                yield Event(entry, position, surely, possibly, value, part)

    def _moments(self, entry: Entry, context: Context) -> Iterator[_Found]:
        if self.tools is not None:
            yield from self._started(entry, context)
        elif self.variables is not None:
            yield from self._assigned(entry, context)
        elif self.secret:
            yield from self._held(entry, context)
        else:
            yield 0, Moment(entry), YES, entry.step.written(self.setting) or "", self._place(entry)

    def _held(self, entry: Entry, context: Context) -> Iterator[_Found]:
        """Return the step, with what holds the secret as its text; the secret itself is never told."""
        held = [one for one in context.held(self.secret, entry) if one.kind == self.kind]
        for secret in sorted(held, key=lambda one: not one.sure)[:1]:
            place = (secret.element, secret.attribute or "text()")
            part = place if secret.element >= 0 else _command_place(entry)
            yield 0, Moment(entry), YES, secret.told, part

    def _place(self, entry: Entry) -> tuple[int, str]:
        found = entry.step.settings.get(self.setting.lower())
        return (entry.step.element, "") if found is None else (found.element, "text()")

    def _assigned(self, entry: Entry, context: Context) -> Iterator[_Found]:
        names = self.variables or ()
        for assignment in context.flow.assignments.made_by(entry):
            write = assignment.write
            if write.by == "engine" or ("any" not in names and write.variable not in names):
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
        if _ADDITIONAL in self.sources:
            yield from self._passed_on(entry, context)
        place = _command_place(entry)
        for number, command in enumerate(context.index.commands(entry), start=1):
            if command.tool in tools and command.source in self.sources:
                yield number, Moment(entry, command=command), YES, command.tool, place

    def _passed_on(self, entry: Entry, context: Context) -> Iterator[_Found]:
        """Return the options that a Capture or Restore User State step passes on, one command a value."""
        for tool in self.tools or ():
            passed_on = context.tables.passed_on.get(tool)
            if passed_on is None or entry.step.type.lower() != passed_on["step"]:
                continue
            for number, case in enumerate(effective(entry, passed_on["setting"], context), start=1):
                if case.text is None:
                    continue
                text = spell(case.text)
                unknown = any(isinstance(part, Unknown) for part in case.text)
                is_open = unknown and any(REFERENCE.fullmatch(word) for word in text.split())
                command = in_command_line(f"{tool} {text}", _ADDITIONAL)[0]
                runs = Answer(case.when, case.when)
                yield (
                    number,
                    Moment(entry, command=command, open=is_open),
                    runs,
                    tool,
                    (entry.step.element, ""),
                )


def _missing_children(context: Context) -> Iterator[Event]:
    """Return, when holes are looked at, the child sequences not at hand: anything may happen there."""
    for order in sorted(context.flow.holes):
        entry = context.index.entries[order]
        if entry.missing:
            yield Event(entry, 1 << 30, FALSE, context.flow.guard(entry), "", (entry.step.element, ""))


def _command_place(entry: Entry) -> tuple[int, str]:
    step = entry.step
    for key in ("sourcescript", "commandline"):
        if key in step.settings and step.settings[key].value:
            return step.settings[key].element, "text()"
    return (step.action_element, "text()") if step.action else (step.element, "")


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
    given = {
        key: _declared(key).takes.read((key, value) if key[0].isupper() else value, reading.at(key))
        for key, value in facts.items()
    }
    types = _lowered(facts, "step")
    for key in facts:
        if key[0].isupper():
            reading.at(key).expect("setting", key, types or (), at_key=True)
    looked_at = {*_OF_SUBJECT, *(["step"] if types is not None else ())}
    asked = [key for key in sorted(facts, key=lambda key: _declared(key).cost) if key not in looked_at]
    settings = [key for key in facts if key[0].isupper()]
    part = given.get("is")
    kind = next((kind for kind, fact in _OF_SECRETS.items() if facts.get(fact, "value") != "value"), "")
    return Alternative(
        uses=tuple(Use(SETTING if key[0].isupper() else key, given[key]) for key in asked),
        types=types,
        tools=_lowered(facts, "command"),
        sources=words_in(facts.get("from", list(_SOURCES))),
        variables=_lowered(facts, "sets"),
        runs_in=_lowered(facts, "runs in"),
        parts=(part,) if isinstance(part, Selector) else (),
        setting=settings[0] if settings else "",
        secret=str(facts[_OF_SECRETS[kind]]) if kind else "",
        kind=kind,
        whole=facts.keys() <= _OF_WHOLE,
        engine=str(facts.get("engine", "")),
        cost=1 + len(repr(facts)) // _CHARACTERS,
    )


def _declared(key: str) -> Fact:
    return FACTS[SETTING if key[0].isupper() else key]


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
