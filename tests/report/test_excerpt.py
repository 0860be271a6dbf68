import pytest

from tests.report.samples import document, finding
from tslint.lint.finding import Place
from tslint.report.escape import columns
from tslint.report.excerpt import excerpt
from tslint.report.located import located
from tslint.report.mask import Mask


def spot(text, index=1, attribute="name"):
    source = document(text)
    return located([finding(source, place=Place(source, index, "", attribute))], Mask())[0].spot


def marked(piece):
    """What the caret underlines, for a piece in which every character takes one column."""
    return piece.text[piece.caret : piece.caret + piece.length]


def test_the_caret_is_below_the_place():
    piece = excerpt(spot('<sequence>\n\t  <group name="One" description="d"/>\n</sequence>'), 80)
    assert piece.text == '<group name="One" description="d"/>'
    assert marked(piece) == 'name="One"'


@pytest.mark.parametrize("width", [30, 40, 73, 100])
@pytest.mark.parametrize("before", [0, 1, 20, 100_000])
@pytest.mark.parametrize("after", [0, 1, 20, 100_000])
def test_a_long_line_is_cut_around_the_place(width, before, after):
    group = '<group description="x"/>'
    piece = excerpt(
        spot(f'<sequence>{group * before}<group name="One"/>{group * after}</sequence>', before + 1), width
    )
    assert columns(piece.text) <= width
    assert marked(piece) == 'name="One"'
    assert piece.text.startswith("...") or before < 2
    assert piece.text.endswith("...") or after < 2


def test_tabs_and_wide_characters_keep_the_caret_in_place():
    piece = excerpt(spot('<sequence>\n<group\tdescription="作成" name="展開"/>\n</sequence>'), 80)
    assert piece.text == '<group    description="作成" name="展開"/>'
    assert piece.caret == columns('<group    description="作成" ')
    assert piece.length == columns('name="展開"')


def test_a_place_over_several_lines_shows_its_first():
    piece = excerpt(spot('<sequence>\r\n<group name="a&#10;\r\nb"/></sequence>'), 80)
    assert piece.text == '<group name="a&#10;'
    assert marked(piece) == 'name="a&#10;'


def test_a_masked_value_takes_three_columns():
    text = '<sequence><variable property="CommandLine">secret</variable></sequence>'
    piece = excerpt(spot(text, 1, "text()"), 80)
    assert piece.text == '<sequence><variable property="CommandLine">***</variable></sequence>'
    assert marked(piece) == "***"
