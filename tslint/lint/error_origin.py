# ruff: noqa: PTH118, PTH119, PTH120 - pathlib costs a tenth of the start-up time
"""Where an exception comes from, in words that are safe to print."""

from __future__ import annotations

import os


def origin_of(error: BaseException) -> str:
    """Return the type of an exception and the place in tslint it comes from, without its text.

    That may quote a secret.
    """
    package = os.path.join(os.path.dirname(os.path.dirname(__file__)), "")
    place = error.__traceback__
    name = ""
    while place is not None:
        code = place.tb_frame.f_code
        if code.co_filename.startswith(package):
            name = f" at {os.path.basename(code.co_filename)}:{place.tb_lineno}"
        place = place.tb_next
    return f"{type(error).__name__}{name}"
