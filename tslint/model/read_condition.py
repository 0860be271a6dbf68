"""``<condition>`` and what may stand below it, to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tslint.logic.thing import COMPARISONS
from tslint.model.condition import Combination, Condition, Expression, Question
from tslint.model.step_type import PREFIX
from tslint.model.xml import attributes, is_element, local_name, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

# The part by which a person knows a test of a file, a folder, the registry, WMI: it comes first.
_TELLING = ("path", "keypath", "query")
# Parts that name the same thing however they end, and the roots of the registry in short.
_PATHS = ("path", "keypath", "namespace")
_ROOTS = {
    "hklm": "hkey_local_machine",
    "hkcu": "hkey_current_user",
    "hkcr": "hkey_classes_root",
    "hku": "hkey_users",
    "hkcc": "hkey_current_config",
}
# What holds where nothing is written: the console's own (SDK pages of the condition expressions).
ASSUMED = {"namespace": "root\\cimv2"}
# Tests that are another's opposite whatever they find.
_OPPOSITES = {"notexists": "exists", "nonexists": "exists"}
# How the versions, dates and registry values of a test compare; of other types nothing is known.
_COMPARED = {
    "version": "version",
    "datetime": "date",
    "reg_sz": "text",
    "reg_expand_sz": "text",
    "reg_dword": "number",
    "reg_qword": "number",
}
# This computer, as a path of WMI names it.
_HERE = "\\\\.\\"
_HOW: dict[str, Literal["and", "or", "not"]] = {"and": "and", "or": "or", "not": "not"}
_SUFFIX = "ConditionExpression"


def read_conditions(elements: Iterable[_Element], index: int) -> list[Condition]:
    """Read siblings under ``<condition>`` or ``<operator>``. ``index`` is the first one's element number."""
    found: list[Condition] = []
    for element in elements:
        if not is_element(element):
            continue
        found.append(_read(element, index))
        index += sum(1 for _ in element.iter("*"))
    return found


def _read(element: _Element, index: int) -> Condition:
    tag = element.tag.rpartition("}")[2].lower()
    if tag == "operator":
        how = element.get("type", "and").strip().lower()
        operands = tuple(read_conditions(element, index + 1))
        if how in _HOW and operands:
            return Combination(_HOW[how], operands, index)
        kind = "an operator without tests" if how in _HOW else f"an operator '{how}'"
        return Expression(kind, text=f"operator {index}", element=index)
    if tag == "expression":
        return _expression(element, index)
    if tag == "osconditiongroup":
        return Expression("OS", value=_systems(element), text=_text(element), element=index)
    return Expression(tag, text=_text(element), element=index)


def _systems(element: _Element) -> str:
    """Return the names of the systems that a group of them lists; the console ticks them by these."""
    inside = (one for one in element.iter("*") if local_name(one) == "osexpressiongroup")
    named = dict.fromkeys(name for one in inside if (name := _named(one)))
    return " or ".join(named)


def _named(element: _Element) -> str:
    given = {name.lower(): value for name, value in attributes(element).items()}
    return " ".join(given.get("name", "").split())


def _expression(element: _Element, index: int) -> Condition:
    kind = element.get("type", "").strip().removeprefix(PREFIX).removesuffix(_SUFFIX)
    parts = {v.get("name", "").lower(): whole_text(v) for v in element.iter("variable")}
    if kind == "Variable":
        return Expression(
            kind,
            variable=parts.get("variable", "").strip(),
            operator=parts.get("operator", "").strip().lower(),
            value=parts.get("value", ""),
            element=index,
            parts=tuple(parts.items()),
        )
    opposite = _OPPOSITES.get(parts.get("operator", "").strip().lower())
    asked = parts | ({"operator": opposite} if opposite else {})
    test = Expression(
        kind,
        value=_spelled(asked),
        text=_meant(asked) or _text(element),
        element=index,
        parts=tuple(parts.items()),
        questions=tuple(_questions(kind, asked)),
    )
    return Combination("not", (test,), index) if opposite else test


def _meant(parts: Mapping[str, str]) -> str:
    """Return one text for tests that mean the same: case, blanks and a last backslash do not count."""
    meant = {name: _plain(name, value) for name, value in parts.items()}
    meant = {name: value for name, value in meant.items() if value and value != ASSUMED.get(name)}
    return " | ".join(f"{name} {value}" for name, value in sorted(meant.items()))


