"""No secret that a task sequence, a given value or a log holds reaches any review."""

import pytest

from tests.flow.flows import line_of
from tests.review.logs import log_of
from tests.review.reviewing import tslint_
from tests.test_secrets import PLACES, SECRET, assert_hidden
from tslint.cli.sub_commands import load
from tslint.rules.example import sequence_xml

PLAIN = [{"run": "plain.exe", "name": "Plain"}]


def formats(command):
    return [(command, form) for form in load(command).FORMATS]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "plain.xml").write_text(sequence_xml(PLAIN), "utf-8")
    return tmp_path


def outputs(folder, nodes, command, form):
    """Everything that a review of these steps prints, in each of its roles."""
    (folder / "seq.xml").write_text(sequence_xml(nodes), "utf-8")
    seq, plain = folder / "seq.xml", folder / "plain.xml"
    if command == "show":
        arguments = [[seq]]
    elif command == "diff":
        changed = sequence_xml([*PLAIN, *nodes[1:]]).replace(SECRET[:6].replace("&", "&amp;"), "changed")
        (folder / "changed.xml").write_text(changed, "utf-8")
        arguments = [[seq, plain], [plain, seq], [seq, folder / "changed.xml"], [folder / "changed.xml", seq]]
    else:
        line = line_of(*nodes)
        names = [entry.step.name for entry in line.entries]
        (folder / "smsts.log").write_text(log_of(line, failing=dict.fromkeys(names, 5)), "utf-8")
        log = ["--log", folder / "smsts.log"]
        failing = [f"--fail={line.entries[0].number}"] if line.entries else []
        arguments = [[seq], [seq, *failing, "--nothing-else"], [seq, *log], [seq, *log, "--identities"]]
    rules = [] if command == "show" else ["--isolated", "--profile=all"]
    for each in arguments:
        status, out, err = tslint_(command, *rules, "--format", form, *each)
        assert status in (0, 1)
        assert out
        yield from (out, err)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    ("command", "form"), [one for name in ("show", "diff", "trace") for one in formats(name)]
)
def test_a_secret_is_in_no_review(place, command, form, folder):
    for text in outputs(folder, PLACES[place], command, form):
        assert_hidden(text)


@pytest.mark.parametrize(("command", "form"), [one for name in ("show", "diff") for one in formats(name)])
def test_what_is_no_secret_is_shown(command, form, folder):
    nodes = [{"set": "Site", "to": "Tr0ub4dor", "name": "A name", "when": "Model equals Tr0ub4dor"}]
    assert "Tr0ub4dor" in "".join(outputs(folder, nodes, command, form))


def test_a_secret_among_given_values_is_not_shown_where_it_is_used(folder):
    nodes = [{"set": "Copy", "to": "x-%JoinPassword%", "name": "Set", "when": "JoinPassword exists"}]
    (folder / "seq.xml").write_text(sequence_xml(nodes), "utf-8")
    (folder / "dump.txt").write_text(f"JoinPassword = {SECRET}\n", "utf-8")
    for form in load("trace").FORMATS:
        for given in (("--set", f"JoinPassword={SECRET}"), ("--set-file", folder / "dump.txt")):
            out = tslint_("trace", folder / "seq.xml", "--format", form, *given)[1]
            assert "***" in out
            assert_hidden(out)


@pytest.mark.parametrize(
    "given",
    [f"Database=Server=db;Password={SECRET};", f"Url=https://svc:{SECRET}@srv/", f"A=/password:{SECRET}"],
)
def test_a_secret_in_the_text_of_a_given_value_is_not_shown(given, folder):
    for form in load("trace").FORMATS:
        out = tslint_("trace", folder / "plain.xml", "--format", form, "--set", given)[1]
        assert "***" in out
        assert_hidden(out)


def test_a_password_that_is_a_word_of_tslint_changes_no_key_of_json(folder):
    old = [{"set": "AdminPassword", "to": "removed", "name": "Set"}]
    (folder / "old.xml").write_text(sequence_xml(old), "utf-8")
    out = tslint_("diff", "--isolated", "--format", "json", folder / "old.xml", folder / "plain.xml")[1]
    assert '"kind": "removed"' in out


def test_a_secret_of_a_command_line_in_the_log_is_not_shown_in_its_names(folder):
    nodes = [
        {"set": "OSDJoinPassword", "to": SECRET, "name": "Set"},
        {"run": "x.exe", "name": f"Run {SECRET}"},
    ]
    (folder / "smsts.log").write_text(log_of(line_of(*nodes)), "utf-8")
    out = tslint_("trace", "--isolated", folder / "plain.xml", "--log", folder / "smsts.log", "--identities")[
        1
    ]
    assert "Run ***" in out
    assert_hidden(out)
