"""Text as a rule, a pattern, selectors.yaml and .tslint.yaml: refused with a place, or good to use."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fuzz.properties import RULES, TABLES, check_result
from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.yaml_file import read_yaml
from tslint.lint.examples import lint_example, mismatches
from tslint.rules.builtin import builtin_selectors
from tslint.rules.file_reading import MAX_ALTERNATIVES
from tslint.rules.named_selectors import NamedSelectors
from tslint.rules.page import markdown
from tslint.rules.rule_file import RuleFile
from tslint.rules.rule_folder import read_selectors
from tslint.rules.rule_schema import validator
from tslint.suppress.configuration import Configuration

if TYPE_CHECKING:
    from collections.abc import Callable

    from tslint.rules.page import Example

_SCHEMA = validator("rule")
_KNOWN = builtin_selectors()
_SELECTORS = NamedSelectors(_KNOWN)
_TAKEN = {word for rule in RULES for word in (rule.id, rule.name)}
_FOLDER = tempfile.TemporaryDirectory(prefix="tslint-fuzz-")
_FILE = Path(_FOLDER.name, "fuzzed.yaml")
# What makes a rule file of a pattern.
_FRAME = """\
id: ORG-1
name: own
level: warning
precision: high
category: policy
profile: recommended
engine: any
summary: A rule.
why: Because.
sources: [{title: Policy, url: https://example.org/policy}]
message: "'{name}' is wrong."
remedy: {console: Mend it.}
examples:
  reported: [{title: One, at: Restart Computer, sequence: [{restart: HD}]}]
  silent: [{title: None, sequence: [{run: cmd}]}]
"""
# A sequence with a step, a condition, a command and a state store: something for most rules to look at.
_EXAMPLE: Example = {
    "title": "Fuzzing",
    "sequence": [
        {"group": "G", "when": "A equals x", "steps": [{"run": "cmd /c tool.exe /a", "name": "Run"}]},
        {"step": "RequestStateStore", "RequestType": "capture"},
        {"set": "A", "to": "%B%"},
        {"restart": "HD"},
    ],
}


def one_input(data: bytes) -> None:
    """Only DataFileError is raised, at a place in the file; a rule that is accepted never crashes."""
    _FILE.write_bytes(data)
    _read(_as_selectors, data)
    _read(_as_configuration, data)
    _read(_as_rule, data)
    if b"\nid:" not in b"\n" + data:
        framed = _FRAME.encode() + data
        _FILE.write_bytes(framed)
        _read(_as_rule, framed)


def _read(reader: Callable[[], None], data: bytes) -> None:
    try:
        reader()
    except DataFileError as error:
        _check_error(error, data)


def _as_rule() -> None:
    file = RuleFile(read_yaml(_FILE, _FILE.name), _SCHEMA, _SELECTORS)
    rule = file.rule
    if _TAKEN & {rule.id, rule.name}:  # refused by read_each, which is too slow to be called here
        return
    page = file.page()
    markdown(rule, page)
    check_result(lint_example(_EXAMPLE, [rule], TABLES), [rule], {rule.id: page})
    for mismatch in mismatches(rule, file.data.get("examples", {}), [rule], TABLES):
        assert "a fault of tslint" not in mismatch.found, mismatch


def _as_selectors() -> None:
    for selector in read_selectors(_FILE, _FILE.name, _KNOWN).resolved.values():
        assert 0 < selector.size <= MAX_ALTERNATIVES


def _as_configuration() -> None:
    configuration = Configuration(str(_FILE))
    for name in ("a/b.xml", "../x.zip", "C:\\x.xml"):
        configuration.excluded(name)
    for ignore in configuration.ignores:
        for fits in (ignore.file, ignore.step):
            if fits is not None:
                fits("Group/Step")
    configuration.check_words(RULES)


def _check_error(error: DataFileError, data: bytes) -> None:
    lines = data.decode("utf-8", "replace").splitlines()
    assert 1 <= error.line <= len(lines) + 1, error
    assert error.column >= 1, error
    assert error.problem, error
    assert error.remedy, error
