"""What keeps the program from doing what was asked: told on standard error, and an exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.cli.status import FAULT, USAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO


def status_of(act: Callable[[], int], stderr: TextIO) -> int:
    """Do something and return its exit status; where that is wrong usage, or cannot be written, say so.

    What else is raised is a fault of tslint.
    """
    from tslint.data_files.data_file_error import DataFileError
    from tslint.report.output import tell

    try:
        return act()
    except (UsageError, DataFileError) as error:
        from tslint.report.escape import escape, inert

        lines = error.lines if isinstance(error, DataFileError) else (str(error),)
        tell(inert("".join(f"tslint: {escape(line)}\n" for line in lines)), stderr)
        return USAGE
    except OSError as error:
        tell(f"tslint: cannot write {error.filename or 'the report'}: {error.strerror}\n", stderr)
        return FAULT
