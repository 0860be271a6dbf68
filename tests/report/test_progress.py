import io

from tslint.report import progress
from tslint.report.progress import Progress


def test_a_short_run_shows_nothing():
    stream = io.StringIO()
    shown = Progress(stream, 80)
    shown(1, "a.xml")
    shown.close()
    assert stream.getvalue() == ""


def test_a_long_run_shows_a_line_that_fits_and_wipes_it(monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", 0)
    stream = io.StringIO()
    shown = Progress(stream, 20)
    shown(1, "a\x1b.xml")
    shown(2, "too soon.xml")
    shown.close()
    line = "1 file  a\\x1b.xml"
    assert stream.getvalue() == "\r" + line.ljust(19) + "\r" + " " * 19 + "\r"
