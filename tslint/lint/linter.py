"""The files of one export to documents, to sequences, to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.flow.flow import Flow
from tslint.flow.index import Index
from tslint.language.context import Context
from tslint.language.searches import Searches
from tslint.lint.entry_points import Together, ids_of
from tslint.lint.explanation import place_of
from tslint.lint.finding import Finding, Place, Point
from tslint.lint.identity import fault_identity
from tslint.lint.result import Crash, Missing, Result, Undecided
from tslint.lint.rule_run import CompiledRule
from tslint.logic.effort import MAX_EFFORT, Effort, EffortExceededError
from tslint.model.read import engine_of
from tslint.model.read import read as read_model
from tslint.rules.builtin import automaton
from tslint.rules.rule import LEVELS
from tslint.secrets.in_broken import in_broken
from tslint.secrets.in_sequence import Secrets
from tslint.source.document import Document, Fault
from tslint.source.looked import Looked
from tslint.source.read import boot_image, export_of, with_boot_images
from tslint.source.read import read as read_source
from tslint.source.walk import STDIN, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tslint.catalogue.tables import Tables
    from tslint.flow.timeline import Timeline
    from tslint.model.sequence import TaskSequence
    from tslint.rules.rule import Rule
    from tslint.source.remarks import Remark
    from tslint.source.walk import File

    _Step = tuple[int, int]  # its document and element

# What comments and descriptions begin with that are for tslint.
MARK = "tslint:"

# All task sequences of one file may cost so much more than one. The first that would have less than this part
# of MAX_EFFORT, which a real one may need, is left out, and all after it.
_MORE = 5 / 3
_LEAST_SHARE = 1 / 100
# What each rule may cost before any that needs more may cost more, and what that may cost then: parts of what
# the task sequence may cost. What all of them need may cost so many steps of work for each of its steps.
_SMALL, _LARGE = 50, 4
_GUARD = 200


class Run(NamedTuple):
    """What is asked for, the same for every file. ``read_stdin`` is called for standard input.

    Files that hold no task sequence are findings when they were named, and are passed over when a folder
    brought them up (or with ``skip_unrecognized``). ``effort`` bounds the work for one task sequence.
    ``named`` has the package ids of files that do not tell their own. With ``together`` the files that are
    linted at once are one export, wherever they are from. Where package ids are ``sought``, nothing is
    judged: told is only which of them the files have, and what these call in turn. With ``defer`` that is all
    that is told of an export that calls what it has not: it is to be judged when that is found, or is not.
    ``instead`` holds, by the name of a file, what is to be taken for its content.
    """

    rules: Sequence[Rule]
    tables: Tables
    read_stdin: Callable[[], bytes]
    skip_unrecognized: bool
    effort: int = MAX_EFFORT
    named: Mapping[str, str] = {}
    together: bool = False
    sought: frozenset[str] = frozenset()
    defer: bool = False
    instead: Mapping[str, bytes] = {}


class Linter:
    """All rules of a run, made ready once for every file."""

    def __init__(self, run: Run) -> None:
        self._run, rules = run, run.rules
        self._rules = {rule.id: rule for rule in rules}
        self._compiled = [CompiledRule(rule) for rule in rules if not rule.is_fault]
        self._for_any: set[int] = set()
        self._for_type: dict[str, set[int]] = {}
        for number, compiled in enumerate(self._compiled):
            types = compiled.types
            if types is None:
                self._for_any.add(number)
            for kind in types or ():
                self._for_type.setdefault(kind, set()).add(number)
        self._engines = {engine for rule in rules for engine in rule.engines if not rule.is_fault}
        self._secrets = Secrets(run.tables)  # one for all files: it remembers names

    def on(self, instead: Mapping[str, bytes]) -> Linter:
        """Return the same for files that hold something else, by their names."""
        from copy import copy

        other = copy(self)
        other._run = self._run._replace(instead=instead)  # noqa: SLF001 - it is one of these
        return other

    def lint(self, files: Sequence[File]) -> Result:
        """Lint the files of one export. What fails outside of a rule is told as a crash on each of them."""
        try:
            return self._lint(files)
        except Exception as error:  # noqa: BLE001 - one file must not take the others with it
            return lost(files, _origin(error))

    def _lint(self, files: Sequence[File]) -> Result:
        self._secrets.forget()
        exports, faults, looked = self._read(files)
        if self._run.sought:
            return self._found(exports)
        verdicts = _Verdicts([*self._faults(faults)], [], [], set(), set(), {}, set())
        for fault in faults:
            verdicts.secrets.update(in_broken(fault, self._secrets))
        context = {file.origin.file for file in files if file.context}
        models = [
            [self._model(document) for document in documents]
            for documents in exports.values()
            if any(self._concern(document) for document in documents)
        ]
        every = [document for export in exports.values() for document in export]
        documents = [document for document in every if document.origin.file not in context]
        remarks = tuple(remark for document in documents for remark in _remarks(document))
        for remark in remarks:
            verdicts.secrets.update(self._secrets.in_prose(remark.text))
        for document in every:
            document.forget()
        exported = [Together(sequences, self._run.named, context) for sequences in models]
        if self._run.defer and any(_calls_others(together) for together in exported):
            return _deferred(exported)
        total = room = int(self._run.effort * _MORE) * len(files)
        for together in exported:
            room = self._judge(together, context, verdicts, room)
        return Result(
            findings=tuple(verdicts.findings),
            sequences=len(documents),
            looked=(*looked, *(Looked(name, "context") for name in sorted(verdicts.context))),
            crashes=tuple(verdicts.crashes),
            undecided=tuple(verdicts.undecided),
            names=frozenset(str(document.origin) for document in documents),
            remarks=remarks,
            secrets=frozenset(verdicts.secrets),
            effort=total - room,
            ids=frozenset(verdicts.ids),
            missing=tuple(verdicts.missing[package] for package in sorted(verdicts.missing)),
        )

    def _found(self, exports: Mapping[str, list[Document]]) -> Result:
        """Say which of the package ids that are sought are here, and what those sequences call."""
        sought, ids = self._run.sought, set[str]()
        missing: dict[str, Missing] = {}
        for documents in exports.values():
            here = {id(document): ids_of(document, self._run.named) & sought for document in documents}
            if not any(here.values()):
                continue
            ids.update(*here.values())
            # in an export, what one calls is looked for in all of it
            together = Together([read_model(document) for document in documents], self._run.named)
            for sequence in together.sequences:
                _note_missing(together, sequence, missing)
        return Result((), 0, ids=frozenset(ids), missing=tuple(missing.values()))

    def _read(self, files: Sequence[File]) -> tuple[dict[str, list[Document]], list[Fault], list[Looked]]:
        """Return the documents of each export, what could not be read, and what became of each file."""
        exports: dict[str, list[Document]] = {}
        faults: list[Fault] = []
        looked: list[Looked] = []
        images: dict[str, dict[str, dict[str, str]]] = {}  # of unpacked exports
        for file in files:
            data = self._run.instead.get(str(file.origin)) or content(file, self._run.read_stdin)
            found, recognised = (
                ([data], True)
                if isinstance(data, Fault)
                else read_source(data, file.origin, piped=file.path == STDIN)
            )
            if isinstance(data, bytes):
                images.setdefault(export_of(file.origin), {}).update(boot_image(data, file.origin))
            broken = [one for one in found if isinstance(one, Fault)]
            why = broken[0].message.partition(";")[0] if broken else ""
            name = str(file.origin)
            if file.context:
                broken = []
            elif not recognised and (self._run.skip_unrecognized or not file.named):
                looked.append(Looked(name, "passed over", why))
                continue
            elif len(broken) == len(found):
                looked.append(Looked(name, "unreadable", why))
            else:
                looked.append(Looked(name, "linted"))
            faults += broken
            for one in found:
                if isinstance(one, Document):
                    exports.setdefault("" if self._run.together else one.export, []).append(one)
        for key, documents in exports.items():
            exports[key] = [with_boot_images(one, images.get(one.export, {})) for one in documents]
        return exports, faults, looked

    def _concern(self, document: Document) -> bool:
        """Say whether any rule is for the engine that runs this sequence: no other needs to be looked at."""
        engine = engine_of(document)
        return engine in self._engines

    def _model(self, document: Document) -> TaskSequence:
        """Read a document, without its steps where no rule for its engine asks for any."""
        engine = engine_of(document)
        concerned = (c for c in self._compiled if engine in c.rule.engines)
        return read_model(document, steps=any(c.asks_for_steps(engine) for c in concerned))

    def _faults(self, faults: Iterable[Fault]) -> Iterator[Finding]:
        """Turn what could not be read into findings, for the rules that are chosen."""
        for fault in faults:
            rule = self._rules.get(fault.rule)
            if rule is not None:
                point = Point(fault.origin, fault.line, fault.column, fault.text)
                message = f"{fault.message.rstrip('.')}."
                same = fault_identity(rule.id, fault)
                yield Finding(rule.id, rule.name, rule.level, message, point, identity=same)

    def _judge(self, together: Together, context: set[str], verdicts: _Verdicts, room: int) -> int:
        """Judge the sequences that came in one export; a called child is judged where it is called.

        Nothing is told of those in files that are there for ``context``. Return what is left of ``room``, the
        effort that may be spent on them.
        """
        found: dict[tuple[object, ...], Finding] = {}
        sequences = together.sequences
        reported = [one for one in sequences if one.document.origin.file not in context]
        verdicts.ids.update(together.ids())
        lines = together.lay_out(reported)
        reached = {id(entry.sequence): entry.sequence for line in lines for entry in line.entries}
        for sequence in (reached | {id(one): one for one in reported}).values():
            _note_missing(together, sequence, verdicts.missing)
        for sequence in reached.values():
            verdicts.context.update({sequence.document.origin.file} & context)
        for line in lines:
            total = min(self._run.effort, room)
            if total < self._run.effort * _LEAST_SHARE:
                self._leave_out(line, verdicts)
                continue
            effort = Effort(total)
            for finding in self._sequence(line, verdicts, effort):
                if _file(finding) not in context:
                    _keep(finding, found)
            room -= total - effort.unspent
        verdicts.findings.extend(found.values())
        # of a sequence without findings and remarks nothing is shown
        if found or any(MARK in sequence.document.text for sequence in sequences):
            for sequence in sequences:
                verdicts.secrets.update(self._secrets.in_sequence(sequence))
        return room

    def _leave_out(self, line: Timeline, verdicts: _Verdicts) -> None:
        """Tell that no effort was left for a sequence, and so that no rule came to a verdict on it."""
        verdicts.undecided.extend(_undecided(compiled.rule, line) for compiled in self._meant_for(line))

    def _meant_for(self, line: Timeline) -> Iterator[CompiledRule]:
        """Yield the rules that speak of sequences of this engine and with such steps, in order."""
        types = {entry.step.type.lower() for entry in line.entries}
        wanted = self._for_any.union(*(self._for_type.get(kind, ()) for kind in types))
        for compiled in (self._compiled[number] for number in sorted(wanted)):
            if line.root.engine in compiled.rule.engines:
                yield compiled

    def _sequence(self, line: Timeline, verdicts: _Verdicts, effort: Effort) -> Iterator[Finding]:
        """Judge one task sequence, and tell which rules could not be decided.

        What all rules need is worked out before any of them. Then each has a small share before one that is
        hard has a large one of what is left.
        """
        flow, searches = Flow(line, self._run.tables, effort=effort), Searches(effort.spend, automaton)
        context = Context(flow, Index(line), self._secrets, searches)
        total = effort.unspent
        effort.begin(min(total // _LARGE, _GUARD * len(line.entries)))
        context.flow.prepare()
        found: dict[str, list[Finding]] = {}
        hard: list[CompiledRule] = []
        asked = list(self._meant_for(line))
        for rules, share, later in ((asked, total // _SMALL, hard), (hard, total // _LARGE, [])):
            for compiled in rules:
                effort.begin(share)
                try:
                    found[compiled.rule.id] = list(compiled.findings(context))
                except (EffortExceededError, RecursionError):
                    later.append(compiled)
                except Exception as error:  # noqa: BLE001 - a rule's crash must not take the others with it
                    verdicts.crashes.append(
                        Crash(compiled.rule.id, line.root.document.origin, _origin(error))
                    )
            left = later
        context.let_go()
        verdicts.undecided.extend(_undecided(compiled.rule, line) for compiled in left)
        return self._not_silenced([one for compiled in asked for one in found.get(compiled.rule.id, ())])

    def _not_silenced(self, found: list[Finding]) -> Iterator[Finding]:
        """Leave out what another finding on the same step, or on a step it speaks of, already tells."""
        loud: dict[str, tuple[set[_Step], set[_Step]]] = {}
        for finding in found:
            for rule in self._rules[finding.rule].silences:
                own, about = loud.setdefault(rule, (set(), set()))
                own.add(_step(finding))
                about.update(finding.about)
        for finding in found:
            own, about = loud.get(finding.rule, (set(), set()))
            if _step(finding) not in about and own.isdisjoint(finding.about):
                yield finding


class _Verdicts(NamedTuple):
    """What the rules have found so far in one export, and the secrets that nobody may see.

    With the package ids that there are, what is called in vain, by package id, and the files of the context
    that a sequence is taken from.
    """

    findings: list[Finding]
    crashes: list[Crash]
    undecided: list[Undecided]
    secrets: set[str]
    ids: set[str]
    missing: dict[str, Missing]
    context: set[str]


def _undecided(rule: Rule, line: Timeline) -> Undecided:
    return Undecided(rule.id, str(line.root.document.origin), place_of(line.whole))


def _origin(error: Exception) -> str:
    from tslint.lint.error_origin import origin_of

    return origin_of(error)


def lost(files: Sequence[File], error: str) -> Result:
    """Return the result of an export on which tslint itself failed."""
    crashes = tuple(Crash("", file.origin, error) for file in files)
    looked = tuple(Looked(str(file.origin), "failed", error) for file in files)
    return Result((), 0, looked, crashes)


def undecided(files: Sequence[File], why: str) -> Result:
    """Return the result of an export that was not linted because the run met a bound."""
    return Result((), 0, tuple(Looked(str(file.origin), "undecided", why) for file in files))


def _step(finding: Finding) -> _Step:
    place = finding.place
    return (id(place.document), place.step_element) if isinstance(place, Place) else (0, 0)


def _calls_others(together: Together) -> bool:
    """Say whether task sequences call what is not among them."""
    return any(not call.versions for sequence in together.sequences for call in together.calls(sequence))


def _deferred(exported: Iterable[Together]) -> Result:
    """Return the result of an export that is judged later: what it has, and what it calls in vain."""
    ids, missing = set[str](), dict[str, Missing]()
    for together in exported:
        ids |= together.ids()
        for sequence in together.sequences:
            _note_missing(together, sequence, missing)
    return Result((), 0, ids=frozenset(ids), missing=tuple(missing.values()), is_deferred=True)


def _file(finding: Finding) -> str:
    place = finding.place
    return (place.document.origin if isinstance(place, Place) else place.origin).file


def _note_missing(together: Together, caller: TaskSequence, missing: dict[str, Missing]) -> None:
    """Note what a sequence calls that is not at hand, or in versions that differ; each package once."""
    for call in together.calls(caller):
        if len(call.versions) != 1 and call.package not in missing:
            files = tuple(str(one.document.origin) for one in call.versions)
            missing[call.package] = Missing(call.package, str(caller.document.origin), files)


def _keep(finding: Finding, found: dict[tuple[object, ...], Finding]) -> None:
    """Keep one finding a rule and place: a child that two sequences call is not told of twice."""
    place = finding.place
    key = (
        (finding.rule, id(place.document), place.element, place.attribute)
        if isinstance(place, Place)
        else (finding,)
    )
    before = found.get(key)
    if before is None or LEVELS.index(before.level) < LEVELS.index(finding.level):
        found[key] = finding


def _remarks(document: Document) -> Iterable[Remark]:
    """Return what stands in a task sequence for tslint; most hold nothing."""
    if MARK not in document.text:
        return ()
    from tslint.source.remarks import remarks

    return remarks(document, MARK)
