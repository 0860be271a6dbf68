"""The one loop: files to documents to sequences to findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.flow.diagram import EffortExceededError
from tslint.flow.flow import Flow
from tslint.flow.index import Index
from tslint.lint.finding import LEVELS, Finding, Place, Point
from tslint.lint.identity import distinct, fault_identity
from tslint.lint.judge import CompiledRule
from tslint.lint.result import Crash, Result, Undecided
from tslint.lint.roots import lay_out
from tslint.lint.view import View
from tslint.model.read import engine_of
from tslint.model.read import read as read_model
from tslint.source.document import Document, Fault
from tslint.source.read import read as read_source
from tslint.source.walk import walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tslint.flow.tables import Tables
    from tslint.flow.timeline import Timeline
    from tslint.model.sequence import TaskSequence
    from tslint.policy.rule import Rule
    from tslint.source.remarks import Remark

# What comments and descriptions begin with that are for tslint.
MARK = "tslint:"


def lint(  # noqa: PLR0913 - each is one thing to ask for, by name
    paths: Sequence[str],
    rules: Sequence[Rule],
    tables: Tables,
    *,
    stdin_name: str = "-",
    read_stdin: Callable[[], bytes] = bytes,
    skip_unrecognized: bool = False,
    progress: Callable[[int, str], None] | None = None,
    excluded: Callable[[str], bool] | None = None,
) -> Result:
    """Lint files, folders, zips and standard input.

    Files that hold no task sequence are findings when they were named, and are passed over when a folder
    brought them up (or with ``skip_unrecognized``). ``progress`` is told each file's number and name,
    ``excluded`` is asked, by name, whether to leave out a file that a folder brought up.
    """
    faults: list[Fault] = []
    exports: dict[str, list[Document]] = {}
    files = passed_over = 0
    for origin, content, named in walk(paths, stdin_name, read_stdin, excluded):
        files += 1
        if progress is not None:
            progress(files, str(origin))
        found, recognised = ([content], True) if isinstance(content, Fault) else read_source(content, origin)
        if not recognised and (skip_unrecognized or not named):
            passed_over += 1
            continue
        for one in found:
            if isinstance(one, Fault):
                faults.append(one)
            else:
                exports.setdefault(one.export, []).append(one)
    judges = _Judges(rules, tables)
    judges.faults(faults)
    for documents in exports.values():
        if any(judges.concern(document) for document in documents):
            judges.export([judges.model(document) for document in documents])
    documents = [document for export in exports.values() for document in export]
    return Result(
        findings=tuple(distinct(judges.findings)),
        files=files,
        sequences=len(documents),
        passed_over=passed_over,
        crashes=tuple(judges.crashes),
        undecided=tuple(judges.undecided),
        names=frozenset(str(document.origin) for document in documents),
        remarks=tuple(remark for document in documents for remark in _remarks(document)),
    )


def _remarks(document: Document) -> Iterable[Remark]:
    """Return what stands in a task sequence for tslint; most hold nothing."""
    if MARK not in document.text:
        return ()
    from tslint.source.remarks import remarks

    return remarks(document, MARK)


class _Judges:
    """All rules of a run, and what they have found so far."""

    def __init__(self, rules: Sequence[Rule], tables: Tables) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._compiled = [CompiledRule(rule) for rule in rules if "fault" not in rule.pattern]
        self._for_any: set[int] = set()
        self._for_type: dict[str, set[int]] = {}
        for number, compiled in enumerate(self._compiled):
            types = compiled.types
            if types is None:
                self._for_any.add(number)
            for kind in types or ():
                self._for_type.setdefault(kind, set()).add(number)
        self._tables = tables
        self.findings: list[Finding] = []
        self.crashes: list[Crash] = []
        self.undecided: list[Undecided] = []

        self._engines = {engine for rule in rules for engine in rule.engines if "fault" not in rule.pattern}

    def concern(self, document: Document) -> bool:
        """Say whether any rule is for the engine that runs this sequence: no other needs to be looked at."""
        engine = engine_of(document)
        return engine in self._engines or "any" in self._engines

    def model(self, document: Document) -> TaskSequence:
        """Read a document, without its steps where no rule for its engine asks for any."""
        engine = engine_of(document)
        concerned = (c for c in self._compiled if "any" in c.rule.engines or engine in c.rule.engines)
        return read_model(document, steps=any(c.asks_for_steps(engine) for c in concerned))

    def faults(self, faults: Iterable[Fault]) -> None:
        """Turn what could not be read into findings, for the rules that are chosen."""
        for fault in faults:
            rule = self._rules.get(fault.rule)
            if rule is not None:
                point = Point(fault.origin, fault.line, fault.column, fault.text)
                message = f"{fault.message.rstrip('.')}."
                same = fault_identity(rule.id, fault)
                self.findings.append(Finding(rule.id, rule.name, rule.level, message, point, identity=same))

    def export(self, sequences: list[TaskSequence]) -> None:
        """Judge the sequences that came in one export; a called child is judged where it is called."""
        found: dict[tuple[object, ...], Finding] = {}
        for line in lay_out(sequences):
            for finding in self._sequence(line):
                _keep(finding, found)
        self.findings += found.values()

    def _sequence(self, line: Timeline) -> list[Finding]:
        view = View(Flow(line, self._tables), Index(line))
        found: list[Finding] = []
        name = str(line.root.document.origin)
        wanted = self._for_any.union(*(self._for_type.get(kind, ()) for kind in view.index.types))
        for compiled in (self._compiled[number] for number in sorted(wanted)):
            rule = compiled.rule
            if "any" not in rule.engines and line.root.engine not in rule.engines:
                continue
            view.flow.effort.begin()
            try:
                found += list(compiled.findings(view))
            except (EffortExceededError, RecursionError):
                self.undecided.append(Undecided(rule.id, name))
            except Exception as error:  # noqa: BLE001 - a rule's crash must not take the others with it
                self.crashes.append(Crash(rule.id, name, _told(error)))
        return list(self._not_silenced(found))

    def _not_silenced(self, found: list[Finding]) -> Iterator[Finding]:
        """Leave out what another finding on the same step, or on a step it speaks of, already tells."""
        for finding in found:
            louder = (one for one in found if finding.rule in self._rules[one.rule].silences)
            if not any(_step(finding) in one.about or _step(one) in finding.about for one in louder):
                yield finding


def _step(finding: Finding) -> tuple[int, int]:
    place = finding.place
    return (id(place.document), place.step_element) if isinstance(place, Place) else (0, 0)


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


def _told(error: Exception) -> str:
    """Name an exception and where in tslint it was raised, without its text: that may quote a secret."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = "" if trace is None else f" at line {trace.tb_lineno} of {trace.tb_frame.f_code.co_name}()"
    return f"{type(error).__name__}{where}"
