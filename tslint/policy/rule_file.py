"""One rule file, checked beyond its schema, and what it turns into: the data of a Rule and of its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tslint.flow.timeline import MAX_CALLS
from tslint.policy.form import FORM_KEYS, FORMS, SELECTOR_KEYS, Form, form_of
from tslint.policy.regex_syntax import RegexError, parse
from tslint.policy.schema_check import check, nearest, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.protocols import Validator

    from tslint.policy.named_selectors import NamedSelectors
    from tslint.policy.yaml_file import KeyPath, YamlFile

_LEVELS = ("note", "warning", "error")
_ENGINES = {"any": ["configmgr", "lite-touch"]}
# Pages and readers of SARIF show texts as Markdown. In a block of code nothing is obeyed; a block begins and
# ends with a line of its own, so that no other way to write one can shift where it ends.
_CODE = re.compile(r"^```\w*$.*?(?:^```$|\Z)", re.MULTILINE | re.DOTALL)
# HTML, images, links that are not https, and what defines them.
_MARKUP = re.compile(r"<[A-Za-z/!?]|!\[|\]:|\]\((?!https://)|```|~~~")
_PAGE_KEYS = ("level", "why", "sources", "summary", "message", "remedy", "silences", "examples")


# Steps that the examples of one file run, a second's work; those of the largest built-in one run 60.
MAX_STEPS = 5_000


class RuleFile:
    """A rule file that holds a rule. ``data`` is the file's; ``pattern`` has its names replaced."""

    def __init__(self, file: YamlFile, schema: Validator, selectors: NamedSelectors) -> None:
        """Check ``file``. Raises RuleFileError."""
        check(file, schema)
        self.file = file
        self.data: dict[str, Any] = file.data
        self._selectors = selectors
        self.pattern = self._pattern(())
        self._check_patterns()
        self._check_prose()
        self._check_examples()

    def rule(self) -> dict[str, Any]:
        """Give the fields of ``Rule`` as plain data."""
        data = self.data
        engine = data.get("engine", "configmgr")
        return {
            **{key: data[key] for key in ("id", "name")},
            "level": max(_levels(data), key=_LEVELS.index),
            **{key: data[key] for key in ("precision", "category", "profile")},
            "engines": _ENGINES.get(engine, [engine]),
            "summary": data["summary"].strip(),
            "message": data["message"].strip(),
            "remedy": data["remedy"]["console"].strip(),
            "cmdlet": data["remedy"].get("cmdlet", ""),
            "silences": data.get("silences", []),
            "pattern": self.pattern,
        }

    def page(self) -> dict[str, Any]:
        """Give what the rule's page shows besides the fields of ``Rule``, in the author's order."""
        return {key: self.data[key] for key in _PAGE_KEYS if key in self.data}

    def _pattern(self, path: KeyPath) -> dict[str, Any]:
        written: Any = self.data
        for part in path:
            written = written[part]
        form = self._form(written, path)
        self._check_message(written, form, path)
        found = {key: self._part(key, written[key], (*path, key)) for key in written if key in FORM_KEYS}
        if isinstance(written.get("level"), dict | list):
            found["levels"] = written["level"]
        elif path and "level" in written:
            found["level"] = written["level"]
        if path and "message" in written:
            found["message"] = written["message"].strip()
        return found

    def _part(self, key: str, value: Any, path: KeyPath) -> Any:  # noqa: ANN401 - plain data
        resolve = self._selectors.resolve
        if key == "clauses":
            return [self._pattern((*path, index)) for index in range(len(value))]
        if key in SELECTOR_KEYS:
            return resolve(value, self.file, path)
        if key == "agree":
            return {
                side: must if side == "same" else resolve(must, self.file, (*path, side))
                for side, must in value.items()
            }
        if key == "unless":
            return [
                {side: resolve(inner, self.file, (*path, index, side)) for side, inner in excuse.items()}
                for index, excuse in enumerate(value)
            ]
        return value

    def _form(self, written: Mapping[str, Any], path: KeyPath) -> Form:
        """Tell the form, and refuse keys of another form and gaps."""
        form = form_of(written)
        if form is None or (path and form.subject in ("clauses", "fault")):
            forms = ", ".join(
                form.subject for form in FORMS if not path or form.subject not in ("clauses", "fault")
            )
            problem = "the clause has no form" if path else "the rule has no form"
            raise self.file.error(path, problem, f"give exactly one of: {forms}")
        own = {form.subject, *form.required, *form.optional}
        for key in written:
            if key in FORM_KEYS and key not in own:
                problem = f"'{key}' does not belong to the form '{form.subject}'"
                remedy = f"this form takes: {', '.join(sorted(own))}"
                raise self.file.error((*path, key), problem, remedy, at_key=True)
        for key in form.required:
            if key not in written:
                problem = f"the form '{form.subject}' has no '{key}'"
                raise self.file.error((*path, form.subject), problem, f"add the key '{key}'", at_key=True)
        if {"and", "until"} <= written.keys():
            raise self.file.error(
                (*path, "until"), "'and' and 'until' exclude each other", "keep one", at_key=True
            )
        return form

    def _check_message(self, written: Mapping[str, Any], form: Form, path: KeyPath) -> None:
        """Refuse a placeholder that the form cannot fill. A rule's own message serves all its clauses."""
        offers = form.offers
        if form.subject == "between" and "and" not in written:
            offers = tuple(name for name in offers if name != "second")  # nothing need come after the culprit
        if form.subject == "clauses":
            offers = tuple(o for c in written["clauses"] for f in [form_of(c)] if f for o in f.offers)
        for name in re.findall(r"\{([^{}]*)\}?", written.get("message", "")):
            if name not in offers:
                known = sorted(set(offers))
                remedy = nearest(name, known) or f"known are: {', '.join(known) or 'none'}"
                problem = f"the message names '{{{name[:40]}}}', which this rule does not offer"
                raise self.file.error((*path, "message"), problem, remedy)

    def _check_patterns(self) -> None:
        """Refuse a regular expression that is not of the syntax that can be searched for in linear time."""
        found = [
            (path, text) for key in self.data if key in FORM_KEYS for path, text in self._regexes((key,))
        ]
        if found:
            check_regexes(self.file, found)

    def _regexes(self, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
        value: Any = self.data
        for part in path:
            value = value[part]
        return regexes(value, path)

    def _check_prose(self) -> None:
        """Refuse what a reader of Markdown would obey. A cmdlet is shown as code, as are examples."""
        data = self.data
        texts: list[tuple[KeyPath, str]] = [((key,), data[key]) for key in ("summary", "why")]
        texts.append((("remedy", "console"), data["remedy"]["console"]))
        texts += [(("sources", n, "title"), source["title"]) for n, source in enumerate(data["sources"])]
        for kind, examples in data.get("examples", {}).items():
            texts += [(("examples", kind, n, "title"), one["title"]) for n, one in enumerate(examples)]
            texts += [(("examples", kind, n, "at"), str(one.get("at", ""))) for n, one in enumerate(examples)]
        for path, text in texts:
            prose = _CODE.sub("", text)
            found = _MARKUP.search(prose)
            if found:
                problem = f"'{path[-1]}' holds HTML, an image or a link: {shown(prose[found.start() :])}"
                raise self.file.error(path, problem, "write text, and name pages under 'sources'")

    def _check_examples(self) -> None:
        fault = "fault" in self.data
        steps = 0
        for kind, examples in self.data.get("examples", {}).items():
            for index, example in enumerate(examples):
                path = ("examples", kind, index)
                steps += _steps(example.get("sequence", ()), example.get("children", {}))
                if steps > MAX_STEPS:
                    problem = f"the examples run more than {MAX_STEPS:,} steps, called children included"
                    raise self.file.error(path, problem, "write smaller examples")
                wanted = "text" if fault else "sequence"
                if wanted not in example:
                    problem = f"an example of this rule needs '{wanted}'"
                    raise self.file.error(path, problem, f"add the key '{wanted}'")
                if (kind == "silent" or fault) and "at" in example:
                    problem, remedy = "'at' has no use here", "remove it"
                    raise self.file.error((*path, "at"), problem, remedy, at_key=True)
                if kind == "reported" and not fault and "at" not in example:
                    remedy = "add 'at': the name of the step reported"
                    raise self.file.error(path, "the example does not say where", remedy)


def _steps(nodes: Any, children: Mapping[str, Any], calls: tuple[str, ...] = ()) -> int:  # noqa: ANN401
    """Count the steps of an example as it runs, or more than are allowed: calls of calls multiply."""
    count = 0
    for node in nodes:
        count += 1 + _steps(node.get("steps", ()), children, calls)
        child = node.get("child", "")
        if child in children and child not in calls and len(calls) < MAX_CALLS:
            count += _steps(children[child], children, (*calls, child))
        if count > MAX_STEPS:
            break
    return count


def regexes(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:  # noqa: ANN401 - plain data
    """Find the regular expressions in a part of a pattern, with their places."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "matches" and isinstance(inner, str):
                yield (*path, key), inner
            yield from regexes(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from regexes(inner, (*path, index))


def check_regexes(file: YamlFile, found: list[tuple[KeyPath, str]]) -> None:
    """Raise RuleFileError for a regular expression that cannot be used."""
    for path, text in found:
        try:
            parse(text)
        except RegexError as error:
            problem = f"this regular expression cannot be used: {error.problem}"
            raise file.error(path, problem, error.remedy) from None


def _levels(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield every level that a rule can report."""
    level = data["level"]
    if isinstance(level, str):
        yield level
    elif isinstance(level, dict):
        yield from level.values()
    else:
        yield from (entry["level"] for entry in level)
    for clause in data.get("clauses", ()):
        if "level" in clause:
            yield from _levels({"level": clause["level"]})
