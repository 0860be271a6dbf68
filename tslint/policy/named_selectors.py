"""Named selectors (selectors.yaml), and how their names are replaced by what they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tslint.policy.schema_check import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tslint.policy.yaml_file import KeyPath, YamlFile

# Names may stand for lists of names, which multiplies: the largest built-in one has about a dozen.
MAX_ALTERNATIVES: Final = 300
# Names of names of names: the built-in ones go 2 deep, and what walks them is recursive.
MAX_NAMING: Final = 20
_TOO_DEEP: Final = (
    f"selectors name each other more than {MAX_NAMING} deep",
    "write out what the inner ones stand for",
)


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
        facts = {key: self._fact(key, value, file, (*path, key)) for key, value in selector.items()}
        self._check_size(facts, file, path)
        return facts

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
            self._check_size(found, file, path)
        return found

    @staticmethod
    def _check_size(resolved: Any, file: YamlFile, path: KeyPath) -> None:  # noqa: ANN401
        if _size(resolved) > MAX_ALTERNATIVES:
            remedy = "name fewer things in one selector"
            raise file.error(path, f"this stands for more than {MAX_ALTERNATIVES} alternatives", remedy)
        if _depth(resolved) > MAX_NAMING:
            raise file.error(path, *_TOO_DEEP)

    def _named(self, name: str, file: YamlFile, path: KeyPath) -> list[Any]:
        if name in self._resolved:
            return self._resolved[name]
        if name not in self._written or self._file is None:
            known = sorted({*self._resolved, *self._written})
            remedy = nearest(name, known) or f"known are: {', '.join(known) or 'none'}"
            raise file.error(path, f"there is no selector named {shown(name)}", remedy)
        if name in self._open:
            chain = " > ".join([*self._open[self._open.index(name) :], name])
            raise file.error(path, f"selectors name each other in a circle: {chain}", "break the circle")
        if len(self._open) >= MAX_NAMING:
            raise file.error(path, *_TOO_DEEP)
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
    return 1 + sum(map(_size, _inside(selector)))


def _depth(selector: Any) -> int:  # noqa: ANN401
    """Count how deep maps of facts name others."""
    if isinstance(selector, list):
        return max(map(_depth, selector), default=0)
    return 1 + max(map(_depth, _inside(selector)))


def _inside(facts: Mapping[str, Any]) -> tuple[Any, Any]:
    return facts.get("is", []), facts.get("sequence", {}).get("contains", [])
