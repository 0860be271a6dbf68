"""A folder of rule files (or one file) to checked rules that do not contradict one another."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.plain_check import check_plainly
from tslint.data_files.schema_check import check, plain_schema, refuse_all
from tslint.data_files.yaml_file import read_yaml
from tslint.language.form import FORMS
from tslint.rules.named_selectors import NamedSelectors
from tslint.rules.rule_file import RuleFile
from tslint.rules.rule_schema import validator

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from tslint.catalogue.vocabulary import Vocabulary
    from tslint.language.selector import Selector

SELECTORS: Final = "selectors.yaml"
# What an organisation declares of its own: types of step, variables, tools.
CATALOGUE: Final = "catalogue.yaml"
# Beside the built-in rules: ids that no rule can have, because something else was decided about them.
DECISIONS: Final = "decisions.yaml"
# What an own rule may leave out.
_BUILTIN: Final = (
    *("name", "precision", "category", "profile", "summary", "why", "sources", "remedy", "examples"),
)
# The highest numbers of ids: built-in ones have three digits, others five at most.
_BUILTIN_HEAD: Final = "TS"
_MOST_BUILTIN: Final = 999
_MOST_OWN: Final = 99_999
_FIRST_OWN: Final = "ORG-0"  # the number before the first
# An organisation's policy; there are some 250 built-in rules.
MAX_RULE_FILES: Final = 1000
# Bytes of all of them together: several times the catalogue of built-in rules.
MAX_RULE_BYTES: Final = 2 * 1024 * 1024
# Folders in folders. os.walk is recursive in Python 3.11.
MAX_RULE_FOLDERS: Final = 20


def read_selectors(
    path: Path, shown: str, known: Mapping[str, Selector], words: Vocabulary | None = None
) -> NamedSelectors:
    """Read a selectors.yaml beside the ``known`` names; ``words`` may be named. Raises DataFileError."""
    if not path.is_file():
        return NamedSelectors(known, None, words)
    _check_inside(path, path.parent, shown)
    file = read_yaml(path, shown)
    check(file, validator("selectors"))
    selectors = NamedSelectors(known, file, words)
    refuse_all(sorted(selectors.errors, key=lambda error: (error.line, error.column)))
    return selectors


def read_vocabulary(path: Path, shown: str, known: Vocabulary) -> Vocabulary:
    """Return the ``known`` words with those that a catalogue.yaml declares. Raises DataFileError."""
    if not path.is_file():
        return known
    _check_inside(path, path.parent, shown)
    file = read_yaml(path, shown)
    check_plainly(file, plain_schema("catalogue"))
    steps = {kind: about.get("settings", []) for kind, about in file.data.get("steps", {}).items()}
    return known.with_more(steps, file.data.get("variables", []), file.data.get("tools", []))


def in_order(files: Iterable[RuleFile | DataFileError]) -> list[RuleFile]:
    """Return rule files in order of id. Raises the first DataFileError."""
    rules: list[RuleFile] = []
    for each in files:
        if isinstance(each, DataFileError):
            raise each
        rules.append(each)
    return sorted(rules, key=lambda rule: rule.data["id"])


def read_each(
    files: Mapping[Path, str],
    selectors: NamedSelectors,
    taken: Mapping[str, str] | None = None,
    *,
    builtin: bool = False,
) -> Iterator[RuleFile | DataFileError]:
    """Read rule files, given by path and name to show, in order of path: each a rule or what is wrong.

    ``builtin`` asks of them what built-in rules must have. ``taken`` holds ids and names that are in use, and
    by what. Of two files with one id both are wrong: nothing that a clone keeps tells which of them came
    later.
    """
    schema = validator("rule")
    read: dict[Path, RuleFile | DataFileError] = {}
    for path, shown in sorted(files.items()):
        try:
            read[path] = RuleFile(read_yaml(path, shown), schema, selectors)
        except DataFileError as error:
            read[path] = error
    rules = {path: rule for path, rule in read.items() if isinstance(rule, RuleFile)}
    ids = {*(taken or ()), *(rule.rule.id for rule in rules.values())}
    holders: dict[str, list[str]] = {}
    for path, rule in rules.items():
        for word in (rule.rule.id, rule.rule.name):
            holders.setdefault(word, []).append(files[path])
    for path, rule in rules.items():
        wrong = _of_nothing(rule, ids) if builtin else _posed(rule, taken or {}, ids) or _idle(rule, ids)
        wrong = wrong or _clash(rule, taken or {}, holders, ids)
        if builtin and wrong is None:
            wrong = _lack(rule, path.absolute())
        read[path] = wrong or rule
    yield from read.values()


def _lack(rule: RuleFile, path: Path) -> DataFileError | None:
    """Say what a built-in rule lacks: a key, or the name and category that its file's place tells."""
    for key in _BUILTIN:
        if key not in rule.file.data and not (key == "examples" and rule.rule.is_fault):
            return rule.file.error(
                (), f"the rule has no '{key}'", f"add the key '{key}': built-in rules have it"
            )
    for key, what, found in (("name", "file", path.stem), ("category", "folder", path.parent.name)):
        if rule.data[key] != found:
            problem = f"the {key} is '{rule.data[key]}', but the {what} is called '{found}'"
            return rule.file.error((key,), problem, "call both the same")
    return None


