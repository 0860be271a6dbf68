"""The rules of a run: which there are, which are chosen, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.arguments import UsageError
from tslint.rules.rule import PROFILES
from tslint.rules.rule_level import in_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tslint.cli.arguments import Options
    from tslint.report.terminal import Screen
    from tslint.rules.page import Page
    from tslint.rules.rule import Profile, Rule


def choose(rules: Iterable[Rule], options: Options) -> tuple[Rule, ...]:
    """Return the rules that run, in their order, as they are in the profile.

    Raises UsageError at a word that names none.

    ``--select`` looks among all rules, whatever their profile, and ``--ignore`` wins over it. What tslint
    itself reports runs with its profile unless ignored: else a file that cannot be read would look clean.
    """
    rules = tuple(rules)
    selected, ignored = named(options.select, rules), named(options.ignore, rules)
    profile = profile_of(options)

    def wanted(rule: Rule) -> bool:
        if rule.id in ignored:
            return False
        if options.select and not rule.is_fault:
            return rule.id in selected
        return rule.id in selected or PROFILES.index(rule.profile) <= PROFILES.index(profile)

    return tuple(in_profile(r, profile, selected=r.id in selected) for r in rules if wanted(r))


def profile_of(options: Options) -> Profile:
    """Return the profile that the options name, recommended where they name none."""
    return next((one for one in PROFILES if one == options.profile), PROFILES[0])


def named(words: Iterable[str], rules: Sequence[Rule]) -> set[str]:
    """Return the ids that ids, names, id prefixes or categories stand for. Raises UsageError."""
    ids: set[str] = set()
    for word in words:
        from tslint.rules.rule_words import rules_named

        found = rules_named(word, rules)
        if not found:
            raise UsageError(_unknown("rule, id prefix or category", word, rules))
        ids |= found
    return ids


def _unknown(kind: str, word: str, rules: Sequence[Rule]) -> str:
    from tslint.rules.rule_words import nearest_rule

    return f"unknown {kind}: {word}; {nearest_rule(word, rules)}"


def known_rules(paths: Iterable[str]) -> tuple[dict[str, Rule], Callable[[str], Page]]:
    """Return all rules by id and their pages: the built-in ones, then those of ``paths``, each in id order.

    In this order they are judged, so that costly rules of somebody's own never keep a built-in one from it.
    """
    from tslint.rules.builtin import builtin_pages, builtin_rules

    rules = {rule.id: rule for rule in builtin_rules()}
    further: dict[str, Rule] = {}
    paths_of: dict[str, str] = {}
    pages: dict[str, Page] = {}
    for path in paths:
        from tslint.rules.custom import load_rules

        loaded, own = load_rules(path)
        for rule in loaded:
            if rule.id in further:
                raise UsageError(
                    f"{paths_of[rule.id]} and {path} both have a rule {rule.id}; give one another id"
                )
            further[rule.id], paths_of[rule.id] = rule, path
        pages.update(own)

    rules |= {rule: further[rule] for rule in sorted(further)}

    def page(rule: str) -> Page:
        if rule not in pages:
            pages.update(builtin_pages())
        return pages[rule]

    return rules, page


def explained(
    word: str, rules: Mapping[str, Rule], page: Callable[[str], Page], screen: Screen | None = None
) -> str:
    """Return the page of a rule, by id or name: as Markdown, or laid out for a screen.

    Raises UsageError where there is none.
    """
    from tslint.mend.on_example import mended_example
    from tslint.report.escape import inert
    from tslint.rules.builtin import builtin_tables
    from tslint.rules.page import markdown
    from tslint.rules.rule_words import rule_called

    found = rule_called(word, rules.values())
    if not found:
        raise UsageError(_unknown("rule", word, tuple(rules.values())))
    rule = rules[found]
    mended = mended_example(rule, page(found), builtin_tables())
    text = markdown(rule, page(found), mended).rstrip()
    if screen:
        from tslint.report.rule_page import laid_out

        text = laid_out(text, screen)
    return inert(text) + "\n"


def listed(options: Options, rules: Mapping[str, Rule]) -> str:
    """Return the table of the rules that the options choose, of all profiles unless they name one.

    Each has its level in the profile named, else in its own. What tslint itself reports runs whatever is
    selected; it is listed only if it was selected too.
    """
    from tslint.report.rule_list import rule_json, rule_table

    listed = choose(rules.values(), options._replace(profile=options.profile or PROFILES[-1]))
    if not options.profile:
        listed = tuple(rules[rule.id] for rule in listed)
    if options.select:
        selected = named(options.select, listed)
        listed = tuple(rule for rule in listed if rule.id in selected)
    return rule_json(listed) if options.outputs[0].format == "json" else rule_table(listed)
