"""What a configuration file hid or changed in a run: a result that it made must not pass for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.settings import DEFAULTS
from tslint.source.printable import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.cli.arguments import Options
    from tslint.cli.chosen import Chosen
    from tslint.lint.finding import Finding
    from tslint.suppress.configuration import Configuration


class Excludes:
    """What a configuration excludes, by the names of files; with ``set_aside`` only remembered."""

    def __init__(self, configuration: Configuration | None, *, set_aside: bool) -> None:
        self._configuration, self._set_aside = configuration, set_aside
        self.files: set[str] = set()

    def __call__(self, name: str) -> str:
        """Say what excludes a file that a folder brought up, "" if nothing does."""
        by = self._configuration.excluded(name) if self._configuration else ""
        if by:
            self.files.add(name)
        return "" if self._set_aside else by


def changes(
    given: Options,
    configuration: Configuration | None,
    chosen: Chosen,
    excludes: Excludes,
    suppressed: tuple[Finding, ...],
) -> tuple[str, ...]:
    """Return in words what the configuration changed. ``given`` are the options of the command line."""
    return tuple(_changes(given, configuration, chosen, excludes, suppressed)) if configuration else ()


def _changes(
    given: Options,
    configuration: Configuration,
    chosen: Chosen,
    excludes: Excludes,
    suppressed: tuple[Finding, ...],
) -> Iterator[str]:
    for key, default in DEFAULTS.items():
        value = configuration.values.get(key, default)
        if value != default and not getattr(given, key.replace("-", "_")):
            yield f"{key} {value}"
    if configuration.rules:
        yield f"rules from {', '.join(configuration.rules)}"
    if chosen.raised:
        yield f"{count(len(chosen.raised), 'rule')} at a higher level"
    aside = " (set aside)" if given.no_suppressions else ""
    if chosen.lowered:
        yield f"{count(len(chosen.lowered), 'rule')} at a lower level{aside}"
    if chosen.left_out:
        yield f"{count(len(chosen.left_out), 'rule')} left out{aside}"
    if excludes.files:
        yield f"{count(len(excludes.files), 'file')} excluded{aside}"
    external = sum(one.suppressed is not None and one.suppressed.kind == "external" for one in suppressed)
    if external:
        yield f"{count(external, 'finding')} suppressed"
