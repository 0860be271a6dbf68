"""The page of a rule in Markdown: for ``--explain``, the documentation and the help in SARIF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tslint.rules.rule import PROFILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import NotRequired, TypedDict

    from tslint.catalogue.step_notation import Node
    from tslint.data_files.plain_data import Plain
    from tslint.rules.rule import Rule

    class Source(TypedDict):
        """A page that a rule rests on."""

        title: str
        url: str

    class Remedy(TypedDict, total=False):
        """How to mend what a rule reports."""

        console: str
        cmdlet: str
        workbench: str

    Example = TypedDict(
        "Example",
        {
            "title": str,
            "at": NotRequired[str | list[str]],
            "level": NotRequired[str],
            "sequence": NotRequired[list[Node]],
            "children": NotRequired[dict[str, list[Node]]],
            "lite-touch": NotRequired[bool],
            "misspelt": NotRequired[bool],
            "text": NotRequired[str],
            "package": NotRequired[dict[str, str]],
            "packages": NotRequired[dict[str, dict[str, str]]],
        },
    )

    class Examples(TypedDict, total=False):
        """What a rule reports, and what looks like it and is silent."""

        reported: list[Example]
        silent: list[Example]

    class Page(TypedDict):
        """What a rule's page shows besides the fields of ``Rule``, in the author's order."""

        level: Plain
        why: str
        sources: list[Source]
        summary: str
        message: str
        remedy: Remedy
        silences: NotRequired[list[str]]
        decide: NotRequired[list[str]]
        examples: NotRequired[Examples]


# What YAML reads as the same word without quotes, also inside brackets (save what _flow leaves out).
_BARE = re.compile(r"[A-Za-z_/\\][\w%/\\.*:=() -]*")
_NOT_WORDS = {"true", "false", "null"}


class Mended(NamedTuple):
    """How tslint mends a rule's first example that it can mend: in words, and in PowerShell ("" for none)."""

    title: str
    words: str
    command: str
    safe: bool


def markdown(rule: Rule, page: Page, mended: Mended | None = None) -> str:
    """Write the page. ``page`` is the rule's entry among the pages of builtin.py or custom.py."""
    lines = [f"# {rule.id} {rule.name}", "", rule.summary, ""]
    lines += ["| level | precision | profile | category | task sequences |", "|---|---|---|---|---|"]
    about = (level(rule, page), rule.precision, profile(rule), rule.category, engines(rule))
    lines += [f"| {' | '.join(about)} |"]
    if page["why"]:
        lines += ["", "## Why", "", page["why"].strip()]
    lines += _remedy(rule, page, mended)
    examples = page.get("examples", {})
    listed = (("Reported", examples.get("reported")), ("Not reported", examples.get("silent")))
    for title, shown in listed:
        lines += ["", f"## {title}"] if shown else []
        for example in shown or ():
            lines += ["", *_example(example)]
    if page["sources"]:
        lines += ["", "## Sources", ""]
        lines += [f"- [{source['title']}]({source['url']})" for source in page["sources"]]
    if rule.silences:
        lines += ["", f"Where this rule reports, these say nothing: {', '.join(rule.silences)}."]
    return "\n".join(lines) + "\n"


def _remedy(rule: Rule, page: Page, mended: Mended | None) -> Iterator[str]:
    if page["remedy"]:
        yield from ("", "## How to mend it", "", f"In the console: {remedy(rule)}")
    if rule.workbench:
        yield from ("", f"In the Deployment Workbench of MDT: {rule.workbench}")
    if rule.cmdlet:
        yield from ("", "With PowerShell:", "", *fenced(cmdlet(rule), "powershell"))
    for decide in page.get("decide", ()):
        yield from ("", f"To decide before: {decide}")
    if mended is not None:
        option = "--fix" if mended.safe else "--fix --unsafe-fixes"
        yield from (
            "",
            f"`tslint {option}` does it. What becomes of the example below, {mended.title!r}:",
            "",
        )
        yield mended.words
        if mended.command:
            yield from ("", *fenced(mended.command, "powershell"))


