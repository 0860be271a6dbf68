"""One rule file, checked beyond its schema, and what it turns into: the data of a Rule and of its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.catalogue.step_notation import step_type
from tslint.commands.command import tool_name
from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.schema_check import check, nearest, quoted, refuse_all, without_faults
from tslint.flow.timeline import MAX_CALLS
from tslint.language.declared import expect_values, members
from tslint.language.edits import DISABLED, ROLES, roles_of
from tslint.language.form import EVERY, FORMS, SOME
from tslint.language.mending import MEND
from tslint.language.pattern import picked_by_role, read_pattern
from tslint.rules.file_reading import FileReading
from tslint.rules.rule import LEVELS, PROFILES, Clause, LevelAt, Levels, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from jsonschema.protocols import Validator

    from tslint.catalogue.step_notation import Node
    from tslint.data_files.plain_data import Plain
    from tslint.data_files.yaml_file import KeyPath, YamlFile
    from tslint.language.edits import Mend
    from tslint.language.form import Form
    from tslint.language.pattern import Pattern
    from tslint.language.reading import Reading
    from tslint.rules.named_selectors import NamedSelectors
    from tslint.rules.page import Example, Page

_ENGINES = {"any": ("configmgr", "lite-touch")}
# What a rule has instead of a form: several patterns, or none because tslint itself reports it.
_CLAUSES, _FAULT = "clauses", "fault"
# The levels in larger profiles than the rule's own.
_LEVEL_IN = "level in"
_VALUE = "value of an example"
# What stands for the keys that a rule cannot do without, where they are faulty and the rest is looked at.
_LEAST = {"id": "ORG-1", "level": "note", "message": "x.", "remedy": "x"}
_FORM_KEYS = frozenset(key.name for form in FORMS.values() for key in form.keys)
# Pages and readers of SARIF show texts as Markdown. In a block of code nothing is obeyed; a block begins and
# ends with a line of its own, so that no other way to write one can shift where it ends.
_CODE = re.compile(r"^```\w*$.*?(?:^```$|\Z)", re.MULTILINE | re.DOTALL)
# HTML, images, links that are not https, and what defines them.
_MARKUP = re.compile(r"<[A-Za-z/!?]|!\[|\]:|\]\((?!https://)|```|~~~")
_PAGE_KEYS = ("level", "why", "sources", "summary", "message", "remedy", "silences", "examples")

# Steps that the examples of one file run, a second's work; those of the largest built-in one run 60.
MAX_EXAMPLE_STEPS = 5_000


class RuleFile:
    """A rule file, checked. ``data`` is the file's, ``rule`` what it says."""

    def __init__(self, file: YamlFile, schema: Validator, selectors: NamedSelectors) -> None:
        """Check ``file``. Raises DataFileError."""
        self.file, self._names = file, selectors
        self._errors: list[DataFileError] = []
        self._of_words: list[DataFileError] = []  # of what stands in the parts that a FileReading reads
        try:
            check(file, schema)
        except DataFileError as error:
            refuse_all(
                [error, *error.more, *self._words_beside_faults(without_faults(file.data, schema, _LEAST))]
            )
        self.data: dict[str, Plain] = _with_defaults(file.data)
        self.rule = self._rule()
        self._check_prose()
        self._check_examples()
        refuse_all(sorted((*self._errors, *self._of_words), key=_where))

    def _words_beside_faults(self, sound: dict[str, Plain]) -> list[DataFileError]:
        """List what is wrong with the words of the part of a rule that its schema has nothing against."""
        if not sound:
            return []
        for one, written in zip(_parts(sound), _parts(self.file.data), strict=False):
            if one.get("mend") != written.get("mend"):  # what is left of a faulty one says what nobody wrote
                one.pop("mend", None)
        self.data = _with_defaults(sound)
        self._rule()
        self._check_examples()
        return sorted(self._of_words, key=_where)

    def _rule(self) -> Rule:
        data = self.data
        engine = data.get("engine", "configmgr")
        if not data["remedy"] and not data["why"]:
            self._wrong(
                (), "the rule has no 'remedy'", "add the key 'remedy', or say under 'why' what is wrong"
            )
        written = data.get(_CLAUSES)
        if written is None:
            clauses = [] if _FAULT in data and self._is_fault() else self._clause(())
        else:
            self._check_message(data, (), self._shared())
            self._refuse_keys(data, (), (_CLAUSES,))
            clauses = [one for index in range(len(written)) for one in self._clause((_CLAUSES, index))]
        self._check_profiles()
        return Rule(
            id=data["id"],
            name=data["name"],
            level=max((one.level for one in _all_levels(data)), key=LEVELS.index),
            precision=data["precision"],
            category=data["category"],
            profile=data["profile"],
            engines=_ENGINES.get(engine, (engine,)),
            summary=data["summary"].strip(),
            message=data["message"].strip(),
            remedy=data["remedy"].get("console", " ".join(data["why"].split())).strip(),
            cmdlet=data["remedy"].get("cmdlet", ""),
            silences=tuple(data.get("silences", ())),
            clauses=tuple(clauses),
            workbench=data["remedy"].get("workbench", "").strip(),
            levels_in=tuple(
                (name, data[_LEVEL_IN][name]) for name in PROFILES if name in data.get(_LEVEL_IN, {})
            ),
        )

    def _check_profiles(self) -> None:
        """Refuse a profile that is no larger than the rule's own, and a rule that is not in its own."""
        own = PROFILES.index(self.data["profile"])
        larger = ", ".join(PROFILES[own + 1 :]) or "none"
        clauses = self.data.get(_CLAUSES, [])
        named: list[KeyPath] = [(_LEVEL_IN, name) for name in self.data.get(_LEVEL_IN, {})]
        named += [(_CLAUSES, n, "profile") for n, clause in enumerate(clauses) if "profile" in clause]
        for path in named:
            name = clauses[path[1]]["profile"] if path[0] == _CLAUSES else path[1]
            if PROFILES.index(name) <= own:
                problem = f"the profile '{name}' is no larger than the rule's own"
                self._wrong(path, problem, f"larger ones are: {larger}", at_key=path[0] == _LEVEL_IN)
        if clauses and all("profile" in clause for clause in clauses):
            remedy = "leave 'profile' out of one clause, or give the rule the smallest of theirs"
            self._wrong((_CLAUSES,), "no clause is in the rule's own profile", remedy, at_key=True)

    def page(self) -> Page:
        """Give what the rule's page shows besides the fields of ``Rule``, in the author's order."""
        shown: Plain = {key: self.data[key] for key in _PAGE_KEYS if key in self.data}
        decide = dict.fromkeys(m.decide for clause in self.rule.clauses for m in clause.mends if m.decide)
        shown |= {"decide": list(decide)} if decide else {}
        page: Page = shown
        return page

    def _wrong(self, path: KeyPath, problem: str, remedy: str, *, at_key: bool = False) -> None:
        self._errors.append(self.file.error(path, problem, remedy, at_key=at_key))

    def _is_fault(self) -> bool:
        self._check_message(self.data, (), ())
        self._refuse_keys(self.data, (), (_FAULT,))
        return True

    def _clause(self, path: KeyPath) -> list[Clause]:
        """Read a rule's pattern, or that of one of its clauses; nothing where what it says makes none."""
        written: Plain = self.data
        for part in path:
            written = written[part]
        form = _form_of(written)
        if form is None:
            problem = "the clause has no form" if path else "the rule has no form"
            known = (*FORMS, *(() if path else (_CLAUSES,)))
            self._wrong(path, problem, f"give exactly one of: {', '.join(known)}")
            return []
        own = tuple(key.name for key in form.keys)
        whole = self._has_its_keys(written, form, path) and self._refuse_keys(written, path, own)
        reading = FileReading(self.file, self._names, self._of_words, path)
        pattern = read_pattern(written, reading) if whole else None
        offers = _offers(form, written, pattern)
        if "message" in written:
            self._check_message(written, path, offers)
        else:
            self._check_shared_message((*path, form.subject), offers)
        self._check_excuses(written, path, offers)
        if pattern is None:
            return []
        levels = tuple(_levels(written.get("level", self.data["level"]), pattern.broken))
        own_mends = path if "mend" in written else ()
        mends = self._mends(own_mends, offers, picked_by_role(pattern, form))
        message = written.get("message", self.data["message"]).strip()
        return [Clause(pattern, message, levels, mends, written.get("profile", self.data["profile"]))]

    def _mends(
        self, path: KeyPath, offers: tuple[str, ...], picked: Mapping[str, frozenset[str]]
    ) -> tuple[Mend, ...]:
        """Read the mends of a rule or clause. A rule's own serve all its clauses that have none."""
        written: Plain = self.data
        for part in path:
            written = written[part]
        if "mend" not in written:
            return ()
        reading = FileReading(self.file, self._names, self._of_words, (*path, "mend"))
        mends = MEND.read(written["mend"], reading.among(picked))
        for mend, (given, place) in zip(mends, reading.each(written["mend"]), strict=True):
            self._check_mend(mend, place, offers)
            for edit, inner in place.at("do").each(dict(members(given)).get("do", [])):
                _expect_words(dict(members(edit)).get("insert", []), inner.at("insert"))
        return mends

    def _check_excuses(self, written: Mapping[str, Plain], path: KeyPath, offers: tuple[str, ...]) -> None:
        """Refuse an excuse that asks about a step that there is not: it would never hold."""
        known = [role for role in ROLES if role in offers]
        for index, excuse in enumerate(written.get("unless", [])):
            for role in excuse:
                if role not in known:
                    problem = f"the excuse asks about '{role}', which this rule does not offer"
                    place = (*path, "unless", index, role)
                    self._wrong(place, problem, f"known are: {', '.join(known)}", at_key=True)

    def _check_mend(self, mend: Mend, place: Reading, offers: tuple[str, ...]) -> None:
        """Refuse a mend that says nothing or two things, or names a step that there is not."""
        if bool(mend.edits) == bool(mend.decide):
            place.refuse("a mend has either 'do' or 'decide'", "say what is to be done, or what to decide")
        found = tuple(find.name for find in mend.finds)
        known = sorted({*(role for role in ROLES if role in offers), DISABLED, *found})
        for role in dict.fromkeys(roles_of(mend)):
            if role not in known:
                remedy = nearest(role, known) or f"known are: {', '.join(known)}"
                place.refuse(f"the mend names '{role}', which this rule does not offer", remedy)

    def _refuse_keys(self, written: Mapping[str, object], path: KeyPath, own: tuple[str, ...]) -> bool:
        """Tell of keys that belong to another form; return whether there are none."""
        wrong = [key for key in written if key in _FORM_KEYS and key not in own]
        for key in wrong:
            problem = f"'{key}' does not belong to the form '{own[0]}'"
            remedy = f"this form takes: {', '.join(sorted(own))}"
            if own == (_CLAUSES,):
                problem, remedy = f"'{key}' stands beside 'clauses'", "move it into one of the clauses"
            self._wrong((*path, key), problem, remedy, at_key=True)
        return not wrong

    def _has_its_keys(self, written: Mapping[str, object], form: Form, path: KeyPath) -> bool:
        """Tell of keys that the form cannot do without, or with; return whether all is well."""
        missing = [key.name for key in form.keys if key.required and key.name not in written]
        for key in missing:
            problem = f"the form '{form.subject}' has no '{key}'"
            self._wrong((*path, form.subject), problem, f"add the key '{key}'", at_key=True)
        both = {"and", "until"} <= written.keys()
        if both:
            self._wrong((*path, "until"), "'and' and 'until' exclude each other", "keep one", at_key=True)
        return not missing and not both

    def _check_message(self, written: Mapping[str, Plain], path: KeyPath, offers: tuple[str, ...]) -> None:
        """Refuse a placeholder that the form cannot fill."""
        for name in _placeholders(written):
            if name not in offers:
                known = sorted(set(offers))
                remedy = nearest(name, known) or f"known are: {', '.join(known) or 'none'}"
                problem = f"the message names '{{{name[:40]}}}', which this rule does not offer"
                self._wrong((*path, "message"), problem, remedy)

    def _shared(self) -> tuple[str, ...]:
        """Return the placeholders that a clause or another can fill in a message of the rule."""
        forms = (_form_of(clause) for clause in self.data[_CLAUSES])
        return tuple(name for form in forms if form for name in form.offers)

    def _check_shared_message(self, place: KeyPath, offers: tuple[str, ...]) -> None:
        """Refuse a placeholder in the rule's message that only other clauses can fill."""
        for name in _placeholders(self.data):
            if name not in offers and name in self._shared():
                problem = f"the rule's message names '{{{name}}}', which this clause does not offer"
                self._wrong(place, problem, "give the clause a message of its own", at_key=True)

    def _check_prose(self) -> None:
        """Refuse what a reader of Markdown would obey. A cmdlet is shown as code, as are examples."""
        data = self.data
        # the place is where the text was written: that of a message is the summary too where there is none
        summary = "summary" if "summary" in self.file.data else "message"
        console = ("remedy",) if isinstance(self.file.data.get("remedy"), str) else ("remedy", "console")
        texts: list[tuple[KeyPath, str]] = [((summary,), data["summary"]), (("why",), data["why"])]
        texts.append((console, data["remedy"].get("console", "")))
        texts += [(("sources", n, "title"), source["title"]) for n, source in enumerate(data["sources"])]
        for kind, examples in data.get("examples", {}).items():
            texts += [(("examples", kind, n, "title"), one["title"]) for n, one in enumerate(examples)]
            texts += [(("examples", kind, n, "at"), str(one.get("at", ""))) for n, one in enumerate(examples)]
        for path, text in texts:
            prose = _CODE.sub("", text)
            found = _MARKUP.search(prose)
            if found:
                problem = f"'{path[-1]}' holds HTML, an image or a link: {quoted(prose[found.start() :])}"
                self._wrong(path, problem, "write text, and name pages under 'sources'")

    def _check_examples(self) -> None:
        fault = "fault" in self.data
        steps = 0
        for kind, examples in self.data.get("examples", {}).items():
            for index, example in enumerate(examples):
                path = ("examples", kind, index)
                steps += _steps(example.get("sequence", ()), example.get("children", {}))
                if steps > MAX_EXAMPLE_STEPS:
                    problem = (
                        f"the examples run more than {MAX_EXAMPLE_STEPS:,} steps, called children included"
                    )
                    self._wrong(path, problem, "write smaller examples")
                    return
                if fault and "text" not in example:
                    self._wrong(path, "an example of this rule needs 'text'", "add the key 'text'")
                self._check_words(example, path)
                if (kind == "silent" or fault) and "at" in example:
                    problem, remedy = "'at' has no use here", "remove it"
                    self._wrong((*path, "at"), problem, remedy, at_key=True)
                if kind == "reported" and not fault and "at" not in example:
                    remedy = "add 'at': the name of the step reported"
                    self._wrong(path, "the example does not say where", remedy)

    def _check_words(self, example: Example, path: KeyPath) -> None:
        """Tell of types of step, settings, values and variables of an example that nothing documents."""
        reading = FileReading(self.file, self._names, self._of_words, path)
        misspelt = example.get("misspelt", False)
        _expect_words(example.get("sequence", ()), reading.at("sequence"), misspelt=misspelt)
        properties = [("package",), *(("packages", one) for one in example.get("packages", {}))]
        for place in properties if not misspelt else ():
            inner = reading
            given: Plain = example
            for part in place:
                inner, given = inner.at(part), given.get(part, {})
            for name in given:
                inner.at(name).expect("property", name, at_key=True)
        for package, steps in example.get("children", {}).items():
            _expect_words(steps, reading.at("children").at(package), misspelt=misspelt)


