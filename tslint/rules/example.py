"""The compact notation of steps in rule files, to the XML that the console writes.

Examples of rules run through the whole linter this way, and tests write their sequences with it:
``sequence_xml([{"step": "RequestStateStore", "RequestType": "capture"}])``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tslint.catalogue.step_kinds import StepKind
from tslint.catalogue.step_notation import step_type
from tslint.model.step_type import PREFIX, full_type
from tslint.rules.builtin import builtin_step_kinds, builtin_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tslint.catalogue.step_notation import Node
    from tslint.data_files.plain_data import Plain
    from tslint.rules.page import Example

    Condition = str | Mapping[str, Plain] | Sequence[Plain]

# The package id of an example's own task sequence in export_zip.
MAIN: Final = "TSL00001"
# Settings that name packages end so.
_PACKAGES: Final = ("PackageID", "ConfigFilePackage", "DownloadPackages")
# The property of a boot image that is a list.
_COMPONENTS: Final = "OptionalComponents"
_OPERATORS: Final = {"all": "and", "any": "or", "not": "not"}
# Attributes of the element that a step may give by their own names, with what the console writes by default.
_ATTRIBUTES: Final = {"successCodeList": "0", "retryCount": "0", "runFromNet": "false"}


def sequence_xml(steps: Iterable[Node], *, lite_touch: bool = False) -> str:
    """Write ``<sequence>`` as Configuration Manager does (one line), or as MDT Lite-Touch does."""
    steps = list(steps)
    body = "".join(_node(step, lite_touch) for step in steps)
    if lite_touch:
        return f'<sequence version="3.00" name="Example" description=""><globalVarList/>{body}</sequence>'
    listed = "".join(_reference(*reference) for reference in sorted(set(_references(steps))))
    references = f"<referenceList>{listed}</referenceList>" if listed else ""
    return f'<sequence version="3.10">{references}{body}</sequence>'


def step_xml(node: Node) -> str:
    """Write one step as Configuration Manager does, with the settings that it writes always."""
    return _node({**_defaults(step_type(node)), **node}, lite_touch=False)


def settings_of(node: Node) -> dict[str, str]:
    """Return the settings of such a step, and their values."""
    given = {**_defaults(step_type(node)), **_long_form(node)}
    return {key: _text(value) for key, value in given.items() if key[:1].isupper()}


def _defaults(kind: str) -> dict[str, str]:
    settings = builtin_tables().steps.get(kind, {}).get("settings", {})
    return {about["name"]: about["default"] for about in settings.values() if "default" in about}


def condition_xml(condition: Condition) -> str:
    """Write ``<condition>`` of ``VAR operator VALUE``, a map (wmi, file, os, all, any, not ...) or a list."""
    return f"<condition>{_conditions(condition)}</condition>"


def xml_of(example: Example) -> dict[str, str]:
    """Write an example's task sequences, by package id; "" is its own, the others are its children."""
    lite_touch = bool(example.get("lite-touch"))
    children = example.get("children", {})
    return {"": sequence_xml(example["sequence"], lite_touch=lite_touch)} | {
        package: sequence_xml(steps) for package, steps in children.items()
    }


def export_zip(example: Example) -> bytes:
    """Pack an example as ``Export-CMTaskSequence`` does: one object.xml for it, each child and boot image."""
    import io
    import zipfile

    packages = dict(example.get("packages", {}))
    members = {}
    for package, xml in xml_of(example).items():
        identity = package or MAIN
        properties = packages.pop(package, {}) if package else example.get("package", {})
        members[f"SMS_TaskSequencePackage/{identity}"] = object_xml(xml, identity, properties=properties)
    for identity, properties in packages.items():
        members[f"SMS_BootImagePackage/{identity}"] = boot_image_xml(identity, properties)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder, xml in members.items():
            # ZipInfo's own date (1980) keeps equal examples equal byte for byte.
            archive.writestr(zipfile.ZipInfo(f"{folder}/object.xml"), xml)
    return stream.getvalue()


def object_xml(
    sequence: str, package: str, name: str = "Example", properties: Mapping[str, str] | None = None
) -> str:
    """Wrap ``<sequence>`` as object.xml of a console export: CIM-XML with the sequence in a CDATA section."""
    values = {"Name": name, "PackageID": package, **(properties or {})}
    told = "".join(_property(key, _escape(value)) for key, value in values.items())
    cdata = sequence.replace("]]>", "]]]]><![CDATA[>")
    return (
        '<INSTANCE CLASSNAME="SMS_TaskSequencePackage">'
        f"{told}{_property('Sequence', f'<![CDATA[{cdata}]]>')}</INSTANCE>"
    )


