"""Very many of what costs little once: comments, suppressions, findings below long names."""

import pytest

from tests.hostile.program import CAPTURE, FAULTY, REQUEST, beside_good, run
from tslint.rules.example import sequence_xml

STEP = FAULTY[FAULTY.index("<step") : FAULTY.index("</sequence>")]
COMMENT = "<!-- tslint: ignore[TS102] x -->"
TOKENS = "tslint: ignore[TS102] x " * 50_000


@pytest.mark.slow
def test_suppressions_before_everything_and_between_all_steps(tmp_path):
    files = {
        "before.xml": COMMENT * 10_000 + FAULTY,
        "inside.xml": FAULTY.replace("</sequence>", COMMENT * 10_000 + "</sequence>"),
        "instructions.xml": FAULTY.replace("</sequence>", "<!-- tslint: --><?a ?>" * 10_000 + "</sequence>"),
        "each.xml": f"<sequence>{(COMMENT + STEP) * 1000}</sequence>",
    }
    found = beside_good(tmp_path, files)
    assert all("TS005" in found[name] for name in files)


def test_suppressions_in_one_description_are_counted_to_a_bound(tmp_path):
    (tmp_path / "a.xml").write_text(f"<sequence><group description='{TOKENS}'>{STEP}</group></sequence>")
    ran = run(tmp_path, "--format", "json", "a.xml")
    assert ran.out.count('"TS005"') <= 100


TEST = (
    '<expression type="SMS_TaskSequence_VariableConditionExpression">'
    '<variable name="Operator">equals</variable>'
    f'<variable name="Value">{"x" * 1_000_000}</variable>'
    '<variable name="Variable">A</variable></expression>'
)


@pytest.mark.parametrize(
    ("around", "depth", "steps"),
    [
        (f'<group name="{"n" * 10_000}">', 200, 200),
        (f'<group name="g"><condition>{TEST}</condition>', 1, 300),
    ],
    ids=["names", "conditions"],
)
def test_findings_below_names_and_conditions_without_end(tmp_path, around, depth, steps):
    text = f"<sequence>{around * depth}{STEP * steps}{'</group>' * depth}</sequence>"
    (tmp_path / "a.xml").write_text(text)
    ran = run(tmp_path, "--select", "TS101", "--format", "json", "a.xml")
    assert ran.out.count('"TS101"') == steps
    assert len(ran.out) < 25_000 * steps


@pytest.mark.slow
def test_findings_that_all_refer_to_one_tag_of_megabytes(tmp_path):
    text = sequence_xml([{**REQUEST, "when": "Z exists"}, *[CAPTURE] * 2000])
    long = " ".join(f"a{n}='{'x ' * 62_500}'" for n in range(240))
    (tmp_path / "a.xml").write_text(text.replace('name="Request"', f'name="Request" {long}'))
    ran = run(tmp_path, "--select", "TS104", "--format", "json", "a.xml")
    assert ran.out.count("'Request' runs before it") == 2000
