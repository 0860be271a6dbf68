"""All mends of a run as one script of PowerShell, to be read, tried with -WhatIf, and run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.mend.cannot import CannotMendError
from tslint.mend.in_powershell import InPowerShell, quoted
from tslint.mend.in_words import in_words
from tslint.report.escape import escape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tslint.lint.finding import Finding
    from tslint.mend.fixing import Done
    from tslint.report.mask import Mask

# Windows PowerShell 5.1 takes a file without it for one of the system's code page.
MARK = "\ufeff"
_HEAD = """\
<#
.SYNOPSIS
Mends what tslint found in {what}.

.DESCRIPTION
Run it on the site drive of the Configuration Manager module, first with -WhatIf. The mends are in the order
in which they have to be made: a place in a group counts on those before it. Where the task sequence has
changed since it was exported, export it again and have the script written anew. Copy the task sequence
before (Copy-CMTaskSequence), and lint it again afterwards.

.PARAMETER TaskSequenceName
{parameter}
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    {declared}
)
$ErrorActionPreference = 'Stop'
"""


class _Exported(NamedTuple):
    """A task sequence: the file that it came from, and its name, "" where the file does not tell it."""

    file: str
    name: str


def fix_script(done: Collection[Done], left: Collection[tuple[Finding, str]], mask: Mask) -> str:
    """Write the script. ``left`` are findings that it does not mend, with what to do about each."""
    sequences = list(dict.fromkeys(_sequence(one) for one in done))
    lines = [_head(sequences, mask)]
    for number, one in enumerate(done, 1):
        lines += _block(number, one, sequences, mask)
    if left:
        lines += ["", "# Not in this script, because somebody has to decide or to do it in the console:"]
        lines += [_comment(mask(f"{finding.rule}: {finding.message} {advice}")) for finding, advice in left]
    return MARK + "\n".join(lines).rstrip("\n") + "\n"


def _sequence(one: Done) -> _Exported:
    document = one.repair.document
    return _Exported(str(document.origin), document.package.get("Name", ""))


def _head(sequences: list[_Exported], mask: Mask) -> str:
    what = ", ".join(_line(mask(one.name or one.file)) for one in sequences) or "nothing"
    if len(sequences) <= 1:
        name = sequences[0].name if sequences else ""
        mandatory = "[Parameter(Mandatory)]\n    [string]$TaskSequenceName"
        declared = f"[string]$TaskSequenceName = {quoted(name)}" if _can_be_told(name, mask) else mandatory
        parameter = "The name of the task sequence."
    else:
        names = [quoted(one.name) if _can_be_told(one.name, mask) else "''" for one in sequences]
        declared = "[ValidateNotNullOrEmpty()]\n    [string[]]$TaskSequenceName = @(" + ", ".join(names) + ")"
        parameter = "The names of the task sequences, in this order: " + ", ".join(
            _line(mask(one.file)) for one in sequences
        )
    return _HEAD.format(what=what, parameter=parameter, declared=declared)


def _can_be_told(name: str, mask: Mask) -> bool:
    """Say whether a script can hold a name; somebody has to give it those that it cannot."""
    try:
        return bool(name) and mask(name) == name and bool(quoted(name))
    except CannotMendError:
        return False


def _block(number: int, one: Done, sequences: list[_Exported], mask: Mask) -> Iterator[str]:
    finding, repair = one.finding, one.repair
    index = sequences.index(_sequence(one))
    expression = "$TaskSequenceName" if len(sequences) == 1 else "$name"
    words = in_words(repair.changes, repair.opened)
    yield ""
    yield _comment(f"{number}. {finding.rule} {finding.name}")
    yield _comment(mask(f"   {finding.message}"))
    yield _comment(mask(f"   {words}"))
    if not repair.safe:
        yield _comment("   It changes what somebody has chosen: read the page of the rule first.")
    try:
        statements = InPowerShell(repair.opened, expression, force=True).statements(repair.changes)
    except CannotMendError as error:
        yield _comment(mask(f"   Do this in the console now, before what follows: {error}."))
        return
    if any(mask(statement) != statement for statement in statements):
        yield _comment("   Do this in the console now: the command would show a secret.")
        return
    if len(sequences) > 1:
        yield f"$name = $TaskSequenceName[{index}]"
    yield f"if ($PSCmdlet.ShouldProcess({expression}, {quoted(_line(mask(words)))})) {{"
    yield from (f"    {statement}" for statement in statements)
    yield "}"


def _comment(text: str) -> str:
    return f"# {_line(text)}"


def _line(text: str) -> str:
    """Return text on one line, which ends no comment of the script's head either."""
    return escape(" ".join(text.split())).replace("#>", "# >")
