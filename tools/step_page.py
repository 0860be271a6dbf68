"""A page for each type of step, docs/steps/TYPE.md, and the tables of their overview."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from tools.markdown_table import code, table
from tools.step_reference import NUMBER, meanings
from tslint.catalogue.step_notation import SHORT_FORMS
from tslint.model.step_type import full_type
from tslint.rules.example import step_xml
from tslint.rules.page import fenced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.step_reference import Setting, StepReference
    from tools.step_rules import Spoken
    from tslint.catalogue.codes import Codes
    from tslint.rules.rule import Rule

FOLDER: Final = "steps"
_UNDERSTAND: Final = "https://learn.microsoft.com/intune/configmgr/osd/understand/task-sequence-steps"
_SDK: Final = "https://learn.microsoft.com/intune/configmgr/develop/reference/osd/"
_RUNS_IN: Final = {
    "WinPE": "Windows PE only",
    "FullOS": "the full operating system only",
    "any": "Windows PE and the full operating system",
}


def step_page(step: StepReference, rules: Mapping[Rule, Spoken], codes: Codes) -> str:
    """Write the page of a type of step; ``rules`` are all, with the types that each speaks of."""
    lines = [f"# {step.facts['name']}", "", _does(step), ""]
    lines += table(("", ""), _facts(step))
    lines += _settings(step)
    lines += _variables(
        "Variables that it reads", "Besides those of its settings:", step.documented.get("reads")
    )
    lines += _variables("Variables that it sets", "", step.documented.get("sets"))
    found = [(code(number), told) for number, told in meanings(step, codes)]
    lines += ["", "## Return codes", "", *table(("code", "means"), found)] if found else []
    notes = step.documented.get("notes", [])
    lines += ["", "## To know", "", *(f"- {note}" for note in notes)] if notes else []
    lines += _example(step)
    lines += _rules(step.type, rules)
    lines += ["", "## Sources", "", *(f"- {source}" for source in _sources(step))]
    return "\n".join(lines) + "\n"


def overview(steps: Sequence[StepReference], rules: Mapping[Rule, Spoken]) -> dict[str, str]:
    """Give the tables of docs/steps/README.md by their names."""
    menus: dict[str, list[StepReference]] = {}
    for step in steps:
        menus.setdefault(_menu(step), []).append(step)
    rows = [
        (
            step_link(step.type, step.facts["name"]),
            code(step.type),
            menu,
            _RUNS_IN[step.facts["runs in"]],
            _first(step),
        )
        for menu, some in sorted(menus.items(), key=lambda item: (not item[0].startswith("Add"), item[0]))
        for step in some
    ]
    every = [rule for rule, spoken in rules.items() if rule.clauses and not (spoken.reported | spoken.named)]
    return {
        "steps": "\n".join(table(("step", "type", "in the editor", "runs in", "does"), rows)),
        "rules of every step": "\n".join(table(*_rule_rows(every))),
    }


def step_link(kind: str, name: str, where: str = "") -> str:
    """Link to the page of a type of step, from the folder ``where`` leads out of."""
    return f"[{name}]({where}{kind}.md)"


def steps_section(spoken: Spoken, steps: Iterable[StepReference]) -> str:
    """Write the section that leads from a rule's page to those of its steps, "" where it is about none."""
    links = [
        step_link(step.type, step.facts["name"], f"../{FOLDER}/")
        for step in steps
        if step.type in spoken.reported | spoken.named
    ]
    return f"\n## Steps\n\n{', '.join(links)}\n" if links else ""


def _does(step: StepReference) -> str:
    removed = step.documented.get("removed")
    return step.documented["does"] + (f" Removed in version {removed}." if removed else "")


def _facts(step: StepReference) -> Iterator[tuple[str, str]]:
    yield "type in an export", code(full_type(step.type))
    yield "runs in", _RUNS_IN[step.facts["runs in"]]
    written = step.facts.get("written as", "WinPEandFullOS")
    yield "attribute runIn", code(written) if written else "none"
    yield "in the editor", _menu(step)
    if "action" in step.facts:
        yield "command", code(step.facts["action"])
    if "noun" in step.console:
        cmdlets = (f"{verb}-CMTSStep{step.console['noun']}" for verb in ("New", "Set", "Remove"))
        yield "cmdlets", ", ".join(map(code, cmdlets))
    yield "success codes", code(step.console.get("success codes", "0"))


