"""The table of cmdlets that renderings are held against: ``python -m tools.cmdlets REFERENCE.json``.

REFERENCE.json holds what the reference of the ConfigurationManager module says of its cmdlets
(https://learn.microsoft.com/powershell/module/configurationmanager/): for each, by name, ``sets``, which
gives for each parameter set the parameters as ``Name:Type`` with ``*`` behind what is mandatory, and
``accepted``, which gives the values of a parameter. Of it goes into tests/mend/cmdlets.json what tslint can
write: the cmdlets of the nouns in rules/console.yaml, and those named here. The parameter sets that take a
task sequence by its name are enough.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from tslint.catalogue.console_file import read_console
from tslint.rules.compile import CHECKOUT

TABLE: Final = CHECKOUT / "tests" / "mend" / "cmdlets.json"
_VERBS: Final = ("New", "Set", "Remove")
_FURTHER: Final = (
    "Add-CMTaskSequenceStep",
    "Get-CMTaskSequenceGroup",
    "Get-CMTaskSequenceStep",
    "New-CMTSStepConditionVariable",
    "Remove-CMTaskSequenceStep",
    "Set-CMTaskSequence",
    "Set-CMTaskSequenceGroup",
)
# Those of other things than task sequences, a page each in the same reference.
_OTHERS: Final[dict[str, Any]] = {
    "Get-CMPackage": {"sets": {"SearchByIdMandatory": "Fast:Switch Id:String*"}},
}


def table(reference: dict[str, Any]) -> dict[str, Any]:
    """Return what of the reference tslint can write. Raises KeyError for a cmdlet that it lacks."""
    nouns = {step.noun for step in read_console(CHECKOUT / "rules").values() if step.noun}
    names = {f"{verb}-CMTSStep{noun}" for verb in _VERBS for noun in nouns} | set(_FURTHER)
    return _OTHERS | {name: _short(reference[name]) for name in sorted(names)}


def _short(cmdlet: dict[str, Any]) -> dict[str, Any]:
    sets = {name: given for name, given in cmdlet["sets"].items() if name in ("", "ByName", "SetByName")}
    taken = {one.rstrip("*").partition(":")[0] for given in sets.values() for one in given.split()}
    accepted = {name: values for name, values in cmdlet.get("accepted", {}).items() if name in taken}
    return {"sets": sets} | ({"accepted": accepted} if accepted else {})


def main(arguments: list[str]) -> int:
    """Write the table anew."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m tools.cmdlets REFERENCE.json\n")
        return 2
    reference = json.loads(Path(arguments[0]).read_text("utf-8"))
    lines = ",\n".join(f'"{name}": {json.dumps(found)}' for name, found in table(reference).items())
    TABLE.write_text(f"{{\n{lines}\n}}\n", "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