def _plain(name: str, value: str) -> str:
    value = " ".join(value.split()).lower()
    if name not in _PATHS:
        return value
    value = value.strip('"').replace("/", "\\")
    value = value[:1] + value[1:].replace("\\\\", "\\")  # two in front begin a share
    if name == "namespace":
        value = value.removeprefix(_HERE)
    root, slash, rest = value.rstrip("\\").partition("\\")
    return _ROOTS.get(root, root) + slash + rest if root else value


def _questions(kind: str, parts: Mapping[str, str]) -> Iterator[Question]:
    """Yield what a test asks of a thing on the computer; nothing where a part of it is not understood."""
    asks = _THINGS.get(kind.lower())
    if asks is not None:
        said = {name: plain for name, value in parts.items() if (plain := _plain(name, value))}
        yield from asks(kind, said, parts)


def _of_file(kind: str, said: dict[str, str], parts: Mapping[str, str]) -> Iterator[Question]:
    """Yield what a test of a file or folder asks: that it exists, or something of it."""
    path = said.pop("path", "")
    aspects = [aspect for aspect in ("version", "datetime") if aspect in said]
    written = {*aspects, *(f"{aspect}operator" for aspect in aspects)}
    operators = [said.get(f"{aspect}operator", "") for aspect in aspects]
    if not path or said.keys() != written or not COMPARISONS.issuperset(operators):
        return
    if not aspects:
        yield Question(kind.lower(), path, "exists", spelling=f"{kind} {_spelled(parts)}")
    for aspect, operator in zip(aspects, operators, strict=True):
        own = {name: parts[name] for name in ("path", aspect, f"{aspect}operator")}
        how, spelling = _COMPARED[aspect], f"{kind} {_spelled(own)}"
        yield Question(kind.lower(), path, operator, aspect, how, said[aspect], spelling)


def _of_registry(kind: str, said: dict[str, str], parts: Mapping[str, str]) -> Iterator[Question]:
    """Yield what a test of a registry value asks: that it exists, as a type maybe, or what it holds."""
    operator, of, data = (said.get(name, "") for name in ("operator", "type", "data"))
    if not {"keypath"} <= said.keys() <= {"keypath", "value", "operator", "type", "data"}:
        return
    if (operator == "exists" and not data) or (operator in COMPARISONS and data):
        name, spelling = f"{said['keypath']}\n{said.get('value', '')}", f"{kind} {_spelled(parts)}"
        yield Question(kind.lower(), name, operator, of, _COMPARED.get(of, ""), data, spelling)


def _of_os(kind: str, said: dict[str, str], parts: Mapping[str, str]) -> Iterator[Question]:
    """Yield what a test of the operating system asks: its version, where it is of an architecture."""
    if said.keys() == {"architecture", "operator", "version"} and said["operator"] in COMPARISONS:
        architecture, operator, version = (said[name] for name in sorted(said))
        if not set(architecture) & set(" %"):  # the name of one
            spelling = f"{kind} {_spelled(parts)}"
            yield Question(kind.lower(), "", operator, architecture, "version", version, spelling)


_THINGS = {"file": _of_file, "folder": _of_file, "registry": _of_registry, "os": _of_os}


def _spelled(parts: Mapping[str, str]) -> str:
    """Return all that a test says as a person would read it out."""
    told = {name: " ".join(value.split()) for name, value in parts.items()}
    words = [told.pop(name) for name in _TELLING if told.get(name)]
    operator = told.pop("operator", "")
    if "keypath" in parts:
        named, kind, data = told.pop("value", ""), told.pop("type", ""), told.pop("data", "")
        words += [f"value '{named}'"] if named else []
        words += [operator] if operator else []
        words += [f"'{data}'"] if data else []
        words += [kind] if data and kind and kind != "REG_SZ" else []
    elif operator:
        words.append(operator)
    for name in [name for name in told if name + "operator" in told]:  # "version less '2.0'"
        words.append(f"{name} {told.pop(name + 'operator')} '{told.pop(name)}'")
    rest = (f"{name} {value}" for name, value in told.items() if value and value.lower() != ASSUMED.get(name))
    return " ".join((*words, *rest))


def _text(element: _Element) -> str:
    """One text for equal tests: attribute and element order and white space do not tell them apart."""
    parts = []
    for inner in element.iter("*"):
        words = [*sorted(f"{k}={v}" for k, v in attributes(inner).items()), inner.text or ""]
        parts.append(" ".join(" ".join(words).split()))
    head, *rest = parts
    if element.tag == "expression":
        rest.sort()  # ConfigMgr writes the parts of a test alphabetically, MDT does not
    return " | ".join([head, *rest]).lower()
