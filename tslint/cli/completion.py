"""``--completion SHELL``: a script that completes tslint's arguments, made from its own parser and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import FORMATS, argument_parser

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tslint.rules.rule import Rule


class _Option(NamedTuple):
    """``words`` are what may follow it; empty where that is a file or text. ``takes`` tells a flag apart."""

    names: tuple[str, ...]
    help: str
    takes: bool
    words: tuple[str, ...]


def completion(shell: str, rules: Iterable[Rule]) -> str:
    """Return the script for ``shell``; ``rules`` are those that it offers by id, name and category."""
    scripts = {"bash": _bash, "fish": _fish, "powershell": _powershell, "zsh": _zsh}
    return scripts[shell](_options(tuple(rules)))


def _options(rules: Sequence[Rule]) -> list[_Option]:
    named = sorted({word for rule in rules for word in (rule.id, rule.name)})
    chosen = sorted({*named, *(rule.category for rule in rules)})
    words = {
        "--explain": named,
        "--select": chosen,
        "--ignore": chosen,
        "--output": [f"{form}=" for form in FORMATS],
        "--jobs": ["auto"],
    }
    return [
        _Option(
            tuple(action.option_strings),
            (action.help or "").partition(":")[0].partition(" (")[0].rstrip(),
            action.nargs != 0,
            tuple(words.get(action.option_strings[-1], action.choices or ())),
        )
        for action in argument_parser()._actions  # noqa: SLF001 - argparse has no other way to ask
        if action.option_strings
    ]


def _names(options: Sequence[_Option]) -> list[str]:
    return [name for option in options for name in option.names]


def _bash(options: Sequence[_Option]) -> str:
    cases = "".join(
        f"    {'|'.join(option.names)}) words='{' '.join(option.words)}' ;;\n"
        for option in options
        if option.takes
    )
    # the last word of a comma-separated list is completed; = is a word of its own to bash
    return f"""\
# tslint --completion bash > ~/.local/share/bash-completion/completions/tslint
_tslint() {{
  local words current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
  [[ $previous == = ]] && previous=${{COMP_WORDS[COMP_CWORD - 2]}}
  [[ $current == = ]] && current=''
  case $previous in
{cases}    *) [[ $current == -* ]] && words='{" ".join(_names(options))}' ;;
  esac
  local before=${{current%"${{current##*,}}"}}
  COMPREPLY=($(compgen -W "$words" -P "$before" -- "${{current##*,}}"))
  [[ ${{COMPREPLY[0]}} == *= ]] && compopt -o nospace
}}
complete -o default -F _tslint tslint
"""


def _zsh(options: Sequence[_Option]) -> str:
    lines = []
    for option in options:
        told = option.help.replace("'", r"'\''").replace("[", r"\[").replace("]", r"\]")
        values = "_files"
        if option.names[-1] in {"--select", "--ignore"}:
            values = f"_values -s , rule {' '.join(option.words)}"
        elif option.words and option.names[-1] != "--output":
            values = f"({' '.join(option.words)})"
        equals, value = ("=", f":value:{values}") if option.takes else ("", "")
        lines += [f"  '*{name}{equals}[{told}]{value}'" for name in option.names]
    listed = " \\\n".join(lines)
    return f"""\
#compdef tslint
# tslint --completion zsh > a folder of $fpath, as _tslint
_tslint() {{
_arguments \\
{listed} \\
  '*:path:_files'
}}
if [[ $funcstack[1] == _tslint ]]; then _tslint "$@"; else compdef _tslint tslint; fi
"""


def _fish(options: Sequence[_Option]) -> str:
    lines = ["# tslint --completion fish > ~/.config/fish/completions/tslint.fish"]
    for option in options:
        names = " ".join(f"-l {n[2:]}" if n.startswith("--") else f"-s {n[1:]}" for n in option.names)
        takes = ""
        if option.takes:
            files = not option.words or option.names[-1] == "--output"
            takes = f" -r{'' if files else ' -f'}" + (
                f" -a '{' '.join(option.words)}'" if option.words else ""
            )
        told = option.help.replace("'", r"\'")
        lines.append(f"complete -c tslint {names}{takes} -d '{told}'")
    return "".join(f"{line}\n" for line in lines)


def _powershell(options: Sequence[_Option]) -> str:
    values = "".join(
        f"    '{name}' = '{' '.join(option.words)}'\n"
        for option in options
        if option.words
        for name in option.names
    )
    return f"""\
# tslint --completion powershell >> $PROFILE
Register-ArgumentCompleter -Native -CommandName tslint -ScriptBlock {{
  param($word, $line, $cursor)
  $values = @{{
{values}  }}
  $before = @($line.CommandElements | Where-Object {{ $_.Extent.EndOffset -lt $cursor }})[-1]
  $words = $values["$before"]
  if (-not $words -and "$word" -like '-*') {{ $words = '{" ".join(_names(options))}' }}
  -split "$words" | Where-Object {{ $_ -and $_.StartsWith($word, 'OrdinalIgnoreCase') }} | ForEach-Object {{
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }}
}}
"""
