"""The exact versions of ``requirements/`` are those that every installation takes."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
RUNS = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
BUILDS = PROJECT["dependency-groups"]["build"]
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
COMMITS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
STALE = "run: python requirements/lock.py"


def text(name):
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def listed(lines):
    """Each package of a list with its one version."""
    found = {}
    for requirement in map(Requirement, lines):
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        assert requirement.name not in found
        found[canonicalize_name(requirement.name)] = Version(pin.version)
    return found


def pins(name):
    return listed(line.rstrip(" \\") for line in text(name).splitlines() if re.match(r"\w", line))


def asked(lines):
    """Each package that ``pyproject.toml`` asks for, but tslint itself."""
    found = {canonicalize_name(one.name): one for one in map(Requirement, lines)}
    return {name: one for name, one in found.items() if name != "tslint"}


CONSTRAINTS = pins("constraints")


@pytest.mark.parametrize("lines", [RUNS, BUILDS, *EXTRAS.values()], ids=["run time", "build", *EXTRAS])
def test_every_package_that_is_asked_for_has_a_version_that_fits(lines):
    for name, requirement in asked(lines).items():
        assert requirement.specifier.contains(CONSTRAINTS[name]), STALE


@pytest.mark.parametrize(("name", "extra"), [("hashed", ()), ("program", EXTRAS["program"])])
def test_an_installation_with_hashes_takes_the_same_versions(name, extra):
    hashed = pins(name)
    assert hashed.items() <= CONSTRAINTS.items(), STALE
    assert hashed.keys() >= {*asked(RUNS), *asked(BUILDS), *asked(extra)}, STALE
    assert len(re.findall(r"(?m)^[\w.-]+==", text(name))) == len(
        re.findall(r"(?m)^[\w.-]+==.* \\\n    --hash=sha256:[0-9a-f]{64}", text(name))
    )


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_takes_the_same_versions(hook):
    taken = listed(hook["additional_dependencies"])
    assert taken.items() <= CONSTRAINTS.items(), STALE
    assert taken.keys() >= asked(RUNS).keys(), STALE
    assert {*taken, *listed(PROJECT["build-system"]["requires"])} == pins("hashed").keys(), STALE


def test_a_commit_is_checked_with_the_same_versions():
    tools = [
        tool for hook in COMMITS["repos"][0]["hooks"] for tool in hook.get("additional_dependencies", ())
    ]
    assert listed(sorted(set(tools))).items() <= CONSTRAINTS.items(), STALE
    assert len(tools) == 3


def test_the_package_is_built_with_the_same_versions():
    taken = listed(PROJECT["build-system"]["requires"])
    assert taken.items() <= CONSTRAINTS.items(), STALE
    assert taken.keys() >= asked(BUILDS).keys(), STALE


def test_the_lowest_versions_are_the_bounds():
    lowest = pins("lowest")
    for name, requirement in asked([*RUNS, *EXTRAS["test"]]).items():
        bounds = {pin.operator: pin.version for pin in requirement.specifier}
        assert lowest[name] == Version(bounds[">="]), STALE


def test_each_command_of_the_readme_installs_with_the_constraints():
    commands = re.findall(r"(?m)^python -m pip install .*$", README)
    assert len(commands) == 2
    assert all(" -c requirements/constraints.txt " in command for command in commands)
