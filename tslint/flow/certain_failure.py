"""Steps that fail wherever they run, which is how people end a task sequence where a test turns out badly.

Their command line or script ends itself with an exit code that the step does not take for success, as in
``cmd.exe /c exit 1``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.commands.of_step import command_text, commands_of
from tslint.flow.settings import success_codes
from tslint.model.step_type import RUNNERS

if TYPE_CHECKING:
    from tslint.model.sequence import Step


_CODE = r"-?\d{1,10}"
_RESTARTS = {3010, 1641}


def fails_certainly(step: Step) -> bool:
    """Say whether a step surely fails if it runs: nothing in it decides whether it ends so.

    What decides whether it ends earlier does not matter where that is a failure as well. The codes that ask
    for a restart are meant as a success, and so no reason to take the rest for unreachable.
    """
    if step.type not in RUNNERS or not re.search(r"(?i)\bexit\b|\bthrow\b|setshouldexit", command_text(step)):
        return False
    successes = {int(code) for code in success_codes(step) if re.fullmatch(_CODE, code)} | _RESTARTS
    for command in commands_of(step):
        if command.tool == "exit":
            codes = [word for word in command.arguments if word.lower() != "/b"]
            if len(codes) != 1 or not re.fullmatch(_CODE, codes[0]) or int(codes[0]) in successes:
                return False
            if not command.conditional:
                return True
    return False