def _menu(step: StepReference) -> str:
    if "menu" in step.console:
        return f"Add > {step.console['menu']}"
    if step.type.startswith("BDD_"):
        return "Microsoft Deployment Toolkit"
    return "removed" if "removed" in step.documented else "none"


def _settings(step: StepReference) -> Iterator[str]:
    if not step.settings and not step.unexplained:
        return
    yield from ("", "## Settings", "")
    if step.settings:
        if any(map(_numbered, step.settings)):
            yield from (f"`{NUMBER}` stands for a number, counted from 0.", "")
        columns = ("setting", "in the editor", "name in an export", "takes", "default", "about")
        yield from table(columns, (_row(one) for one in step.settings))
        if not all(one.overrides for one in step.settings):
            what = "it is an argument of the command, or the console writes it for itself"
            yield from ("", f"(*) No variable takes its place: {what}.")
    if step.unexplained:
        yield from ("", f"Found in exports as well: {', '.join(map(code, step.unexplained))}.")


def _numbered(setting: Setting) -> bool:
    return re.search(f"[a-z]{NUMBER}[A-Z]", setting.name) is not None


def _row(setting: Setting) -> tuple[str, ...]:
    name = code(setting.variable) + ("" if setting.overrides else " (*)")
    default = setting.default if " " in setting.default or "`" in setting.default else _code(setting.default)
    choices = "; ".join(f"{code(value)}: {label}" for value, label in setting.choices)
    label = f"{setting.label} ({choices})" if choices else setting.label
    return code(setting.name), label, name, setting.takes, default, setting.about


def _code(text: str) -> str:
    return code(text) if text else ""


def _variables(title: str, before: str, found: Mapping[str, str] | None) -> Iterator[str]:
    if found:
        yield from ("", f"## {title}", "")
        if before:
            yield from (before, "")
        rows = ((name if " " in name else code(name), told) for name, told in found.items())
        yield from table(("variable", "is"), rows)


def _example(step: StepReference) -> Iterator[str]:
    given = step.documented.get("example", {})
    if not step.facts.get("action"):
        return
    short = any(key in SHORT_FORMS for key in given)
    element = etree.fromstring(step_xml(given if short else {"step": step.type, **given}))
    etree.indent(element)
    yield from ("", "## In an export", "", *fenced(etree.tostring(element, encoding="unicode"), "xml"))


def _rules(kind: str, rules: Mapping[Rule, Spoken]) -> Iterator[str]:
    reported = [rule for rule, spoken in rules.items() if kind in spoken.reported]
    named = [rule for rule, spoken in rules.items() if kind in spoken.named]
    if not reported and not named:
        return
    yield from ("", "## Rules", "")
    if reported:
        yield from table(*_rule_rows(reported))
    if named:
        links = ", ".join(f"[{rule.id}](../rules/{rule.id}.md)" for rule in named)
        yield from (*([""] if reported else []), f"They look at it, and report another step: {links}.")


def _rule_rows(rules: Iterable[Rule]) -> tuple[tuple[str, ...], Iterator[tuple[str, ...]]]:
    rows = ((f"[{r.id}](../rules/{r.id}.md)", r.level, r.profile, r.summary) for r in rules)
    return ("rule", "level", "profile", "says"), rows


def _sources(step: StepReference) -> Iterator[str]:
    if "anchor" in step.documented:
        yield f"[Task sequence steps: {step.facts['name']}]({_UNDERSTAND}#{step.documented['anchor']})"
    if "class" in step.documented:
        yield f"[{full_type(step.type)}]({_SDK}{step.documented['class']})"
    elif "noun" in step.console:
        name = f"new-cmtsstep{step.console['noun']}".lower()
        yield f"[{name}](https://learn.microsoft.com/powershell/module/configurationmanager/{name})"
    if "removed" in step.documented or step.type.startswith("BDD_"):
        page = "core/plan-design/changes/deprecated/removed-and-deprecated-cmfeatures"
        yield f"[Removed and deprecated features](https://learn.microsoft.com/intune/configmgr/{page})"


def _first(step: StepReference) -> str:
    """Return the first sentence of what a step does."""
    return re.split(r"(?<=[.])\s", step.documented["does"], maxsplit=1)[0]
