"""Regular expressions made to take for ever: found or not in work linear in the text, which is counted."""

from itertools import product
from random import Random

import pytest

from tests.linting import TABLES
from tests.rule_text import RULE
from tslint.language.searches import Searches
from tslint.lint.run import lint
from tslint.logic.effort import EffortExceededError
from tslint.regex.construction import automaton_of
from tslint.regex.search import MOST_REMEMBERED, Search
from tslint.regex.syntax import MAX_EXPRESSION, parse
from tslint.regex.tree import size
from tslint.rules.custom import load_rules
from tslint.rules.example import sequence_xml

EVIL = [
    "(a+)+$",
    "(a|a)*b",
    "(a|aa)+$",
    "(.*)*x",
    "(.*a){30}x",
    r"^(\w+\s?)*$",
    r"(\b|\B|\w)*x",
    "((a?)*)*x",
    "(a?){500}a{500}x",
    "(((a{0,9}){0,9}){0,9})*x",
    "(a|b)*a(a|b){300}x",
    "a.{600}x",
    "(x+x+)+y",
    r"(\ba|\Bb|^|$){200}x",
]
TEXTS = ["a" * 600, "ab" * 300, "x" * 600, "aaa " * 150, "".join(Random(1).choices("ab", k=600))]  # noqa: S311


def work(regex, text):
    """Count the steps of work that one look takes."""
    spent = []
    assert Search(automaton_of(regex), spent.append).finds(text) in (True, False)
    return sum(spent)


@pytest.mark.parametrize("regex", EVIL)
def test_the_work_is_linear_in_the_text(regex):
    for text in TEXTS:
        assert work(regex, text * 4) <= 2.5 * work(regex, text * 2)


@pytest.mark.parametrize("regex", EVIL)
def test_no_character_takes_more_than_each_part_once(regex):
    parts = size(parse(regex))
    made = work(regex, "")
    for text in TEXTS:
        assert work(regex, text) - made <= (3 + parts) * len(text)


@pytest.mark.parametrize(
    "regex", [*EVIL, "(a?)" * 240, f"(a?){{{MAX_EXPRESSION // 4}}}", "((((((a?){3}){3}){3}){3}){2})*"]
)
def test_an_automaton_takes_no_more_than_the_square_of_its_parts(regex):
    parts = size(parse(regex))
    assert automaton_of(regex).work <= parts * (2 * parts + 500)


def test_what_is_remembered_is_bounded():
    search = Search(automaton_of(r"a.{30}x"))
    search.finds("".join(Random(2).choices("ab", k=5 * MOST_REMEMBERED)))  # noqa: S311
    search.finds("".join(map(chr, range(0x4E00, 0x4E00 + 2 * MOST_REMEMBERED))))
    assert sum(map(len, search._states.values())) <= MOST_REMEMBERED
    assert len(search._taking) <= MOST_REMEMBERED


def test_a_search_that_costs_too_much_is_broken_off_within_the_text():
    left = [1000]

    def spend(steps):
        left[0] -= steps
        if left[0] < 0:
            raise EffortExceededError

    searches = Searches(spend)
    with pytest.raises(EffortExceededError):
        searches.find("(a|b)*a(a|b){300}x", TEXTS[-1])
    left[0] = 1000
    assert searches.find("b", TEXTS[-1])


def test_what_is_charged_does_not_depend_on_what_was_read_before():
    def charged(*texts):
        spent = []
        searches = Searches(spent.append)
        for regex, text in product(EVIL[:3], texts):
            searches.find(regex, text)
        return sum(spent)

    first = charged("a" * 60)
    assert charged("ab" * 60, "a" * 60) > first
    assert charged("a" * 60) == first


def test_a_rule_of_evil_regular_expressions_comes_to_its_verdict(folder):
    evil = ", ".join(f"{{matches: '{regex}'}}" for regex in EVIL[:7])
    pattern = f"never: {{description: {{all: [{evil}, {{longer: 3}}]}}}}"
    (folder / "r.yaml").write_text(RULE.replace("never: {step: Reboot}", pattern), "utf-8")
    rules, _ = load_rules("r.yaml")
    data = sequence_xml(
        [{"run": "x", "description": "a" * 50_000}, {"run": "x", "description": "ax"}]
    ).encode()
    result = lint(["-"], rules, TABLES, stdin_name="x", read_stdin=lambda: data)
    assert (result.undecided, result.crashes) == ((), ())
