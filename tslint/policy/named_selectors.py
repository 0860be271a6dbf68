"""Named selectors (selectors.yaml), and how their names are replaced by what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tslint.policy.schema_check import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.policy.yaml_file import KeyPath, YamlFile

# Names may stand for lists of names, which multiplies: the largest built-in one has about a dozen.
MAX_ALTERNATIVES: Final = 300


class NamedSelectors:
    """Names and the selectors they stand for: those of ``known`` (resolved already) and of one file."""

    def __init__(self, known: Mapping[str, list[Any]], file: YamlFile | None = None) -> None:
        """Resolve every name of ``file``. Raises RuleFileError for unknown names, cycles and excess."""
        self._file = file
        self._written: Mapping[str, Any] = file.data if file else {}
        self._resolved: dict[str, list[Any]] = dict(known)
        self._open: list[str] = []
        if file:
            for name in self._written:
                if name in known:
                    remedy = "choose another name"
                    raise file.error((name,), f"'{name}' is a built-in selector", remedy, at_key=True)
            for name in self._written:
                self._named(name, file, (name,))

    @property
    def resolved(self) -> dict[str, list[Any]]:
        """Every name with its alternatives: maps of facts, free of names."""
        return self._resolved

    def resolve(self, selector: Any, file: YamlFile, path: KeyPath) -> Any:  # noqa: ANN401 - plain data
        """Replace the names in a selector that stands at ``path`` of ``file``. Raises RuleFileError."""
        if isinstance(selector, str):
            return self._named(selector, file, path)
        if isinstance(selector, list):
            return self._alternatives(selector, file, path)
        return {key: self._fact(key, value, file, (*path, key)) for key, value in selector.items()}

    def _fact(self, key: str, value: Any, file: YamlFile, path: KeyPath) -> Any:  # noqa: ANN401
        if key == "is":
            return self.resolve(value, file, path)
        if key == "sequence" and "contains" in value:
            return value | {"contains": self.resolve(value["contains"], file, (*path, "contains"))}
        return value

    def _alternatives(self, items: list[Any], file: YamlFile, path: KeyPath) -> list[Any]:
        found: list[Any] = []
        for index, item in enumerate(items):
            inner = self.resolve(item, file, (*path, index))
            found += inner if isinstance(inner, list) else [inner]
            if sum(map(_size, found)) > MAX_ALTERNATIVES:
                remedy = "name fewer things in one selector"
                raise file.error(path, f"this stands for more than {MAX_ALTERNATIVES} alternatives", remedy)
        return found

    def _named(self, name: str, file: YamlFile, path: KeyPath) -> list[Any]:
        if name in self._resolved:
            return self._resolved[name]
        if name not in self._written or self._file is None:
            known = sorted({*self._resolved, *self._written})
            remedy = nearest(name, known) or f"known are: {', '.join(known) or 'none'}"
            raise file.error(path, f"there is no selector named '{name}'", remedy)
        if name in self._open:
            chain = " > ".join([*self._open[self._open.index(name) :], name])
            raise file.error(path, f"selectors name each other in a circle: {chain}", "break the circle")
        self._open.append(name)
        written = self._written[name]
        found = self.resolve(written, self._file, (name,))
        self._resolved[name] = found if isinstance(found, list) else [found]
        self._open.pop()
        return self._resolved[name]


def _size(selector: Any) -> int:  # noqa: ANN401
    """Count the maps of facts in a resolved selector."""
    if isinstance(selector, list):
        return sum(map(_size, selector))
    contained = selector.get("sequence", {}).get("contains", [])
    return 1 + _size(selector.get("is", [])) + (_size(contained) if contained else 0)