def _expect_words(nodes: object, reading: Reading, *, misspelt: bool = False) -> None:
    for node, place in reading.each(nodes):
        if not isinstance(node, dict):
            continue
        if "step" in node:
            place.at("step").expect("step", node["step"])
        if "set" in node and not misspelt:
            place.at("set").expect("variable", node["set"])
        kind = step_type(node).lower()
        for key in node:
            if key[0].isupper() and kind:
                place.at(key).expect("setting", key, (kind,), at_key=True)
        _expect_values({} if misspelt else node, place)
        _expect_words(node.get("steps", []), place.at("steps"), misspelt=misspelt)


def _expect_values(node: Node, place: Reading) -> None:
    """Tell of what looks misspelt: values of settings and variables, variables, operators, a program."""
    for key, value in node.items():
        if key[0].isupper() or key in ("runIn", "to", "restart"):
            what = {"to": str(node.get("set", "")), "restart": "Target"}.get(key, key)
            expect_values(value, place.at(key), what, _VALUE)
    for word in str(node.get("run", "")).split()[:1]:
        place.at("run").expect("tool", tool_name(word))
    _expect_tests(node.get("when"), place.at("when"))
    for rule, inner in place.at("dynamic").each(node.get("dynamic", [])):
        given = dict(members(rule))
        _expect_tests(given.get("when"), inner.at("when"))
        for name, value in members(given.get("set", {})):
            inner.at("set").at(name).expect("variable", name, at_key=True)
            expect_values(value, inner.at("set").at(name), name, _VALUE)


