"""The compiled rules: complete, equal to their files, and quick to load."""

import shutil
import subprocess
import sys

import pytest

from tslint.catalogue.tables import Tables
from tslint.data_files.data_file_error import DataFileError
from tslint.regex.construction import automaton_of
from tslint.rules import compile as compile_rules
from tslint.rules.builtin import (
    automaton,
    builtin_pages,
    builtin_rules,
    builtin_selectors,
    builtin_tables,
)
from tslint.rules.compile import (
    CHECKOUT,
    COMPILED,
    Compiled,
    compile_all,
    compile_folder,
    main,
    refresh,
    stale,
    texts,
)
from tslint.rules.page import markdown
from tslint.rules.rule import Rule

RULES = CHECKOUT / "rules"


@pytest.fixture
def rules(tmp_path):
    return shutil.copytree(RULES, tmp_path / "rules")


def test_every_rule_file_of_the_checkout_is_compiled():
    data, pages = compile_folder(RULES)
    files = sorted(path.stem for path in RULES.glob("*/*.yaml"))
    assert sorted(rule.name for rule in data) == files
    assert [rule.id for rule in data] == sorted(pages)


@pytest.mark.slow
def test_equal_rules_compile_to_equal_bytes_wherever_they_stand(rules):
    assert texts(rules) == texts(RULES)


def test_builtin_is_what_the_files_say():
    data, pages = compile_folder(RULES)
    loaded = builtin_rules()
    assert loaded == data
    assert all(isinstance(rule, Rule) for rule in loaded)
    assert builtin_pages() == pages
    assert "captures-user-state" in builtin_selectors()


def test_regular_expressions_of_rules_are_automata_already():
    data = compile_all(RULES)
    assert len(data.automata) > 50
    for regex, made in data.automata.items():
        assert made == automaton(regex) == automaton_of(regex)
    assert automaton("of somebody's own rule") == automaton_of("of somebody's own rule")


def test_tables_are_compiled_beside_the_rules():
    tables = builtin_tables()
    assert isinstance(tables, Tables)
    assert tables.steps["RequestStateStore"]["prefix"] == "OSDState"
    assert all(name == name.lower() for name in tables.variables)


def test_a_checkout_without_compiled_files_compiles_on_the_fly(monkeypatch):
    expected = [rule.id for rule in builtin_rules()]
    monkeypatch.setitem(sys.modules, "tslint.rules.compiled", None)
    monkeypatch.delitem(sys.modules, "tslint.rules.compiled.rules")
    assert [rule.id for rule in builtin_rules()] == expected


@pytest.mark.slow
def test_refresh_writes_what_is_stale_and_nothing_else(tmp_path, rules):
    target = tmp_path / "compiled"
    assert refresh(rules, target) == [f"{name}.py" for name in Compiled._fields]
    assert refresh(rules, target) == []
    (target / "rules.py").write_text("DATA = []")
    assert stale(texts(rules), target) == ["rules.py"]
    assert refresh(rules, target) == ["rules.py"]
    assert {path.stem for path in target.iterdir()} == set(Compiled._fields)


@pytest.mark.slow
def test_check_tells_whether_the_compiled_files_are_stale(monkeypatch, capsys):
    assert main(["--check"]) == 0
    monkeypatch.setattr(compile_rules, "stale", lambda _: ["rules.py"])
    assert main(["--check"]) == 1
    assert capsys.readouterr().err == "stale: rules.py\n"


def test_a_wrong_rule_file_stops_the_compiler_with_its_place(monkeypatch, capsys, rules):
    (rules / "selectors.yaml").write_text("a: [b]\n", "utf-8")
    monkeypatch.setattr(compile_rules, "CHECKOUT", rules.parent)
    assert main(["--check"]) == 2
    assert capsys.readouterr().err.startswith("rules/selectors.yaml:1:5: there is no selector named 'b'")


@pytest.mark.parametrize(
    ("move", "to", "message"),
    [
        (
            "user-state",
            "other",
            r"^rules/other/.*:\d+:11: the category is 'user-state', but the folder is called 'other'",
        ),
        (
            "user-state/request-state-store-without-release.yaml",
            "user-state/x.yaml",
            r"^rules/user-state/x.yaml:\d+:7: the name is 'request-.*', but the file is called 'x'",
        ),
    ],
)
def test_a_file_stands_where_its_name_and_category_say(rules, move, to, message):
    (rules / move).rename(rules / to)
    with pytest.raises(DataFileError, match=message):
        compile_folder(rules)


@pytest.mark.parametrize("key", ["id", "name"])
def test_an_id_or_name_is_given_once(rules, key):
    source = rules / "user-state" / "request-state-store-without-release.yaml"
    text = source.read_text("utf-8")
    text = (
        text.replace("name: request-state-store-without-release", "name: copy")
        if key == "id"
        else text.replace("id: TS101", "id: TS999")
    )
    (rules / "user-state" / "zzz.yaml").write_text(text, "utf-8")
    with pytest.raises(
        DataFileError,
        match=rf"^rules/user-state/request-.*:\d+:\d: rules/user-state/zzz.yaml has the {key} '.*' too",
    ):
        compile_folder(rules)


@pytest.mark.parametrize("rule", builtin_rules(), ids=lambda rule: rule.id)
def test_every_page_renders(rule):
    page = markdown(rule, builtin_pages()[rule.id])
    assert page.startswith(f"# {rule.id} {rule.name}\n\n{rule.summary}\n")
    examples = ("## Reported", "## Not reported") if not rule.is_fault else ()
    for heading in ("## Why", "## How to mend it", *examples, "## Sources"):
        assert page.count(f"\n{heading}\n") == 1


def test_loading_the_rules_imports_neither_yaml_nor_a_validator():
    code = (
        "import sys; from tslint.rules.builtin import builtin_rules; builtin_rules();"
        "print(sorted({'yaml', 'jsonschema', 'pathlib', 'lxml'} & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_builtin_folder_is_inside_the_package():
    assert COMPILED.parent == CHECKOUT / "tslint" / "rules"