def notation(steps: Iterable[Node], indent: str = "") -> list[str]:
    """Write steps in the compact notation, as YAML lines: a step on one line, a group over several."""
    lines = []
    for step in steps:
        if "group" not in step:
            lines.append(f"{indent}- {_flow(step)}")
            continue
        head, *rest = [f"{key}: {_flow(value)}" for key, value in step.items() if key != "steps"]
        lines += [f"{indent}- {head}", *(f"{indent}  {line}" for line in rest)]
        if "steps" in step:
            lines += [f"{indent}  steps:" + ("" if step["steps"] else " []")]
            lines += notation(step["steps"], f"{indent}    ")
    return lines


def level(rule: Rule, page: Page) -> str:
    """Return the level of a rule's findings, and what it depends on."""
    larger = (f"{level} in profile {name}" for name, level in rule.levels_in)
    return ", ".join((_own_level(rule, page), *larger))


def profile(rule: Rule) -> str:
    """Return the profile of a rule, and what of it only larger ones run."""
    larger = PROFILES[PROFILES.index(rule.profile) + 1 :]
    named = {clause.profile for clause in rule.clauses}
    return ", ".join((rule.profile, *(f"in part {name}" for name in larger if name in named)))


def _own_level(rule: Rule, page: Page) -> str:
    told = page["level"]
    if isinstance(told, dict):
        return ", ".join(f"{value} when broken {quantifier}" for quantifier, value in told.items())
    if isinstance(told, list):
        return ", ".join(
            " ".join([entry["level"], *(f"{key} {entry[key]}" for key in ("over", "under") if key in entry)])
            for entry in told
        )
    return rule.level


def engines(rule: Rule) -> str:
    """Return the task sequences that a rule is for."""
    names = {"configmgr": "Configuration Manager", "lite-touch": "MDT Lite-Touch"}
    return ", ".join(names[engine] for engine in rule.engines)


def remedy(rule: Rule) -> str:
    """Return what a rule says of mending any of its findings."""
    return rule.remedy.replace("{setter}", "the step that sets it")


def cmdlet(rule: Rule) -> str:
    """Return a rule's command, with variables where the names of task sequence and step go."""
    command = rule.cmdlet.replace("{set}", "Set-CMTSStepRunCommandLine")
    command = command.replace("{step}", "{sequence} -StepName $StepName")
    command = command.replace("{child}", "-TaskSequenceName $ChildName")
    return command.replace("{sequence}", "-TaskSequenceName $TaskSequenceName")


def _example(example: Example) -> Iterator[str]:
    yield f"{example_title(example)}:"
    yield ""
    yield from fenced(example_text(example), "xml" if "text" in example else "yaml")


def example_title(example: Example) -> str:
    """Return what an example shows, the steps at which it is reported, and its level if that is its own."""
    at = example.get("at")
    places = ", ".join([at] if isinstance(at, str) else at or ())
    told = f" ({example['level']})" if "level" in example else ""
    return f"{example['title']}{f' (at {places})' if places else ''}{told}"


def example_text(example: Example) -> str:
    """Return an example in the compact notation, or the text of its file."""
    if "text" in example:
        return example["text"].rstrip("\n")
    lines = notation(example["sequence"])
    for package, steps in example.get("children", {}).items():
        lines += [f"# the child task sequence {package}", *notation(steps)]
    told = {"the task sequence": example.get("package", {}), **example.get("packages", {})}
    lines[:0] = [f"# properties of {package}: {_flow(one)}" for package, one in told.items() if one]
    if example.get("lite-touch"):
        lines.insert(0, "# a task sequence of MDT Lite-Touch")
    return "\n".join(lines)


def fenced(text: str, language: str) -> list[str]:
    """Fence a block with more backticks than it holds itself."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{language}", *text.split("\n"), fence]


def _flow(value: object) -> str:
    """Write a value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_flow(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        bare = _BARE.fullmatch(value) and value[-1] not in ": " and ": " not in value
        return value if bare and value.lower() not in _NOT_WORDS else _quoted(value)
    return "null" if value is None else str(value).lower()


def _quoted(text: str) -> str:
    """Write single quotes where nothing needs escaping, a JSON string (which is YAML) elsewhere."""
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    import json

    return json.dumps(text, ensure_ascii=True)
