"""An organisation's own rules: ``--rules PATH``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tslint.policy.builtin import builtin_rules, builtin_selectors
from tslint.policy.rule_folder import SELECTORS, in_order, read_each, read_selectors, rule_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.policy.rule import Rule
    from tslint.policy.rule_file import RuleFile
    from tslint.policy.rule_file_error import RuleFileError


def load_rules(path: str) -> tuple[tuple[Rule, ...], Mapping[str, Mapping[str, Any]]]:
    """Load a file or a folder of rule files: the rules in order of id, and their pages by id.

    Raises the first RuleFileError.
    """
    files = in_order(read_own(path))
    return tuple(each.rule for each in files), {each.data["id"]: each.page() for each in files}


def read_own(path: str) -> list[RuleFile | RuleFileError]:
    """Read a file or a folder of rule files in order of path: each a rule or what is wrong with it.

    A selectors.yaml in the folder (or beside the file) adds names to the built-in ones. An id or name that a
    built-in rule has is wrong. Raises RuleFileError where there is no rule file, or the selectors are wrong.
    """
    place, shown = Path(path), path.replace("\\", "/")
    folder = place if place.is_dir() else place.parent
    beside = f"{shown.rstrip('/') if place.is_dir() else folder.as_posix()}/{SELECTORS}"
    selectors = read_selectors(folder / SELECTORS, beside, builtin_selectors())
    taken = {
        word: f"the built-in rule {rule.id}" for rule in builtin_rules() for word in (rule.id, rule.name)
    }
    return list(read_each(rule_files(place, shown), selectors, taken))
