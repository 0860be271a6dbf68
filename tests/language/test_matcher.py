"""Matchers decide what is known, and leave open what is not."""

import pytest

from tests.linting import TABLES
from tslint.language.matcher import Subject, decide, known, read_matcher
from tslint.language.searches import Searches
from tslint.language.selector import UNCHECKED
from tslint.logic.text import Unknown, references


def of(text):
    """A text in which %names% are unknown and no guard tells anything of them."""
    if text is None:
        return known(None, TABLES, Searches())
    parts = [part if isinstance(part, str) else Unknown(part[0].lower(), -1) for part in references(text)]
    return Subject(tuple(part for part in parts if part), TABLES, Searches(), lambda *_: None)


@pytest.mark.parametrize(
    ("matcher", "text", "answer"),
    [
        ("Simple", " simple ", True),
        ("Simple", "Advanced", False),
        (True, "TRUE", True),
        ("Simple", None, False),
        ("Simple", "%Mode%", None),
        ("Simple", "Adv%Rest%", False),
        ("Simple", "Sim%Rest%", None),
        (["a", "b"], "B", True),
        (["a", "b"], "c", False),
        ({"not": "a"}, "%X%", None),
        ({"not": ["a", "b"]}, "c", True),
        ({"missing": True}, None, True),
        ({"missing": True}, "", True),
        ({"missing": True}, "x", False),
        ({"missing": False}, "x%Y%", True),
        ({"missing": False}, "%Y%", None),
        ({"matches": "^s.+E$"}, "Simple", True),
        ({"matches": "x"}, "%Y%", None),
        ({"over": 30}, "31", True),
        ({"over": 30}, "30", False),
        ({"over": 30}, "many", False),
        ({"under": 30}, "%Y%", None),
        ({"within": [1, 5]}, "5", True),
        ({"within": [1, 5]}, "6", False),
        ({"starts": "C:"}, "c:\\%X%", True),
        ({"starts": "C:\\a"}, "c:\\%X%", None),
        ({"starts": "D:"}, "c:\\%X%", False),
        ({"starts": "D:"}, "%X%", None),
        ({"ends": "\\x"}, "%Y%\\X", True),
        ({"ends": "z\\x"}, "%Y%\\X", None),
        ({"ends": "\\x"}, None, False),
        ({"contains": "b"}, "aBc", True),
        ({"contains": "b"}, "ac", False),
        ({"contains": "b"}, "a%X%", None),
        ({"path": "root"}, "C:\\", True),
        ({"path": ["root", "unc"]}, "C:\\a", False),
        ({"path": "root"}, "%X%", None),
        ({"path": "root"}, None, False),
        ({"starts": "a", "ends": "b"}, "a%X%", None),
        ({"starts": "a", "ends": "b"}, "c%X%", False),
    ],
)
def test_a_matcher_answers_yes_no_or_open(matcher, text, answer):
    assert decide(read_matcher(matcher, UNCHECKED), of(text)) is answer


def test_what_guards_tell_of_an_unknown_value_is_asked():
    asked = []

    def ask(operator, value):
        asked.append((operator, value))
        return True

    subject = Subject((Unknown("mode", -1),), TABLES, Searches(), ask)
    assert decide(read_matcher("Simple", UNCHECKED), subject) is True
    assert decide(read_matcher({"missing": False}, UNCHECKED), subject) is True
    assert asked == [("equals", "Simple"), ("exists", "")]
