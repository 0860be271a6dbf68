"""Which streams are painted."""

import io
import sys
from types import SimpleNamespace

import pytest

from tslint.report.terminal import has_colour


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)


def console_of_windows(monkeypatch, fix=lambda: None):
    """Make standard output such a console; return a list that gets an item each time ``fix`` is called."""
    called = []
    colorama = SimpleNamespace(just_fix_windows_console=lambda: called.append(fix()))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setitem(sys.modules, "colorama", colorama)
    return called


@pytest.mark.parametrize(
    ("settings", "terminal", "pipe"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
    ],
)
def test_terminals_are_painted_and_the_environment_decides(monkeypatch, settings, terminal, pipe):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert has_colour(Terminal()) is terminal
    assert has_colour(io.StringIO()) is pipe


@pytest.mark.parametrize("force", ["", "1"])
def test_the_console_of_windows_is_made_ready_for_colour(monkeypatch, force):
    monkeypatch.setenv("FORCE_COLOR", force)
    made_ready = console_of_windows(monkeypatch)
    assert has_colour(sys.stdout) is True
    assert len(made_ready) == 1


@pytest.mark.parametrize(("stream", "refuse"), [(io.StringIO(), ""), (Terminal(), "1")])
def test_where_no_colour_is_written_nothing_is_made_ready(monkeypatch, stream, refuse):
    monkeypatch.setenv("NO_COLOR", refuse)
    made_ready = console_of_windows(monkeypatch)
    assert has_colour(stream) is False
    assert made_ready == []


def test_a_console_that_knows_no_colour_gets_plain_text(monkeypatch):
    """Before Windows 10 colorama puts a translator in the place of the stream."""
    console_of_windows(monkeypatch, lambda: setattr(sys, "stdout", io.StringIO()))
    console = sys.stdout
    assert has_colour(console) is False
    assert has_colour(console) is False