def _expect_tests(when: object, place: Reading) -> None:
    """Tell of variables, operators and values in a condition that look misspelt."""
    if isinstance(when, str):
        variable, operator, *value = when.split(None, 2)
        place.expect("variable", variable)
        place.expect(_VALUE, operator, ("test operator",))
        place.expect(_VALUE, "".join(value), (variable.lower(),))
        return
    for one, inner in place.each(when):
        if isinstance(one, dict):
            for key in ("all", "any", "not"):
                _expect_tests(one.get(key), inner.at(key))
        elif isinstance(one, str):
            _expect_tests(one, inner)


def _steps(nodes: Iterable[Node], children: Mapping[str, Iterable[Node]], calls: tuple[str, ...] = ()) -> int:
    """Count the steps of an example as it runs, or more than are allowed: calls of calls multiply."""
    count = 0
    for node in nodes:
        count += 1 + _steps(node.get("steps", ()), children, calls)
        child = node.get("child", "")
        if child in children and child not in calls and len(calls) < MAX_CALLS:
            count += _steps(children[child], children, (*calls, child))
        if count > MAX_EXAMPLE_STEPS:
            break
    return count


def _with_defaults(data: dict[str, Plain]) -> dict[str, Plain]:
    """Return what a rule file says, and what holds where it says nothing."""
    general = re.sub(r"'?\{\w*\}'?", "a step", data["message"]).strip()
    remedy = data.get("remedy", {})
    return {
        "name": data["id"].lower(),
        "precision": "high",
        "category": "own",
        "profile": "recommended",
        "summary": general[:1].upper() + general[1:],
        "why": "",
        "sources": [],
        **data,
        "remedy": {"console": remedy} if isinstance(remedy, str) else remedy,
    }