def boot_image_xml(package: str, properties: Mapping[str, str]) -> str:
    """Write object.xml of a boot image. Its optional components are a list, here with blanks in between."""
    values = {"PackageID": package, **properties}
    listed = values.pop(_COMPONENTS, None)
    told = "".join(_property(key, _escape(value)) for key, value in values.items())
    if listed is not None:
        items = "".join(f"<VALUE>{_escape(item)}</VALUE>" for item in listed.split())
        head = f'<PROPERTY.ARRAY NAME="{_COMPONENTS}" TYPE="uint32">'
        told += f"{head}<VALUE.ARRAY>{items}</VALUE.ARRAY></PROPERTY.ARRAY>"
    return f'<INSTANCE CLASSNAME="SMS_BootImagePackage">{told}</INSTANCE>'


def _property(name: str, value: str) -> str:
    qualifier = '<QUALIFIER NAME="CIMTYPE" TYPE="string"><VALUE>string</VALUE></QUALIFIER>'
    return f'<PROPERTY NAME="{name}" TYPE="string">{qualifier}<VALUE>{value}</VALUE></PROPERTY>'


def _node(node: Node, lite_touch: bool) -> str:
    if "group" not in node:
        return _step(node, lite_touch)
    flags = _flags(node, lite_touch)
    head = _attributes({"name": node["group"], "description": node.get("description", ""), **flags})
    steps = "".join(_node(step, lite_touch) for step in node.get("steps", ()))
    return f"<group{head}>{_when(node)}{steps}</group>"


def _step(node: Node, lite_touch: bool) -> str:
    kind_name, given = step_type(node), _long_form(node)
    kind = builtin_step_kinds().get(kind_name, StepKind(kind_name, ""))
    settings = {key: _text(value) for key, value in given.items() if key[:1].isupper()}
    tag = "subtasksequence" if kind_name == "SubTasksequence" else "step"
    attributes = {
        "type": full_type(kind_name),
        "name": given.get("name", kind.label),
        "description": given.get("description", ""),
        **_flags(given, lite_touch),
        "runIn": given.get("runIn", kind.run_in),
        **{key: given.get(key, default) for key, default in _ATTRIBUTES.items()},
        "timeout": given.get("timeout", ""),
        "startIn": given.get("startIn", ""),
    }
    optional = ("type", "runIn", "timeout", "startIn")
    head = _attributes({k: v for k, v in attributes.items() if v != "" or k not in optional})
    action = str(given["action"]) if "action" in given else _action(kind, settings, lite_touch)
    return (
        f"<{tag}{head}>{_when(given)}<action>{_escape(action)}</action>{_variables(kind, settings)}</{tag}>"
    )


def _long_form(node: Node) -> dict[str, Plain]:
    """Turn a short form (``run: 'cmd /c dir'``) into the settings it stands for."""
    given = dict(node)
    if "run" in given:
        codes = given.get("successCodeList", "0 3010")
        given |= {"CommandLine": given["run"], "SuccessCodes": codes, "successCodeList": codes}
        if "package" in given:
            given["PackageID"] = given["package"]
        return {"DisableWow64Redirection": False, **given}
    if "set" in given:
        named = {"VariableName": given["set"], "VariableValue": given.get("to", "")}
        return {"DoNotShowVariableValue": given.get("masked", False), **named, **given}
    if "dynamic" in given:
        return {"Rules": _rules(given["dynamic"]), **given}
    if "powershell" in given:
        codes = given.get("successCodeList", "0 3010")
        return {
            "SourceScript": _base64(given["powershell"] + _comment(given.get("filled", 0))),
            **given,
            "SuccessCodes": codes,
            "successCodeList": codes,
        }
    if "restart" in given:
        return {"Target": given["restart"], **given}
    if "child" in given:
        name = given.get("name", builtin_step_kinds()["SubTasksequence"].label)
        return {"TsName": name, "TsPackageID": given["child"], **given}
    if "gather" in given:
        return {"GatherLocalOnly": True, **given}
    return given


def _comment(characters: int) -> str:
    """Write a comment of PowerShell on a line of its own, of so many characters.

    It counts: of what repeats itself a zip would be taken for a bomb.
    """
    return "\n#" + "".join(map(str, range(characters)))[: characters - 1] if characters else ""


