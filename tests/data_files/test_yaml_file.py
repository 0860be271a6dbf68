"""Reading YAML: words of YAML 1.2, positions, and what hostile files meet."""

import pytest

from tslint.data_files.data_file_error import DataFileError
from tslint.data_files.yaml_file import MAX_YAML_BYTES, MAX_YAML_DEPTH, YamlFile, read_yaml


def read(text):
    return YamlFile("r.yaml", text).data


def refused(text):
    with pytest.raises(DataFileError) as caught:
        read(text)
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "word", ["no", "No", "on", "off", "yes", "y", "n", "1:30", "0777x", "tRue", ".inf", "2024-01-31"]
)
def test_words_of_yaml_1_1_are_words(word):
    assert read(f"key: {word}") == {"key": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("010", 10),
        ("0o17", 15),
        ("0x1F", 31),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("'12'", "12"),
        ('"true"', "true"),
        ("|\n  12", "12"),
    ],
)
def test_core_schema(text, value):
    found = read(f"key: {text}")["key"]
    assert (found, type(found)) == (value, type(value))


def test_keys_are_always_words():
    assert read("{on: 1, 3010: 2, null: 3}") == {"on": 1, "3010": 2, "null": 3}


def test_every_value_and_key_has_its_place():
    file = YamlFile("r.yaml", "a:\n  - é: b\n    c: [x, y]\n")
    at = [
        file.error(p, "", "", at_key=k)
        for p, k in [(("a", 0, "c", 1), False), (("a", 0, "é"), True), (("a",), True)]
    ]
    assert [(e.line, e.column) for e in at] == [(3, 12), (2, 5), (1, 1)]
    assert at[0].key == "a > item 1 > c > item 2"


def test_a_duplicate_key_is_refused_at_its_second_place():
    error = refused("a: 1\nb: 2\n  \na: 3\n")
    assert str(error) == "r.yaml:4:1: 'a' is written twice (first in line 1); keep one of them"


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("a: &x 1\nb: *x\n", 1, 4, "anchors and aliases"),
        ("a: *x\n", 1, 4, "anchors and aliases"),
        ("a: !!python/object:os.system x\n", 1, 4, "tags"),
        ("a: !x {b: c}\n", 1, 4, "tags"),
        ("? [a, b]\n: c\n", 1, 3, "a key must be a plain word"),
        ("a: [1, 2\n", 2, 1, "this is no YAML"),
        ("a: b: c\n", 1, 5, "this is no YAML"),
        ("\n", 1, 1, "empty"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("a: 1E500001\n", 1, 4, "out of range"),
        ("a: " + "9" * 5000, 1, 4, "out of range"),
        ("a: \x01\n", 1, 1, "a character"),
    ],
)
def test_what_is_refused_is_told_with_its_place(text, line, column, problem):
    error = refused(text)
    assert (error.line, error.column) == (line, column)
    assert problem in error.problem


def test_an_alias_bomb_is_refused_before_it_grows():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    assert refused("\n".join(lines)).line == 1


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _either_parser(request, monkeypatch):
    """The parser in C, and the one in Python that PyYAML has where there is no compiler."""
    if request.param == "SafeLoader":
        monkeypatch.delattr("yaml.CSafeLoader", raising=False)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("text", "column"),
    [("[" * 100_000, 42), ("{a: " * 50_000, 165), ("- " * 100_000, 83), ("{a: [" + "[" * 1010 + "@", 45)],
)
def test_deep_nesting_is_refused_at_its_place_without_recursion(text, column):
    error = refused(text)
    assert (error.problem, error.line, error.column) == ("this is nested too deeply", 1, column)


@pytest.mark.usefixtures("_either_parser")
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\na: 2\nb: @\n", "written twice"),
        ("a: *x\n" + "[" * 2000, "anchors"),
        ("{" * 2000, "a key must be a plain word"),
        ("# nothing\n@", "this is no YAML"),
        ("a: [1, 2\n---\n", "this is no YAML"),
    ],
)
def test_a_parser_that_looks_far_ahead_does_not_hide_what_stands_before(text, problem):
    assert problem in refused(text).problem


def test_allowed_depth_is_read():
    assert read("[" * MAX_YAML_DEPTH + "]" * MAX_YAML_DEPTH)


def test_a_large_file_is_refused(tmp_path):
    (tmp_path / "r.yaml").write_text("a: " + "é" * MAX_YAML_BYTES, "utf-8")
    with pytest.raises(DataFileError, match="too large"):
        read_yaml(tmp_path / "r.yaml")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"a: 1\nb: \xff\n", "r.yaml:2:1: the file is not UTF-8; save it as UTF-8"),
        ("a: 1".encode("utf-16"), "r.yaml:1:1: the file is not UTF-8; save it as UTF-8"),
    ],
)
def test_another_encoding_is_refused(tmp_path, raw, message):
    (tmp_path / "r.yaml").write_bytes(raw)
    with pytest.raises(DataFileError) as caught:
        read_yaml(tmp_path / "r.yaml", "r.yaml")
    assert str(caught.value) == message


def test_a_byte_order_mark_is_read_over(tmp_path):
    (tmp_path / "r.yaml").write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(tmp_path / "r.yaml").data == {"a": 1}


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataFileError, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml", "none.yaml")
