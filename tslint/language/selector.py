"""Selectors of the rule language: which steps, assignments and commands a rule speaks of."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from tslint.flow.diagram import FALSE
from tslint.flow.text import REFERENCE, Unknown, spell
from tslint.language.facts import FACTS, effective, setting
from tslint.language.needs import alternatives, is_whole, is_words, lowered
from tslint.language.secret_facts import SECRET_FACTS
from tslint.language.sequence_facts import SEQUENCE_FACTS
from tslint.language.view import NO, YES, Event, Moment, Tri, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tslint.flow.timeline import Entry

# Facts that need conditions and values on all paths are asked last.
_LAST = {"value": 1, "phase": 2, "session": 3, "store": 4, "sequence": 5}
_FACTS = FACTS | SEQUENCE_FACTS | SECRET_FACTS
_ADDITIONAL: Final = "additional-options"
# Facts that say which steps are looked at; the others are asked of each of these.
_OF_SUBJECT = frozenset({"command", "from", "sets", "is"})
# So many alternatives, or characters of one, are looked at in the time of one step of other work.
_CHEAP: Final = 2
_CHARACTERS: Final = 40

# Position in its step, what facts are asked about, when it happens, its text for messages, where it stands.
_Found = tuple[int, Moment, Tri, str, tuple[int, str]]


def _cost_of(fact: tuple[str, Any]) -> int:
    return _LAST.get(fact[0], 0)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    return value if isinstance(value, list) else [value]


class Selector:
    """A list of alternatives, each a map of facts that must all hold."""

    def __init__(self, data: Any) -> None:  # noqa: ANN401 - plain data of the rule language
        self._data = data
        self._made: list[_Alternative] | None = None

    @property
    def _alternatives(self) -> list[_Alternative]:
        """The alternatives, made when first asked about: most selectors of a rule are for what it finds."""
        if self._made is None:
            self._made = [_Alternative(facts) for facts in alternatives(self._data)]
        return self._made

    @property
    def types(self) -> frozenset[str]:
        """The types of step that it names, in lower case."""
        return frozenset(kind for a in self._alternatives for kind in a.types or ())

    @property
    def asks_session(self) -> bool:
        """Whether it speaks of the session of the state store."""
        return any(a.asks_session for a in self._alternatives)

    def find(self, view: View, *, surely: bool = False) -> tuple[Event, ...]:
        """Return the events that may match on some path, or surely do, in order of time, each once."""
        found: dict[tuple[int, int], Event] = {}
        view.flow.effort.spend(len(self._alternatives))
        for alternative in self._alternatives:
            for event in alternative.find(view, surely=surely):
                before = found.get(event.when)
                if before is not None:
                    must, may = view.either(Tri(before.must, before.may), Tri(event.must, event.may))
                    event = before._replace(must=must, may=may)  # noqa: PLW2901
                found[event.when] = event
        for event in () if surely else _missing_children(view):
            found.setdefault(event.when, event)
        return tuple(found[when] for when in sorted(found))

    def of(self, entry: Entry, view: View) -> Tri:
        """Ask about one step: whether it, or an assignment or command in it, matches. A hole may."""
        view.flow.effort.spend(1 + len(self._alternatives) // _CHEAP)
        if entry.missing and entry.order in view.flow.holes:
            return Tri(FALSE, view.flow.guard(entry))
        return reduce(view.either, (a.of(entry, view) for a in self._alternatives), NO)


class _Alternative:
    def __init__(self, facts: Mapping[str, Any]) -> None:
        self.types = [str(t).lower() for t in _listed(facts["step"])] if is_words(facts.get("step")) else None
        self._tools = tuple(str(t).lower() for t in _listed(facts["command"])) if "command" in facts else None
        self._sources = _listed(facts.get("from", ["command-line", "action", "script"]))
        self._names = [str(n).lower() for n in _listed(facts["sets"])] if "sets" in facts else None
        self._parts = [Selector(part) for part in ([facts["is"]] if "is" in facts else [])]
        self._part_key = next((key for key in facts if key[0].isupper()), "")
        self._runs_in = lowered(facts["runs in"]) if is_words(facts.get("runs in")) else None
        self._running_in: set[str] | None = None  # the types, when first asked for
        self._whole = is_whole(facts)
        self._cost = 1 + len(repr(facts)) // _CHARACTERS
        self._secret = facts["secret"] if facts.get("secret") in ("setting", "command") else ""
        self._bare = self.types is not None and len(facts) == 1
        self.asks_session = "session" in facts or any(part.asks_session for part in self._parts)
        self._facts: list[tuple[Callable[[Any, Moment, View], Tri], Any]] = [
            (setting(key) if key[0].isupper() else _FACTS[key], matcher)
            for key, matcher in sorted(facts.items(), key=_cost_of)
            if key not in _OF_SUBJECT and not (key == "step" and self.types is not None)
        ]

    def find(self, view: View, *, surely: bool) -> Iterator[Event]:
        for entry in self._candidates(view):
            yield from self._in(entry, view, surely=surely)

    def of(self, entry: Entry, view: View) -> Tri:
        if self.types is not None and entry.step.type.lower() not in self.types:
            return NO
        return reduce(view.either, (Tri(e.must, e.may) for e in self._in(entry, view)), NO)

    def _candidates(self, view: View) -> Iterator[Entry]:
        if self._whole:
            yield view.flow.timeline.whole
        elif self.types is not None:
            yield from view.index.of_types(self.types)
        elif self._secret:
            yield from view.may_hold(self._secret)
        elif self._runs_in is not None:
            if self._running_in is None:
                self._running_in = view.types_running_in(self._runs_in)
            yield from view.index.of_types(self._running_in)
        elif self._names is not None and "any" not in self._names:
            orders = {a.entry.order for name in self._names for a in view.flow.assignments.of(name)}
            yield from (view.index.entries[order] for order in sorted(orders))
        elif self._tools is not None:
            if _ADDITIONAL in self._sources:
                for tool in self._tools:
                    yield from view.index.of_type(view.tables.passed_on.get(tool, {}).get("step", ""))
            yield from view.index.naming(self._tools)
        else:
            yield from view.index.entries

    def _in(self, entry: Entry, view: View, *, surely: bool = False) -> Iterator[Event]:
        """Return the events of one step that may match on some path, or surely do."""
        guard = view.flow.guard(entry)
        if guard == FALSE:
            return
        if self._bare:
            yield Event(entry, 0, guard, guard, "", (entry.step.element, ""))
            return
        for position, moment, runs, value, part in self._moments(entry, view):
            view.flow.effort.spend(self._cost)
            state = runs
            for selector in self._parts:
                state = view.both(selector.of(entry, view), state)
            for fact, matcher in self._facts:
                if (state.must if surely else state.may) == FALSE:
                    break
                state = view.both(state, fact(matcher, moment, view))
            must, may = view.both(state, Tri(guard, guard))
            if (must if surely else may) != FALSE:
                yield Event(entry, position, must, may, value, part)

    def _moments(self, entry: Entry, view: View) -> Iterator[_Found]:
        if self._tools is not None:
            yield from self._started(entry, view)
        elif self._names is not None:
            yield from self._assigned(entry, view)
        elif self._secret:
            yield from self._held(entry, view)
        else:
            yield 0, Moment(entry), YES, entry.step.written(self._part_key) or "", self._place(entry)

    def _held(self, entry: Entry, view: View) -> Iterator[_Found]:
        """Return the step, with what holds the secret as its text; the secret itself is never told."""
        for secret in sorted(view.held(self._secret, entry), key=lambda one: not one.sure)[:1]:
            part = (secret.element, "text()") if secret.element >= 0 else _command_place(entry)
            yield 0, Moment(entry), YES, secret.told, part

    def _place(self, entry: Entry) -> tuple[int, str]:
        found = entry.step.settings.get(self._part_key.lower())
        return (entry.step.element, "") if found is None else (found.element, "text()")

    def _assigned(self, entry: Entry, view: View) -> Iterator[_Found]:
        names = self._names or []
        for assignment in view.flow.assignments.made_by(entry):
            write = assignment.write
            if write.by == "engine" or ("any" not in names and write.variable not in names):
                continue
            runs = view.flow.runs(assignment)
            part = (entry.step.element, "") if write.setting is None else (write.setting.element, "text()")
            value = "a masked value" if write.masked else write.value or ""
            yield (
                assignment.position + 1,
                Moment(entry, assignment),
                Tri(runs if write.sure else FALSE, runs),
                value,
                part,
            )

    def _started(self, entry: Entry, view: View) -> Iterator[_Found]:
        tools = self._tools or ()
        if _ADDITIONAL in self._sources:
            yield from self._passed_on(entry, view)
        place = _command_place(entry)
        for number, command in enumerate(view.index.commands(entry), start=1):
            if command.tool in tools and command.source in self._sources:
                yield number, Moment(entry, command=command), YES, command.tool, place

    def _passed_on(self, entry: Entry, view: View) -> Iterator[_Found]:
        """Return the options that a Capture or Restore User State step passes on, one command a value."""
        from tslint.model.command_line import commands

        for tool in self._tools or ():
            passed_on = view.tables.passed_on.get(tool)
            if passed_on is None or entry.step.type.lower() != passed_on["step"]:
                continue
            for number, case in enumerate(effective(entry, passed_on["setting"], view), start=1):
                if case.text is None:
                    continue
                text = spell(case.text)
                unknown = any(isinstance(part, Unknown) for part in case.text)
                is_open = unknown and any(REFERENCE.fullmatch(word) for word in text.split())
                command = commands(f"{tool} {text}", _ADDITIONAL)[0]
                runs = Tri(case.when, case.when)
                yield (
                    number,
                    Moment(entry, command=command, open=is_open),
                    runs,
                    tool,
                    (entry.step.element, ""),
                )


def _missing_children(view: View) -> Iterator[Event]:
    """Return, when holes are looked at, the child sequences not at hand: anything may happen there."""
    for order in sorted(view.flow.holes):
        entry = view.index.entries[order]
        if entry.missing:
            yield Event(entry, 1 << 30, FALSE, view.flow.guard(entry), "", (entry.step.element, ""))


def _command_place(entry: Entry) -> tuple[int, str]:
    step = entry.step
    for key in ("sourcescript", "commandline"):
        if key in step.settings and step.settings[key].value:
            return step.settings[key].element, "text()"
    return (step.action_element, "text()") if step.action else (step.element, "")
