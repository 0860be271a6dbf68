"""What is in force: options of the command line, else the configuration file, else the defaults."""
# ruff: noqa: PTH109, PTH110, PTH113, PTH118, PTH120 - pathlib costs a tenth of the start-up time

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError

if TYPE_CHECKING:
    from tslint.cli.arguments import Options
    from tslint.suppress.configuration import Configuration

NAMES = (".tslint.yaml", ".tslint.yml")
DEFAULTS = {"profile": "recommended", "fail-on": "warning", "min-level": "note"}


def configuration_of(options: Options) -> Configuration | None:
    """Return the configuration that applies, None where there is none. Raises DataFileError."""
    path = "" if options.isolated else options.config or _nearest(os.getcwd())
    if not path:
        return None
    from tslint.suppress.configuration import Configuration

    return Configuration(path)


def _nearest(folder: str) -> str:
    """Return the path of the nearest configuration file from ``folder`` upwards, "" if there is none.

    What lies outside of a git repository says nothing of what is in it: the search ends at its root. Raises
    UsageError where a folder has two.
    """
    while True:
        found = [path for path in (os.path.join(folder, name) for name in NAMES) if os.path.isfile(path)]
        if len(found) > 1:
            raise UsageError(f"{folder} holds {' and '.join(NAMES)}: keep one of them")
        if found:
            return found[0]
        above = os.path.dirname(folder)
        # a folder in a clone, a file in a worktree or submodule
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return ""
        folder = above


def settled(options: Options, configuration: Configuration | None) -> Options:
    """Return the options with what the command line leaves open filled in.

    Each option of the command line replaces its key; rules are added. ``--profile`` replaces select as well,
    which chooses among all profiles, so that the option would do nothing.
    """

    def word(key: str, given: str) -> str:
        return given or str(configuration.values.get(key, "") if configuration else "") or DEFAULTS[key]

    def words(key: str, given: tuple[str, ...]) -> tuple[str, ...]:
        return given or (configuration.words(key) if configuration else ())

    return options._replace(
        profile=word("profile", options.profile),
        select=options.select if options.profile else words("select", options.select),
        ignore=words("ignore", options.ignore),
        rules=rule_paths(options, configuration),
        fail_on=word("fail-on", options.fail_on),
        min_level=word("min-level", options.min_level),
    )


def rule_paths(options: Options, configuration: Configuration | None) -> tuple[str, ...]:
    """Return the files and folders of rules of both, each once."""
    configured = configuration.rules if configuration else ()
    named = {os.path.realpath(path) for path in options.rules}
    return (*(path for path in configured if os.path.realpath(path) not in named), *options.rules)
