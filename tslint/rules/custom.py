"""An organisation's own rules: ``--rules PATH``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tslint.catalogue.table_files import TABLES, catalogue_words
from tslint.data_files.yaml_file import read_yaml
from tslint.rules.builtin import builtin_rules, builtin_selectors, builtin_vocabulary
from tslint.rules.rule_folder import (
    CATALOGUE,
    DECISIONS,
    SELECTORS,
    in_order,
    no_rule_file,
    read_each,
    read_selectors,
    read_vocabulary,
    rule_files,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tslint.data_files.data_file_error import DataFileError
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule
    from tslint.rules.rule_file import RuleFile


def load_rules(path: str) -> tuple[tuple[Rule, ...], Mapping[str, Page]]:
    """Load a file or a folder of rule files: the rules in order of id, and their pages by id.

    Raises the first DataFileError.
    """
    files = in_order(read_custom(path))
    return tuple(each.rule for each in files), {each.data["id"]: each.page() for each in files}


def read_custom(path: str) -> list[RuleFile | DataFileError]:
    """Read a file or a folder of rule files in order of path: each a rule or what is wrong with it.

    A selectors.yaml in the folder (or beside the file) adds names to the built-in ones, a catalogue.yaml
    words that rules may name. An id or name that a built-in rule has is wrong. Raises DataFileError where
    there is no rule file, or what stands beside them is wrong.
    """
    return _read(path, builtin_rules())


def read_any(path: str) -> list[RuleFile | DataFileError]:
    """Read rule files as read_custom does, the built-in rules' own (``rules/CATEGORY/NAME.yaml``) too."""
    if _is_builtin(Path(path)):
        return _read_builtin(path)
    if Path(path).is_file() and _is_builtin(Path(path).absolute().parent):
        raise no_rule_file(path)
    builtin = _builtin_folder(path) is not None
    files = {(each.absolute().parent.name, each.stem) for each in rule_files(Path(path), path)}
    others = [one for one in builtin_rules() if (one.category, one.name) not in files]
    return _read(path, others, _decisions(path), builtin=builtin)


def decided(path: str) -> tuple[str, ...]:
    """Return the ids that no rule can have any more, where a file or folder is of the built-in rules."""
    folder = _builtin_folder(path)
    return () if folder is None else tuple(read_yaml(folder / DECISIONS, f"rules/{DECISIONS}", {}).data)


def _decisions(path: str) -> Mapping[str, str]:
    return dict.fromkeys(decided(path), f"a decision in {DECISIONS}")


def _builtin_folder(path: str) -> Path | None:
    """Return the folder of the built-in rules where a file or folder is of them."""
    place = Path(path).absolute()
    return next((folder for folder in (place, *place.parents[:2]) if _is_builtin(folder)), None)


def _is_builtin(folder: Path) -> bool:
    """Say whether a folder is that of the built-in rules: the tables stand in it."""
    return all((folder / f"{table}.yaml").is_file() for table in TABLES)


def _read_builtin(path: str) -> list[RuleFile | DataFileError]:
    """Read the folder of all built-in rules, with the tables and selectors that stand in it."""
    place, shown = Path(path), path.replace("\\", "/").rstrip("/")
    words = catalogue_words(place)
    selectors = read_selectors(place / SELECTORS, f"{shown}/{SELECTORS}", {}, words)
    files = {each: f"{shown}/{each.parent.name}/{each.name}" for each in place.glob("*/*.yaml")}
    return list(read_each(files, selectors, _decisions(path), builtin=True))


def _read(
    path: str,
    others: Iterable[Rule],
    decisions: Mapping[str, str] | None = None,
    *,
    builtin: bool = False,
) -> list[RuleFile | DataFileError]:
    place, shown = Path(path), path.replace("\\", "/")
    folder = place if place.is_dir() else place.parent
    beside = shown.rstrip("/") if place.is_dir() else folder.as_posix()
    files = rule_files(place, shown)
    words = read_vocabulary(folder / CATALOGUE, f"{beside}/{CATALOGUE}", builtin_vocabulary())
    selectors = read_selectors(folder / SELECTORS, f"{beside}/{SELECTORS}", builtin_selectors(), words)
    taken = {word: f"the built-in rule {rule.id}" for rule in others for word in (rule.id, rule.name)}
    taken |= decisions or {}
    return list(read_each(files, selectors, taken, builtin=builtin))
