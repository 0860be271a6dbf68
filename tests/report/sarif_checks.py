"""What GitHub and careful readers ask of a SARIF log, beyond its schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LEVELS = {"error", "warning", "note"}


def complaints(log: dict[str, Any]) -> list[str]:
    """Everything that is wrong with ``log``, in words."""
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    found = [
        f"{what} is not {value!r}"
        for what, actual, value in (
            ("$schema", log["$schema"], "https://json.schemastore.org/sarif-2.1.0.json"),
            ("version", log["version"], "2.1.0"),
            ("columnKind", run["columnKind"], "unicodeCodePoints"),
            ("automationDetails.id", run["automationDetails"]["id"], "tslint/"),
            ("the order of the rules", [rule["id"] for rule in rules], sorted(rule["id"] for rule in rules)),
        )
        if actual != value
    ]
    if len(run["results"]) > 25_000:
        found.append("more than 25,000 results")
    for rule in rules:
        found += (f"rule {rule['id']}: {text}" for text in _rule(rule))
    for number, result in enumerate(run["results"]):
        found += (f"result {number}: {text}" for text in _result(result, rules))
    return found


def _rule(rule: dict[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"([A-Z][a-z0-9]*)+", rule["name"]):
        yield "the name is not PascalCase"
    for key in ("shortDescription", "fullDescription"):
        if not 0 < len(rule[key]["text"]) <= 1024:
            yield f"{key} is empty or too long"
    if not (rule["help"]["text"] and rule["help"]["markdown"]):
        yield "no help"
    if rule["defaultConfiguration"]["level"] not in LEVELS:
        yield "no level"
    if not rule["helpUri"].startswith("https://"):
        yield "no helpUri"
    properties = rule["properties"]
    if not 0 < len(properties["tags"]) <= 10:
        yield "tags"
    if properties["precision"] not in {"very-high", "high", "medium", "low"}:
        yield "precision"
    if properties["problem.severity"] not in {"error", "warning", "recommendation"}:
        yield "problem.severity"


def _result(result: dict[str, Any], rules: list[dict[str, Any]]) -> Iterator[str]:
    if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
        yield "ruleIndex points at another rule"
    if result["level"] not in LEVELS:
        yield "no level"
    if not result["message"]["text"].endswith((".", ".)")):
        yield "the message is no sentence"
    if len(result["locations"]) != 1:
        yield "not one location"
    if not re.fullmatch(r"[0-9a-f]{16}:1", result["partialFingerprints"]["primaryLocationLineHash"]):
        yield "no fingerprint"
    ids = [location["id"] for location in result.get("relatedLocations", ())]
    if ids != [int(number) for number in re.findall(r"\]\((\d+)\)", result["message"]["text"])]:
        yield "links and relatedLocations differ"
    flows = [
        step["location"]
        for flow in result.get("codeFlows", ())
        for thread in flow["threadFlows"]
        for step in thread["locations"]
    ]
    if len(flows) > 1_000 or len(ids) > 100:
        yield "too many locations"
    for location in (*result["locations"], *result.get("relatedLocations", ()), *flows):
        yield from _physical(location["physicalLocation"])


def _physical(place: dict[str, Any]) -> Iterator[str]:
    uri = place["artifactLocation"]["uri"]
    if not re.fullmatch(r"(file:///)?[A-Za-z0-9._~%/:-]+", uri) or "\\" in uri:
        yield f"odd URI {uri}"
    region, context = place["region"], place["contextRegion"]
    (start, end), (around_start, around_end) = _corners(region), _corners(context)
    if not (1, 1) <= start < end:
        yield f"odd region {region}"
    if not (around_start <= start and end <= around_end and (around_start, around_end) != (start, end)):
        yield "the context does not surround the region"
    if not all("text" in one["snippet"] for one in (region, context)):
        yield "no snippet"


def _corners(region: dict[str, Any]) -> tuple[tuple[int, int], tuple[int, int]]:
    return (region["startLine"], region["startColumn"]), (region["endLine"], region["endColumn"])
