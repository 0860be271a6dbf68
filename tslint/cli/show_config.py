"""``--show-config``: what is in force, and where each value comes from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tslint.report.escape import escape, inert

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.cli.arguments import Options
    from tslint.suppress.configuration import Configuration

_BARE = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./ -]*")


def show_config(given: Options, settled: Options, configuration: Configuration | None) -> str:
    """Return the configuration in force as YAML, each value with its origin.

    ``given`` are the options of the command line alone, ``settled`` those in force.
    """
    lines = _Lines(given, settled, configuration)
    return inert("".join(f"{escape(line)}\n" for line in lines.all()))


class _Lines:
    def __init__(self, given: Options, settled: Options, configuration: Configuration | None) -> None:
        self._given, self._settled, self._configuration = given, settled, configuration

    def all(self) -> Iterator[str]:
        file = self._configuration.file.file if self._configuration else "no configuration file"
        yield f"# {file}"
        yield self._one("profile")
        yield self._one("select", instead=bool(self._given.profile))
        yield self._one("ignore")
        yield from self._many("levels")
        yield from self._rules()
        for key in ("exclude", "package-ids", "per-file-ignores", "per-step-ignores"):
            yield from self._many(key)
        yield self._one("fail-on")
        yield self._one("min-level")

    def _one(self, key: str, *, instead: bool = False) -> str:
        """Show a value that an option can replace, be it its own or one that wins over it (``instead``)."""
        name = key.replace("-", "_")
        by_option = bool(getattr(self._given, name)) or instead
        origin = "command line" if by_option else self._origin(key)
        return f"{key}: {_said(getattr(self._settled, name))}  # {origin}"

    def _many(self, key: str) -> Iterator[str]:
        """Show what only the file can say, a line for each entry."""
        values = self._configuration.values.get(key) if self._configuration else None
        if not values:
            nothing = "{}" if key in {"levels", "package-ids"} else "[]"
            yield f"{key}: {nothing}  # {self._origin(key)}"
            return
        yield f"{key}:"
        if isinstance(values, dict):
            for name, value in values.items():
                yield f"  {_said(name)}: {_said(value)}  # {self._origin(key, name)}"
        else:
            for number, value in enumerate(values):
                yield f"  - {_said(value)}  # {self._origin(key, number)}"

    def _rules(self) -> Iterator[str]:
        if not self._settled.rules:
            yield f"rules: []  # {self._origin('rules')}"
            return
        yield "rules:"
        configured = self._configuration.rules if self._configuration else ()
        for path in self._settled.rules:
            by_option = path in self._given.rules
            origin = "command line" if by_option else self._origin("rules", configured.index(path))
            yield f"  - {_said(path)}  # {origin}"

    def _origin(self, *path: str | int) -> str:
        if self._configuration is None or path[0] not in self._configuration.values:
            return "default"
        line, _ = self._configuration.file.place(path, at_key=True)
        return f"{self._configuration.file.file}:{line}"


def _said(value: object) -> str:
    """Return plain data as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_said, value)) + "]"
    text = str(value)
    return text if _BARE.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)
