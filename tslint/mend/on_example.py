"""A rule's mend, shown on the first of its examples that it can mend: for the page of the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.lint.examples import lint_example
from tslint.mend.cannot import CannotMendError
from tslint.mend.in_powershell import InPowerShell
from tslint.mend.in_words import in_words
from tslint.mend.repair import Repairs
from tslint.rules.mends import mends_of
from tslint.rules.page import Mended

if TYPE_CHECKING:
    from tslint.catalogue.tables import Tables
    from tslint.mend.repair import Repair
    from tslint.rules.page import Page
    from tslint.rules.rule import Rule


def mended_example(rule: Rule, page: Page, tables: Tables) -> Mended | None:
    """Return what a mend does to an example of its rule, None where no example can be mended."""
    if not any(mend.edits for mends in mends_of(rule) for mend in mends):
        return None
    for example in page.get("examples", {}).get("reported", ()):
        for finding in lint_example(example, [rule], tables).findings:
            for repair in Repairs(tables).of(finding):
                return Mended(
                    example["title"], in_words(repair.changes, repair.opened), _command(repair), repair.safe
                )
    return None


def _command(repair: Repair) -> str:
    try:
        return "\n".join(InPowerShell(repair.opened, "$TaskSequenceName").statements(repair.changes))
    except CannotMendError:
        return ""
