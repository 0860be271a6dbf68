"""What tests of reviews share: sequences in the compact notation in, reviews out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tests.linting import TABLES
from tslint.cli.main import command_of
from tslint.model.read import read as read_model
from tslint.review.facts import Names
from tslint.rules.builtin import builtin_console, builtin_step_kinds
from tslint.rules.example import sequence_xml
from tslint.source.document import Origin
from tslint.source.read import read as read_source

if TYPE_CHECKING:
    from tslint.model.sequence import TaskSequence

NAMES = Names(TABLES, builtin_step_kinds(), builtin_console())


def sequence_of(*steps: dict[str, Any], file: str = "test.xml") -> TaskSequence:
    """Read a sequence of these steps."""
    return sequence_from(sequence_xml(steps).encode(), file)


def sequence_from(data: bytes, file: str = "test.xml") -> TaskSequence:
    """Read the one sequence of a file's bytes."""
    (document,), _ = read_source(data, Origin(file))
    return read_model(document)


class Stdin(io.TextIOWrapper):
    def __init__(self, data: bytes = b"") -> None:
        super().__init__(io.BytesIO(data))


def tslint_(*arguments: object, stdin: bytes = b"") -> tuple[int, str, str]:
    """Run the program: exit status, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    status = command_of([str(one) for one in arguments])(Stdin(stdin), out, err)
    return status, out.getvalue(), err.getvalue()