def _flags(node: Node, lite_touch: bool) -> dict[str, str]:
    """MDT writes both flags always, Configuration Manager only when true."""
    flags = {"disable": node.get("disabled", False), "continueOnError": node.get("continueOnError", False)}
    return {key: _text(value) for key, value in flags.items() if value or lite_touch}


def _action(kind: StepKind, settings: Mapping[str, str], lite_touch: bool) -> str:
    if lite_touch and "CommandLine" in settings:
        return settings["CommandLine"]
    return re.sub(r"\{(\w+)\}", lambda found: settings.get(found[1], ""), kind.action).rstrip()


def _variables(kind: StepKind, settings: Mapping[str, str]) -> str:
    """Write ``<defaultVarList>``, sorted by setting, not by variable, as the console does."""
    names = dict(kind.names)
    found = []
    for key in sorted(settings, key=str.lower):
        attributes = {"name": names.get(key, kind.prefix + key), "property": key}
        if key in kind.hidden:
            attributes["hidden"] = "true"
        found.append(_element("variable", attributes, settings[key]))
    return f"<defaultVarList>{''.join(found)}</defaultVarList>" if found else "<defaultVarList/>"


def _when(node: Node) -> str:
    return condition_xml(node["when"]) if "when" in node else ""


def _conditions(condition: Condition) -> str:
    if isinstance(condition, str):
        return _variable_expression(condition)
    if not hasattr(condition, "items"):
        return "".join(_conditions(part) for part in condition)
    ((key, value),) = condition.items()
    if key in _OPERATORS:
        return f'<operator type="{_OPERATORS[key]}">{_conditions(value)}</operator>'
    if key == "wmi":
        return _expression("WMI", {"Namespace": "root\\cimv2", "Query": value})
    if key == "os":
        inside = "".join(_element("osExpressionGroup", {"name": name, "type": "and"}, "") for name in value)
        return f'<osConditionGroup type="or">{inside}</osConditionGroup>'
    return _expression(key.capitalize(), {"Path": value})


def _variable_expression(test: str) -> str:
    variable, operator, *value = test.split(None, 2)
    text = {"Value": "" if value[0] == "''" else value[0]} if value else {}
    parts = {"Operator": operator} | text | {"Variable": variable}
    return _expression("Variable", parts)


def _expression(kind: str, parts: Mapping[str, str]) -> str:
    inner = "".join(_element("variable", {"name": name}, text) for name, text in parts.items())
    return f'<expression type="{PREFIX}{kind}ConditionExpression">{inner}</expression>'


def _rules(rules: Iterable[Node]) -> str:
    """Write the rules of Set Dynamic Variables: XML that stands escaped inside the step's setting."""
    found = []
    for rule in rules:
        variables = "".join(
            _element("Variable", {"Name": name, "IsSecret": _text(rule.get("masked", False))}, _text(value))
            for name, value in rule["set"].items()
        )
        found.append(f"<Rule>{_when(rule)}<Variables>{variables}</Variables></Rule>")
    return f"<Rules>{''.join(found)}</Rules>"


def _references(steps: Iterable[Node]) -> Iterable[tuple[str, str]]:
    """Yield (package, program) for what the steps name; a child task sequence has the program ``*``."""
    for node in steps:
        yield from _references(node.get("steps", ()))
        if "child" in node:
            yield node["child"], "*"
        for key, value in node.items():
            if key == "package" or (key.endswith(_PACKAGES) and value):
                yield from ((one.strip(), "") for one in _text(value).split(","))


def _reference(package: str, program: str) -> str:
    return _element("reference", {"package": package} | ({"program": program} if program else {}), "")


def _base64(script: str) -> str:
    """Encode an inline script as the console stores it: base64 of UTF-16LE with a byte-order mark."""
    import base64

    return base64.b64encode(b"\xff\xfe" + script.encode("utf-16-le")).decode("ascii")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ",".join(_text(item) for item in value)
    return "" if value is None else str(value)


def _element(tag: str, attributes: Mapping[str, str], text: str) -> str:
    head = f"<{tag}{_attributes(attributes)}"
    return f"{head}>{_escape(text)}</{tag}>" if text else f"{head}/>"


def _attributes(attributes: Mapping[str, object]) -> str:
    return "".join(f' {name}="{_escape(_text(value))}"' for name, value in attributes.items())


def _escape(text: str) -> str:
    """For text and attributes alike. A newline in an attribute would become a space when read again."""
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("\n", "&#10;")):
        text = text.replace(character, entity)
    return text
