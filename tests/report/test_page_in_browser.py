"""The page of --format html, opened in Chromium; left out where there is no browser."""

from pathlib import Path

import pytest

from tests.hostile.test_names import sequence as hostile_sequence
from tests.report.samples import document, finding, report
from tools.browser import NoBrowserError, browser
from tslint.cli.main import main
from tslint.report.formats import html
from tslint.rules.example import sequence_xml

pytestmark = [
    pytest.mark.xdist_group("browser"),
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
EXAMPLE = Path(__file__).parents[2] / "examples" / "refresh-broken.xml"
MENDED = EXAMPLE.with_name("refresh-mended.xml")


@pytest.fixture(scope="module")
def chromium():
    try:
        with browser() as opened:
            yield opened
    except NoBrowserError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def watched(chromium):
    """A function that opens a page. What the browser complains of or fetches fails the test."""
    contexts, complaints = [], []

    def open_file(file, width=1600, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        shown = context.new_page()
        shown.on("console", lambda said: complaints.append(said.text))
        shown.on("pageerror", lambda error: complaints.append(str(error)))
        shown.on("dialog", lambda dialog: complaints.append(dialog.message))
        shown.on(
            "request", lambda asked: complaints.append(asked.url) if asked.url != file.as_uri() else None
        )
        shown.goto(file.as_uri())
        return shown

    yield open_file
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def opened(watched, tmp_path):
    """A function that opens the page of a task sequence."""

    def open_page(text=None, *, page=None, **options):
        (tmp_path / "seq.xml").write_bytes(text.encode() if text else EXAMPLE.read_bytes())
        file = tmp_path / "page.html"
        if page is None:
            arguments = ["--isolated", "--profile", "all", "--fail-on", "never", f"--output=html={file}"]
            main([*arguments, str(tmp_path / "seq.xml")])
        else:
            file.write_text(page, "utf-8")
        return watched(file, **options)

    return open_page


@pytest.fixture
def reviewed(watched, tmp_path):
    """A function that opens the page of a review."""

    def open_page(*arguments, **options):
        file = tmp_path / "review.html"
        main([*map(str, arguments), "--format=html", f"--output={file}"])
        return watched(file, **options)

    return open_page


def accessible(page, width):
    """Open all, and look at it as axe-core does."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.locator("#open").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = axe.run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []


def test_a_finding_shows_its_path_its_step_and_its_mend(opened):
    page = opened()
    found = page.locator(".finding", has_text="restores while")
    found.locator("summary").first.click()
    assert found.locator("ol li").count() == 6
    assert page.locator(".tree details.chosen > summary").inner_text().count("Restore User State") == 1
    assert page.locator(".tree details.passed-over > summary", has_text="Release State Store").count() == 1
    assert "Set-CMTSStepReleaseStateStore" in found.locator(".command code").inner_text()
    found.locator(".about > summary").click()
    assert found.locator(".about h4", has_text="Why").is_visible()


def test_one_finding_is_open_at_a_time_and_closing_it_unmarks_the_tree(opened):
    from playwright.sync_api import expect

    page = opened()
    summaries = page.locator(".finding > summary")
    summaries.nth(0).click()
    summaries.nth(1).click()
    expect(page.locator(".finding[open]")).to_have_count(1)
    summaries.nth(1).click()
    page.wait_for_function("!document.querySelector('.chosen, .on-path')")


def test_a_badge_in_the_tree_opens_its_finding(opened):
    page = opened()
    page.locator(".tree .badge", has_text="TS165").click()
    assert "hard-link store" in page.locator(".finding[open] > summary").inner_text()


@pytest.mark.parametrize(
    ("field", "value"),
    [("level", "warning"), ("category", "user-state"), ("rule", "TS108"), ("text", "Berlin")],
)
def test_the_list_is_narrowed(opened, field, value):
    page = opened()
    everything = page.locator(".finding").count()
    control = page.locator(f"[name={field}]")
    control.fill(value) if field == "text" else control.select_option(value)
    shown = page.locator(".finding:visible")
    assert 0 < shown.count() < everything or field == "category"
    for number in range(shown.count()):
        attribute = shown.nth(number).get_attribute(f"data-{field}")
        assert value in (attribute or shown.nth(number).text_content())
    assert page.locator("#shown").inner_text() == f"{shown.count()} of {everything}"


def test_arrow_keys_go_through_the_tree_and_open_steps(opened):
    page = opened()
    page.locator("#s1 > summary").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.parentElement.id") == "s2"
    page.keyboard.press("ArrowRight")
    assert page.locator("#s2 > .panel").is_visible()
    page.keyboard.press("ArrowLeft")
    assert not page.locator("#s2 > .panel").is_visible()


@pytest.mark.parametrize("width", [400, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window_and_axe_finds_nothing(opened, width, scheme):
    page = opened(width=width, color_scheme=scheme)
    page.locator(".finding > summary").nth(1).click()
    page.locator(".finding[open] .about > summary").click()
    accessible(page, width)


@pytest.mark.parametrize(("width", "scheme"), [(400, "dark"), (1600, "light")])
def test_the_pages_of_reviews_and_hostile_names_do_as_well(reviewed, opened, tmp_path, width, scheme):
    hostile = tmp_path / "hostile.xml"
    hostile.write_text(hostile_sequence(), "utf-8")
    accessible(reviewed("show", EXAMPLE, width=width, color_scheme=scheme), width)
    for old, new in ((EXAMPLE, MENDED), (MENDED, hostile)):
        page = reviewed("diff", "--isolated", old, new, width=width, color_scheme=scheme)
        page.locator(".finding > summary").last.click()
        accessible(page, width)
    accessible(opened(hostile.read_text("utf-8"), width=width, color_scheme=scheme), width)


def test_a_change_marks_its_line_and_an_effect_its_steps(reviewed):
    page = reviewed("diff", "--isolated", EXAMPLE, MENDED)
    page.locator(".finding.added > summary").click()
    chosen = page.locator(".tree details.chosen > summary")
    chosen.filter(has_text="Restart to delete").wait_for()
    page.locator("[name=group]").select_option("what it means")
    page.locator(".finding:visible > summary").click()
    chosen.filter(has_text="Release State Store").wait_for()


def test_an_address_may_name_a_finding(opened, tmp_path):
    page = opened()
    page.goto(f"{(tmp_path / 'page.html').as_uri()}#f1")
    page.reload()
    assert page.locator("#f1[open]").count() == 1


def test_variables_that_stand_out_can_be_seen_alone(opened):
    page = opened()
    page.locator("#noted").check()
    assert page.locator("#variables tbody tr:visible").count() == page.locator("#variables tr.noted").count()


def test_no_name_runs_or_reaches_out(opened):
    page = opened(hostile_sequence())
    page.locator(".finding > summary").first.click()
    page.locator("#open").click()
    assert "onerror" in page.locator(".tree").first.inner_text()
    assert page.locator("img").count() == 0


def test_twenty_thousand_findings_open(opened):
    source = document()
    many = (finding(source, message=f"Number {number}.") for number in range(20_000))
    page = opened(page=html.render(report(*many)))
    page.locator("[name=text]").fill("Number 77")
    assert page.locator("#shown").inner_text().endswith(f" of {html.MOST_FINDINGS}")


def test_a_thousand_steps_answer_at_once(opened):
    steps = [{"run": f"tool{number}.exe", "name": f"Step {number}"} for number in range(1_000)]
    page = opened(sequence_xml([{"group": "All", "steps": steps}]))
    milliseconds = page.evaluate(
        "() => { const begun = performance.now(); document.getElementById('open').click();"
        " document.body.offsetHeight; return performance.now() - begun; }"
    )
    assert milliseconds < 1_000


def test_printed_is_all_that_there_is(opened):
    page = opened()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".tree details:not([open]), .finding:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".tree .step > details[open]").count() == 0