def _posed(rule: RuleFile, taken: Mapping[str, str], ids: Collection[str]) -> DataFileError | None:
    """Say that an own rule has an id as built-in ones have: one of a later version may have it too."""
    identity = rule.rule.id
    if identity.rstrip("0123456789").rstrip("-") != _BUILTIN_HEAD:
        return None
    holder = taken.get(identity, "the built-in rules, as all that begin with TS")
    problem = f"the id '{identity}' is taken by {holder}"
    free = f"such as {next_free(_FIRST_OWN, ids)}"
    return rule.file.error(("id",), problem, f"begin it with a name of your own, {free}")


def _idle(rule: RuleFile, ids: Collection[str]) -> DataFileError | None:
    """Say that an own rule has no pattern, which nothing would ever report, or silences no rule there is."""
    if rule.rule.is_fault:
        remedy = f"give it a pattern: one of {', '.join(FORMS)}"
        return rule.file.error(("fault",), "only built-in rules have 'fault'", remedy, at_key=True)
    return _of_nothing(rule, ids)


def _of_nothing(rule: RuleFile, ids: Collection[str]) -> DataFileError | None:
    """Say that a rule silences itself or a built-in rule that there is not. Own ones may be elsewhere."""
    for number, one in enumerate(rule.rule.silences):
        head = one.rstrip("0123456789")
        if one == rule.rule.id or (head == _BUILTIN_HEAD and one not in ids):
            problem = f"'{one}' is this rule itself" if one == rule.rule.id else f"there is no rule {one}"
            return rule.file.error(("silences", number), problem, "name another rule, or take it out")
    return None


def _clash(
    rule: RuleFile, taken: Mapping[str, str], holders: Mapping[str, list[str]], ids: Collection[str]
) -> DataFileError | None:
    """Say what else has the rule's id or name: something in use already, or other files read with it."""
    for key in ("id", "name"):
        value = rule.data[key]
        others = [file for file in holders[value][:2] if file != rule.file.file]
        if value not in taken and not others:
            continue
        if value in taken:
            problem, remedy = f"the {key} '{value}' is taken by {taken[value]}", "give the rule another"
        else:
            problem, remedy = f"{others[0]} has the {key} '{value}' too", "give one of them another"
        free = f"such as {next_free(rule.rule.id, ids)}" if key == "id" else "which no rule has yet"
        return rule.file.error((key,), problem, f"{remedy} {key}, {free}")
    return None


def next_free(identity: str, taken: Collection[str]) -> str:
    """Return the first id after one that is not taken: TS101 -> TS102, ORG-7 -> ORG-8."""
    head = identity.rstrip("0123456789")
    digits = identity[len(head) :]
    numbers = {int(one[len(head) :]) for one in taken if one.startswith(head) and one[len(head) :].isdigit()}
    highest = _MOST_BUILTIN if head == _BUILTIN_HEAD else _MOST_OWN
    upwards = range(int(digits) + 1, highest + 1)
    free = (number for numbers_left in (upwards, range(1, highest + 1)) for number in numbers_left)
    number = next(number for number in free if number not in numbers)
    width = 3 if head == _BUILTIN_HEAD else len(digits) if digits.startswith("0") else 1
    return f"{head}{number:0{width}}"


def rule_files(path: Path, shown: str) -> dict[Path, str]:
    """Find the rule files of a folder (not its selectors.yaml), or take one file. Raises DataFileError."""
    if not path.is_dir():
        if path.name in (SELECTORS, CATALOGUE):
            raise no_rule_file(shown)
        return {path: shown}
    found = {each: f"{shown.rstrip('/')}/{each.relative_to(path).as_posix()}" for each in _walk(path, shown)}
    if not found:
        raise DataFileError(
            shown, 1, 1, "", "the folder holds no rule file", "give a folder with .yaml files"
        )
    if sum(each.stat().st_size for each in found if each.is_file()) > MAX_RULE_BYTES:
        problem = f"the rule files hold more than {MAX_RULE_BYTES // 1024:,} KB together"
        raise DataFileError(shown, 1, 1, "", problem, "give a smaller folder")
    return found


def no_rule_file(shown: str) -> DataFileError:
    """Return what is wrong with a file that stands beside rules and is none."""
    remedy = "give a rule file, or the folder: what stands beside its rules is read with them"
    return DataFileError(shown, 1, 1, "", "this is no rule file", remedy)


def _check_inside(path: Path, folder: Path, shown: str) -> None:
    """Refuse a link that leads out of its folder: errors would quote what is there."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise DataFileError(shown, 1, 1, "", "this link leads out of the folder", "put the file itself there")


def _walk(root: Path, shown: str) -> Iterator[Path]:
    """Yield rule files in a stable order. Hidden folders and links to folders are passed over."""
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if folders and len(Path(folder).relative_to(root).parts) >= MAX_RULE_FOLDERS:
            problem = f"folders lie more than {MAX_RULE_FOLDERS} deep in each other"
            raise DataFileError(shown, 1, 1, "", problem, "give a folder with .yaml files")
        for name in sorted(names):
            if not name.endswith((".yaml", ".yml")) or name in (SELECTORS, CATALOGUE) or name.startswith("."):
                continue
            count += 1
            if count > MAX_RULE_FILES:
                problem = f"the folder holds more than {MAX_RULE_FILES} rule files"
                raise DataFileError(shown, 1, 1, "", problem, "give a smaller folder")
            path = Path(folder, name)
            _check_inside(path, root, f"{shown.rstrip('/')}/{path.relative_to(root).as_posix()}")
            yield path
