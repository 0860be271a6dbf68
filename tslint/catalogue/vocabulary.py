"""The words that rules may name: types of step, their settings, variables and tools.

A type of step and its settings must be in the catalogue (rules/steps.yaml), or be declared beside own rules.
Variables, programs, options, values and properties may be any word, so only what looks like a misspelling of
a known one is told.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from tslint.catalogue.misspelling import is_slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


# How alike words are that are taken for the same word misspelt: one letter in nine.
_ALIKE: Final = 0.89
# Shorter words are often as near to each other as to a misspelling.
_SHORTEST_WORD: Final = 6
# Longer words are not compared: that takes quadratic time.
_LONGEST_WORD: Final = 60
# Of values and options shorter ones are not held against those that are documented.
_SHORTEST_VALUE: Final = 3
_SHORTEST_OPTION: Final = 4
_SHORTEST_NAMED_OPTION: Final = 5  # of tools of which only some options are known
# Cmdlets of one noun by these verbs are not each other's misspelling.
_ALIKE_VERBS: Final = ("get-", "set-")

# Values that no table has: of an attribute, of tests in conditions, and properties of what is exported.
# https://learn.microsoft.com/intune/configmgr/develop/reference/osd/sms_tasksequencepackage-server-wmi-class
# https://learn.microsoft.com/intune/configmgr/develop/reference/osd/sms_bootimagepackage-server-wmi-class
_OTHER_VALUES: Final = {
    "by": ("SetVariable", "SetDynamicVariables", "output", "command", "script", "engine"),
    "smstsrebootrequested": ("HD", "WinPE", "false"),
    "runin": ("WinPE", "FullOS", "WinPEandFullOS"),
    "test type": ("Variable", "WMI", "Folder", "File", "Registry", "OS"),
    "test operator": (
        *("equals", "notEquals", "exists", "notExists", "like", "notLike"),
        *("greater", "greaterEqual", "less", "lessEqual"),
    ),
    "property": (
        *("BootImageID", "CustomProgressMsg", "DependentProgram", "Description", "EstimatedRunTimeMinutes"),
        *("HighImpactTaskSequence", "Manufacturer", "Name", "PackageID", "PackageType", "RestartRequired"),
        *(
            "Sequence",
            "SourceSite",
            "SupportedOperatingSystems",
            "TsEnabled",
            "UseCustomProgressMsg",
            "Version",
        ),
        *("Architecture", "DefaultImage", "EnableLabShell", "ImageIndex", "ImageOSVersion", "ImagePath"),
        *("OptionalComponents", "PreExecCommandLine", "ReferencedDrivers", "ScratchSpace"),
    ),
}


class Vocabulary(NamedTuple):
    """Words by their small letters: types of step and the settings of each, variables, tools.

    ``options`` are those of each tool, ``values`` those documented of settings, variables and others.
    ``named`` are further tools, which built-in rules name, with those of their options that they name.
    """

    steps: Mapping[str, str]
    settings: Mapping[str, Mapping[str, str]]
    variables: Mapping[str, str]
    tools: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Mapping[str, str]]
    named: Mapping[str, Mapping[str, str]] = {}

    def fault(self, of: str, word: str, types: Iterable[str] = ()) -> tuple[str, str] | None:
        """Say what is wrong with a word and what would be right; None where nothing is.

        ``types`` are in small letters: the types of step of which one must have a setting, none for any; the
        tools of an option; what a value is of.
        """
        if of == "option":
            return self._wrong_option(word, types)
        if of == "property":
            return self._slip("property", word, self.values.get(of, {}))
        if of in ("value", "value of an example"):
            otherwise = "ask with 'matches'" if of == "value" else "add 'misspelt: true' to the example"
            known = {low: name for what in types for low, name in self.values.get(what, {}).items()}
            return self._slip("value", word, known, otherwise)
        if of == "step":
            return self._missing("there is no type of step", word, self.steps)
        if of == "setting":
            wanted = [kind for kind in types if kind in self.settings] or list(self.settings)
            known = {low: name for kind in wanted for low, name in self.settings[kind].items()}
            steps = " or ".join(self.steps[kind] for kind in wanted)
            whose = f"{steps} has no setting" if len(wanted) <= 3 else "no step has a setting"
            return self._missing(whose, word, known)
        if of == "variable":
            return self._misspelt("variable", word, self.variables)
        return self._wrong_tool(word) if of == "tool" else None

    def _wrong_tool(self, word: str) -> tuple[str, str] | None:
        low = word.lower()
        if low in self.named or low.rstrip("0123456789") in self.named:
            return None
        told = self._misspelt("program", word, self.tools)
        if told or low in self.tools or not _SHORTEST_WORD <= len(low) <= _LONGEST_WORD:
            return told
        alike = (other for other in self.named if is_slip(low, other) and len(other) >= _SHORTEST_WORD)
        near = next((other for other in alike if not _other_verb(low, other)), None)
        return _unknown("program", word, near) if near else None

    def _wrong_option(self, word: str, tools: Iterable[str]) -> tuple[str, str] | None:
        option = f"/{word[1:]}".partition(":")[0]
        if word[:1] not in ("-", "/") or len(option) < _SHORTEST_OPTION:
            return None
        known, named = (
            {low: name for tool in tools for low, name in some.get(tool, {}).items()}
            for some in (self.options, self.named)
        )
        if option.lower() in named:
            return None
        known |= named if len(option) >= _SHORTEST_NAMED_OPTION else {}
        return self._slip("option", option, known, "ask with 'argument'")

    @staticmethod
    def _slip(what: str, word: str, known: Mapping[str, str], otherwise: str = "") -> tuple[str, str] | None:
        low = word.lower()
        if low in known or low.isdigit() or len(low) < _SHORTEST_VALUE:
            return None
        near = next((name for other, name in known.items() if is_slip(low, other)), None)
        remedy = f"did you mean '{near}'?" + (f" Else {otherwise}" if otherwise else "")
        return (f"no {what} '{word[:_LONGEST_WORD]}' is documented", remedy) if near else None

    @staticmethod
    def _missing(what: str, word: str, known: Mapping[str, str]) -> tuple[str, str] | None:
        if word.lower() in known:
            return None
        near = _near(word, known, 0.6)
        remedy = f"did you mean '{near}'?" if near else "declare it in catalogue.yaml beside the rules"
        return f"{what} '{word[:_LONGEST_WORD]}'", remedy

    @staticmethod
    def _misspelt(what: str, word: str, known: Mapping[str, str]) -> tuple[str, str] | None:
        if word.lower() in known or word.lower().rstrip("0123456789") in known or len(word) < _SHORTEST_WORD:
            return None
        near = _near(word, known, _ALIKE)
        if not near:
            return None
        return _unknown(what, word, near)

    def with_named(self, options: Mapping[str, Iterable[str]]) -> Vocabulary:
        """Return the vocabulary with further tools, and options of theirs."""
        return self._replace(named={tool: _low(names) for tool, names in options.items()})

    def with_more(
        self, steps: Mapping[str, Iterable[str]], variables: Iterable[str], tools: Iterable[str]
    ) -> Vocabulary:
        """Return the vocabulary with more: types of step with the names of their settings, and the others."""
        settings = {kind.lower(): _low(names) for kind, names in steps.items()}
        return self._replace(
            steps={**self.steps, **_low(steps)},
            settings={**self.settings, **settings},
            variables={**self.variables, **_low(variables)},
            tools={**self.tools, **_low(tools)},
        )


def with_values(
    words: Vocabulary, options: Mapping[str, Iterable[str]], values: Iterable[tuple[str, Iterable[str]]]
) -> Vocabulary:
    """Return the vocabulary with the options of tools, and with values of settings and variables."""
    found: dict[str, dict[str, str]] = {}
    for what, some in (*_OTHER_VALUES.items(), *values):
        found.setdefault(what.lower(), {}).update(_low(some))
    return words._replace(options={tool: _low(names) for tool, names in options.items()}, values=found)


def _unknown(what: str, word: str, near: str) -> tuple[str, str]:
    remedy = f"did you mean '{near}'? Else declare it in catalogue.yaml beside the rules"
    return f"no {what} '{word[:_LONGEST_WORD]}' is documented", remedy


def _other_verb(word: str, other: str) -> bool:
    return word.startswith(_ALIKE_VERBS) and other.startswith(_ALIKE_VERBS) and word[0] != other[0]


def _near(word: str, known: Mapping[str, str], alike: float) -> str:
    found = [] if len(word) > _LONGEST_WORD else get_close_matches(word.lower(), known, 1, alike)
    return known[found[0]] if found else ""


def _low(words: Iterable[str]) -> dict[str, str]:
    return {word.lower(): word for word in words}


NOTHING: Final = Vocabulary({}, {}, {}, {}, {}, {})
