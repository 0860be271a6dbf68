"""The facts of the rule language: each asks one thing about a moment, and answers per path."""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Any

from tslint.flow.diagram import FALSE, TRUE
from tslint.flow.flow import IN_WINPE, SESSION, Case
from tslint.flow.settings import action_agrees, base_value, variable_of
from tslint.flow.text import Text, Unknown, literal
from tslint.flow.timeline import tests_of
from tslint.lint.matcher import Subject, decide, known
from tslint.lint.view import NO, PERHAPS, YES, Moment, Tri, View
from tslint.model import command as command_of
from tslint.model.commands import uncommented_script

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.flow.timeline import Entry


def certain(answer: bool | None) -> Tri:
    """Turn an answer that is the same on all paths into one per path."""
    return YES if answer else Tri(FALSE, FALSE if answer is False else TRUE)


def _decide(matcher: Any, text: str | None, view: View) -> bool | None:  # noqa: ANN401
    return decide(matcher, known(text, view.tables, view.searches))


def per_case(matcher: Any, cases: tuple[Case, ...], entry: Entry, view: View) -> Tri:  # noqa: ANN401
    """Decide a matcher on each case of a value."""
    must = may = FALSE
    either = view.flow.diagram.either
    for case in cases:
        ask, drives = partial(view.knows, entry, case), partial(view.network_drives, entry)
        answer = decide(matcher, Subject(case.text, view.tables, view.searches, ask, drives))
        must = either(must, case.when) if answer else must
        may = either(may, case.when) if answer is not False else may
    return Tri(must, may)


def effective(entry: Entry, key: str, view: View) -> tuple[Case, ...]:
    """Return a setting when its step runs: what a variable of the sequence says, else what the file says."""
    flow = view.flow
    base = base_value(entry.step, key, view.tables)
    given = (Case(TRUE, None),) if base is None else flow.substitute(base, entry.order)
    name = variable_of(entry.step, key, view.tables)
    if name is None or not view.speaks_of(name):
        return given
    cases: list[Case] = []
    for case in flow.value(name, entry.order, named=True):
        outside = case.text == (Unknown(name, -1),)
        if outside and not view.knows(entry, case, "exists", ""):
            both = flow.diagram.both
            cases += [Case(when, g.text) for g in given if (when := both(case.when, g.when)) != FALSE]
        else:
            cases.append(case)
    return tuple(cases)


