"""``--check-rules PATH``: whether rule files are right, and their examples what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tslint.cli.status import CLEAN, FOUND, USAGE
from tslint.data_files.data_file_error import DataFileError
from tslint.report.escape import escape, inert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from tslint.rules.rule_file import RuleFile


def check_rules(paths: Iterable[str], stdout: TextIO, stderr: TextIO) -> int:
    """Check files and folders; print each failure as ``file:line:column: ...``, and a summary.

    Return 2 where a rule file is wrong, else 1 where an example fails, else 0. Raises DataFileError where a
    path holds no rule file.
    """
    from tslint.report.output import tell, write_stream
    from tslint.rules.custom import read_any
    from tslint.source.printable import count

    paths = tuple(paths)
    wrong: list[str] = []
    failed: list[str] = []
    checked: list[str] = []
    rules = examples = count_wrong = 0
    for read in [read_any(path) for path in paths]:
        files = [each for each in read if not isinstance(each, DataFileError)]
        bad = [each for each in read if isinstance(each, DataFileError)]
        wrong += [line for each in bad for line in each.lines]
        count_wrong += len(bad)
        failed += _failures(files)
        rules += len(files)
        checked += [file.rule.id for file in files]
        examples += sum(len(group) for file in files for group in file.data.get("examples", {}).values())
    write_stream(inert("".join(f"{escape(line)}\n" for line in (*wrong, *failed))), stdout)
    parts = [f"{count(rules, 'rule')} with {count(examples, 'example')}"]
    parts += [f"{count(len(failed), 'example')} failed"] if failed else []
    parts += [f"{count(count_wrong, 'rule file')} wrong"] if wrong else []
    parts += [f"the next free id is {free}"] if (free := _next_free(checked, paths)) else []
    tell(f"{'; '.join(parts)}\n", stderr)
    return USAGE if wrong else FOUND if failed else CLEAN


def _next_free(checked: list[str], paths: Iterable[str]) -> str:
    """Return the id that a next rule beside these can have, "" where there is none of them."""
    from tslint.rules.builtin import builtin_rules
    from tslint.rules.custom import decided
    from tslint.rules.rule_folder import next_free

    taken = {
        *checked,
        *(rule.id for rule in builtin_rules()),
        *(one for path in paths for one in decided(path)),
    }
    return next_free(max(checked), taken) if checked else ""


def _failures(files: list[RuleFile]) -> Iterator[str]:
    from tslint.lint.examples import mismatches
    from tslint.rules.builtin import builtin_rules, builtin_tables

    checked, tables = {file.rule.id: file.rule for file in files}, builtin_tables()
    # of the built-in rules' own files one may silence another, which is not checked with it
    others = [rule for rule in builtin_rules() if rule.id not in checked]
    rules = (*(file.rule for file in files), *others)
    for file in files:
        rule = file.rule
        for wrong in mismatches(rule, file.data.get("examples", {}), rules, tables):
            line, column = file.file.place(("examples", wrong.kind, wrong.number))
            yield (
                f"{file.file.file}:{line}:{column}: {rule.id} {wrong.kind} '{wrong.title}': "
                f"expected {wrong.expected}, found {wrong.found}"
            )