def _parts(data: Plain) -> list[dict[str, Plain]]:
    """List the rule and its clauses."""
    if not isinstance(data, dict):
        return []
    clauses = data.get(_CLAUSES)
    return [data, *(one for one in (clauses if isinstance(clauses, list) else []) if isinstance(one, dict))]


def _where(error: DataFileError) -> tuple[int, int]:
    return error.line, error.column


def _form_of(written: Mapping[str, object]) -> Form | None:
    """Tell the form of a rule or clause, None when it has no subject."""
    return next((form for subject, form in FORMS.items() if subject in written), None)


def _placeholders(written: Mapping[str, Plain]) -> list[str]:
    return re.findall(r"\{([^{}]*)\}?", written.get("message", ""))


def _offers(form: Form, written: Mapping[str, object], pattern: Pattern | None) -> tuple[str, ...]:
    """Return the placeholders that a form fills, without those of steps that this pattern has none of."""
    none = set()
    if form.subject == "between" and "and" not in written:  # nothing need come after the culprit
        none.add("second")
    if pattern is not None and not pattern.form.subject.asks_session:
        none.add("opener")
    return tuple(name for name in form.offers if name not in none)


def _levels(level: object, broken: str) -> Iterator[Levels]:
    """Read a level: a word, a list by value, or a map by the paths that are broken."""
    if isinstance(level, dict):
        for paths in (EVERY, SOME):
            yield from _levels(level[paths], paths)
    elif isinstance(level, list):
        yield Levels(broken, tuple(LevelAt(one["level"], one.get("over"), one.get("under")) for one in level))
    else:
        yield Levels(broken, (LevelAt(LEVELS[LEVELS.index(str(level))]),))


def _all_levels(data: Mapping[str, Plain]) -> Iterator[LevelAt]:
    """Yield every level that a rule can report."""
    for one in (data, *data.get(_CLAUSES, ())):
        if "level" in one:
            yield from (level for levels in _levels(one["level"], SOME) for level in levels.by_value)
