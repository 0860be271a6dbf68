"""An organisation's own rules: ``--rules PATH``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tslint.policy.builtin import builtin_rules, builtin_selectors, rules_from
from tslint.policy.rule_folder import SELECTORS, read_rules, read_selectors, rule_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.policy.rule import Rule


def load_rules(path: str) -> tuple[tuple[Rule, ...], Mapping[str, Mapping[str, Any]]]:
    """Load a file or a folder of rule files: the rules in order of id, and their pages by id.

    A selectors.yaml in the folder (or beside the file) adds names to the built-in ones. Raises RuleFileError,
    also for an id or name that a built-in rule has.
    """
    place, shown = Path(path), path.replace("\\", "/")
    folder = place if place.is_dir() else place.parent
    beside = f"{shown.rstrip('/') if place.is_dir() else folder.as_posix()}/{SELECTORS}"
    selectors = read_selectors(folder / SELECTORS, beside, builtin_selectors())
    files = read_rules(rule_files(place, shown), selectors)
    taken = {word: rule.id for rule in builtin_rules() for word in (rule.id, rule.name)}
    for each in files:
        for key in ("id", "name"):
            if each.data[key] in taken:
                problem = f"the {key} '{each.data[key]}' is that of the built-in rule {taken[each.data[key]]}"
                raise each.file.error((key,), problem, f"give the rule another {key}")
    return rules_from(each.rule() for each in files), {each.data["id"]: each.page() for each in files}