def setting(key: str) -> Callable[[Any, Moment, View], Tri]:
    """Return the fact of a capitalised key: the effective setting."""

    def fact(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
        return per_case(matcher, effective(moment.entry, key, view), moment.entry, view)

    return fact


def same_setting(keys: str | list[str], first: Entry, second: Entry, view: View) -> Tri:
    """Whether a setting of one step and one of another have the same value; lists may differ in order."""
    names = [keys, keys] if isinstance(keys, str) else keys
    both, either = view.flow.diagram.both, view.flow.diagram.either
    must = may = FALSE
    for one in effective(first, names[0], view):
        for other in effective(second, names[1], view):
            when = both(one.when, other.when)
            if one.text == other.text or _words(one.text) == _words(other.text) is not None:
                must, may = either(must, when), either(may, when)
            elif _words(one.text) is None or _words(other.text) is None:
                may = either(may, when)
    return Tri(must, may)


def _words(text: Text | None) -> frozenset[str] | None:
    """Return the items of a comma-separated list, None when a part of it is not known."""
    whole = "" if text is None else literal(text)
    return None if whole is None else frozenset(item.strip().lower() for item in whole.split(","))


def _step(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    return certain(_decide(matcher, moment.entry.step.type, view))


def _attribute(name: str, default: str | None = None) -> Callable[[Any, Moment, View], Tri]:
    def fact(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
        return certain(_decide(matcher, moment.entry.step.attributes.get(name, default), view))

    return fact


def _runs_in(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    where = view.tables.steps.get(moment.entry.step.type, {}).get("runs in", "any")
    return certain(_decide(matcher, where, view))


def _action(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    return certain(_decide(matcher, moment.entry.step.action, view))


def _action_agrees(wanted: bool, moment: Moment, view: View) -> Tri:
    return certain(action_agrees(moment.entry.step, view.tables) == wanted)


def _swallowed(wanted: bool, moment: Moment, view: View) -> Tri:
    """Whether the step goes on after an error, or a group around it does that ends right after it."""
    entry, entries = moment.entry, view.index.entries
    following = entries[entry.order + 1].scope if entry.order + 1 < len(entries) else None
    around = set()
    while following is not None:
        around.add(id(following))
        following = following.parent
    scope, ends = entry.scope, entry.step.continue_on_error
    while scope is not None and id(scope) not in around:
        ends = ends or scope.swallows
        scope = scope.parent
    return certain(ends == wanted)


def _last(wanted: bool, moment: Moment, view: View) -> Tri:
    return certain((moment.entry.order == len(view.index.entries) - 1) == wanted)


def _listed(keys: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    """Whether package ids are in the list of references; only a console export is sure to have it whole."""
    sequence = moment.entry.sequence
    if sequence.references is None or sequence.document.form != "console":
        return PERHAPS
    ids = [package.lower() for package in sequence.references]
    wanted = keys if isinstance(keys, list) else [keys]
    found = (per_case([*ids, ""], effective(moment.entry, key, view), moment.entry, view) for key in wanted)
    return reduce(view.both, found, YES)


def _package(properties: dict[str, Any], _moment: Moment, view: View) -> Tri:
    package = view.flow.timeline.root.document.package
    answers = (_decide(m, package[k], view) if k in package else None for k, m in properties.items())
    return reduce(view.both, (certain(answer) for answer in answers), YES)


def _group(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    names = moment.entry.path.removesuffix(moment.entry.step.name).split("/")[:-1]
    return certain(any(_decide(matcher, name, view) for name in names))


def _written(settings: dict[str, Any], moment: Moment, view: View) -> Tri:
    answers = (_decide(m, moment.entry.step.written(key), view) for key, m in settings.items())
    return reduce(view.both, (certain(answer) for answer in answers), YES)


def _session(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    return per_case(matcher, view.flow.value(SESSION, moment.entry.order), moment.entry, view)


def _phase(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    wanted = matcher if isinstance(matcher, list) else [matcher]
    words = ["true" if word == "winpe" else "false" for word in wanted]
    return per_case(words, view.flow.value(IN_WINPE, moment.entry.order), moment.entry, view)


def _value(variables: dict[str, Any], moment: Moment, view: View) -> Tri:
    entry = moment.entry
    found = (
        per_case(m, view.flow.value(n, entry.order, named=True), entry, view) for n, m in variables.items()
    )
    return reduce(view.both, found, YES)


def _to(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    assignment = moment.assignment
    if assignment is None:
        return NO
    write, entry = assignment.write, moment.entry
    if write.value is None or not write.sure:
        return Tri(FALSE, TRUE)
    cases = view.flow.substitute(write.value, entry.order, assignment.position)
    return per_case(matcher, cases, entry, view)


def _masked(wanted: bool, moment: Moment, _view: View) -> Tri:
    return certain(moment.assignment is not None and moment.assignment.write.masked == wanted)


def _by(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    return certain(moment.assignment is not None and _decide(matcher, moment.assignment.write.by, view))


def _has(options: Any, moment: Moment, _view: View) -> Tri:  # noqa: ANN401
    command, wanted = moment.command, options if isinstance(options, list) else [options]
    if command is not None and any(command_of.has(command, str(option)) for option in wanted):
        return YES
    return PERHAPS if moment.open else NO


def _lacks(options: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    return view.negate(_has(options, moment, view)) if moment.command is not None else NO


def _value_of(options: dict[str, Any], moment: Moment, view: View) -> Tri:
    command = moment.command
    if command is None:
        return NO
    found = all(
        any(_decide(matcher, value, view) for value in command_of.value_of(command, option))
        for option, matcher in options.items()
    )
    return YES if found else PERHAPS if moment.open else NO


def _line(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    return certain(moment.command is not None and _decide(matcher, moment.command.line, view))


def _argument(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    if moment.command is None:
        return NO
    found = any(_decide(matcher, word, view) for word in moment.command.arguments)
    return YES if found else PERHAPS if moment.open else NO


def _script(matcher: Any, moment: Moment, view: View) -> Tri:  # noqa: ANN401
    text = uncommented_script(moment.entry.step) or "\n".join(
        c.line for c in view.index.commands(moment.entry)
    )
    return certain(_decide(matcher, text, view))


def _guard(wanted: dict[str, Any], moment: Moment, _view: View) -> Tri:
    names = {str(name).lower() for name in wanted.get("reads", ())}
    return certain(any(test.variable.lower() in names for test in tests_of(moment.entry.scope)))


FACTS: dict[str, Callable[[Any, Moment, View], Tri]] = {
    "step": _step,
    "name": _attribute("name", ""),
    "description": _attribute("description", ""),
    "runIn": _attribute("runIn"),
    "timeout": _attribute("timeout"),
    "retryCount": _attribute("retryCount"),
    "successCodeList": _attribute("successCodeList"),
    "continueOnError": _attribute("continueOnError", "false"),
    "group": _group,
    "runs in": _runs_in,
    "action": _action,
    "action agrees": _action_agrees,
    "swallowed": _swallowed,
    "last": _last,
    "listed": _listed,
    "package": _package,
    "written": _written,
    "session": _session,
    "phase": _phase,
    "value": _value,
    "to": _to,
    "masked": _masked,
    "by": _by,
    "has": _has,
    "lacks": _lacks,
    "value of": _value_of,
    "line": _line,
    "argument": _argument,
    "script": _script,
    "guard": _guard,
}
