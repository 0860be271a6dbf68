"""What lies around the files of a run: the folder of the configuration, and what that says of its files."""
# ruff: noqa: PTH109, PTH118 - pathlib costs a tenth of the start-up time

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tslint.lint.surroundings import Surroundings

if TYPE_CHECKING:
    from tslint.suppress.configuration import Configuration


def surroundings_of(configuration: Configuration | None) -> Surroundings:
    """Return the surroundings of a run in the working directory.

    A configuration that lies elsewhere, because an option names it, says nothing of what lies beside it.
    """
    if configuration is None:
        return Surroundings()
    here, folder = (os.path.realpath(path) for path in (os.getcwd(), configuration.folder))
    inside = os.path.join(here, "").startswith(os.path.join(folder, ""))
    return Surroundings(
        folder=os.path.relpath(configuration.folder) if inside else "",
        excluded=configuration.excluded,
        ids=configuration.package_ids,
    )
