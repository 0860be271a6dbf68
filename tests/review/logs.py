"""smsts.log of a run, as the client writes it, and the forms in which people have it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tslint.review.instructions import instructions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tslint.flow.timeline import Timeline

_RECORD = re.compile(
    r'<!\[LOG\[(.*?)\]LOG\]!><time="([^"]*)\.\d+[+-]\d+" date="([^"]*)" component="([^"]*)"[^>]*>', re.DOTALL
)


class Said(NamedTuple):
    message: str
    component: str = "TSManager"


def log_of(
    line: Timeline,
    *,
    skipped: Iterable[str] = (),
    failing: Mapping[str, int] | None = None,
    new: bool = False,
    restart: str = "",
) -> str:
    """The log of a run in which these are skipped by their conditions, and these fail, each swallowed."""
    said = list(_run(line, frozenset(skipped), failing or {}, new=new, restart=restart))
    return written(said)


def written(said: Iterable[Said], seconds: int = 0) -> str:
    """Records as the client writes them, one a second."""
    lines = []
    for number, one in enumerate(said, start=seconds):
        clock = f"{10 + number // 3600:02}:{number // 60 % 60:02}:{number % 60:02}"
        lines.append(
            f'<![LOG[{one.message}]LOG]!><time="{clock}.125-120" date="11-05-2025" '
            f'component="{one.component}" context="" type="1" thread="1100" file="engine.cxx:143">\r\n'
        )
    return "".join(lines)


def _run(
    line: Timeline, skipped: frozenset[str], failing: Mapping[str, int], *, new: bool, restart: str
) -> Iterator[Said]:
    table = instructions(line)
    yield Said("Successfully initialized Logging for Task Sequence Manager.")
    yield Said(f"Set a global environment variable _SMSTSInstructionTableSize={len(table)}")
    yield Said("The task execution engine started execution")
    inside = -1
    for one in table:
        if inside >= 0:
            inside = -1 if one.kind == "end" and one.depth == inside else inside
            continue
        yield start(one.name, one.number, new=new)
        what = "group" if one.kind != "step" else "action"
        if one.kind == "end":
            yield Said(f"The group ({one.name}) has been successfully completed")
            continue
        if one.node.disabled or one.name in skipped:
            why = "it is disabled" if one.node.disabled else "the condition is evaluated to be false"
            yield Said(f"The {what} ({one.name}) has been skipped because {why}")
            yield Said(f"Execution of the instruction ({one.name}) has been skipped")
            inside = one.depth if one.kind == "group" else -1
            continue
        if one.kind == "group":
            yield Said(f"The group ({one.name}) has been successfully started")
            continue
        yield from _step(one.name, getattr(one.node, "action", ""), failing.get(one.name))
        if one.name == restart:
            yield Said(f"The action ({one.name}) requested a retry")
            yield Said("Calling RebootSystem()")
            yield Said("Successfully initialized Logging for Task Sequence Manager.")
            yield Said(f"NextInstructionPointer: {one.number}")
            yield start(one.name, one.number, new=new)
            yield from _step(one.name, getattr(one.node, "action", ""), None)
    yield Said("The task exeuction engine successfully completed the execution")
    yield Said("Execution engine result code: Success (0)")


def start(name: str, number: int | None, *, new: bool = False) -> Said:
    """The line with which an instruction begins."""
    if new:
        told = f"Instruction name: '{name}'.  Pointer: {number}. Type: ''. Disabled: 0"
    else:
        told = f"Instruction name: {name}. Instruction pointer: {number}"
    return Said(f"Start executing an instruction. {told}")


def _step(name: str, action: str, code: int | None) -> Iterator[Said]:
    yield Said(f"Start executing the command line: {action}")
    yield Said("echo: The action (Nobody) has been skipped because it is disabled", "RunPowerShellScript")
    yield Said(f"Process completed with exit code {code or 0}")
    if code is None:
        yield Said(f"Successfully completed the action ({name}) with the exit win32 code 0")
    else:
        told = f"{code:08X}"
        yield Said(f"Failed to run the action: {name}. \nAccess is denied. (Error: {told}; Source: Windows)")


def forms(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the forms in which people have a whole log."""
    yield "UTF-8 with a mark", text.encode("utf-8-sig")
    yield "UTF-8", text.encode()
    yield "UTF-16", text.encode("utf-16")
    yield "UTF-16 without a mark", text.encode("utf-16-le")
    yield "copied from CMTrace", _RECORD.sub(r"\1\t\4\t5.11.2025 \2\t1100 (0x044C)", text).encode()
    yield "of an article", _RECORD.sub(r"\3 \2.125   \4    1100 (0x44C)    \1", text).encode()
    yield "of a site server", _RECORD.sub(r"\1  $$<\4><\3 \2.125-120><thread=1100 (0x44C)>", text).encode()
    yield "with component and message only", _RECORD.sub(r"\4    \1", text).encode()
    beheaded = text.replace("<![LOG[echo: The", " ction (Nobody)")
    yield "with beheaded records", beheaded.encode()
