"""``tslint --completion SHELL``: the script knows every option, and the shells understand it."""

import io
import re
import shutil
import subprocess

import pytest

from tests.linting import RULES
from tslint.cli.arguments import PROFILES, SHELLS, argument_parser, parse
from tslint.cli.main import run
from tslint.cli.sub_commands import SUB_COMMANDS
from tslint.report.render import FORMATS

OPTIONS = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", argument_parser().format_help()))


def script(shell):
    out, err = io.StringIO(), io.StringIO()
    assert run(parse(["--completion", shell]), io.StringIO(), out, err) == 0
    assert err.getvalue() == ""
    return out.getvalue()


def told_by(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def needs(shell):
    return pytest.mark.skipif(not shutil.which(shell), reason=f"needs {shell}")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_option_choice_and_rule_is_in_the_script(shell):
    text = script(shell)
    words = set(re.findall(r"[\w-]+", text))
    if shell == "fish":
        words |= {f"--{word}" for word in re.findall(r"-l ([\w-]+)", text)}
        words |= {f"-{word}" for word in re.findall(r"-s (\w)", text)}
    assert words >= OPTIONS
    assert words >= {*FORMATS, *PROFILES, *SHELLS, *SUB_COMMANDS, "full-os", "markdown"}
    assert words >= {word for rule in RULES for word in (rule.id, rule.name, rule.category)}


@needs("bash")
@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["--pro"], ["--profile"]),
        (["--format", "j"], ["json", "junit"]),
        (["a.xml", "--fail-on", "e"], ["error"]),
        (["--explain", "TS10"], [rule.id for rule in RULES if rule.id.startswith("TS10")]),
        (["--select", "hardlink-with-v"], ["hardlink-with-vss"]),
        (["--ignore", "user-s"], ["user-state"]),
        (["READ"], ["README.md"]),
        (["--rules", "READ"], ["README.md"]),
        (["tra"], ["trace"]),
        (["diff", "READ"], ["README.md"]),
        (["trace", "README.md", "--start", "w"], ["winpe"]),
        (["show", "--no-n"], ["--no-numbers"]),
    ],
    ids=lambda value: " ".join(value) if value and len(value) < 5 else "",
)
def test_bash_completes(tmp_path, words, completed):
    (tmp_path / "tslint.bash").write_text(script("bash"), "utf-8")
    typed = 'source "$1"; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))'
    asked = f'{typed}; $(complete -p tslint | grep -o "_[a-z_]*"); printf "%s\\n" "${{COMPREPLY[@]}}"'
    told = told_by("bash", "-c", asked, "bash", tmp_path / "tslint.bash", "tslint", *words)
    assert sorted(told) == sorted(completed)


@needs("fish")
@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("tslint --pro", ["--profile"]),
        ("tslint --format j", ["json", "junit"]),
        ("tslint dif", ["diff"]),
        ("tslint trace --start w", ["winpe"]),
        ("tslint --explain TS10", [rule.id for rule in RULES if rule.id.startswith("TS10")]),
    ],
)
def test_fish_completes(tmp_path, line, completed):
    (tmp_path / "tslint.fish").write_text(script("fish"), "utf-8")
    asked = "source $argv[1]; complete -C $argv[2] | string split -f 1 \\t"
    assert told_by("fish", "-N", "-c", asked, tmp_path / "tslint.fish", line) == completed


@needs("zsh")
def test_zsh_completes(tmp_path):
    (tmp_path / "_tslint").write_text(script("zsh"), "utf-8")
    # a terminal in which zsh lists what it offers for TAB
    (tmp_path / "ask.zsh").write_text(
        """\
zmodload zsh/zpty
zpty asked zsh -f -i
zpty -w asked "PS1=; fpath=($1 \\$fpath); autoload -Uz compinit; compinit -u -d $1/dump; echo rea''dy"
zpty -r asked text '*ready*'
zpty -w -n asked $'tslint --format j\\t\\t'
zpty -r -m asked text '*json*junit*' && print completed
zpty -d asked
""",
        "utf-8",
    )
    assert told_by("zsh", "-f", tmp_path / "ask.zsh", tmp_path) == ["completed"]


def test_an_unknown_shell_is_2():
    with pytest.raises(SystemExit) as ended:
        parse(["--completion", "tcsh"])
    assert ended.value.code == 2
