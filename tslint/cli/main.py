# A run imports only what it needs, and never pathlib: start-up time.
# ruff: noqa: PTH123
"""The command line: arguments to ``Options``, ``Options`` to an exit status."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from tslint.cli.arguments import parse
from tslint.cli.lint import lint_files
from tslint.cli.status import CLEAN, FAULT
from tslint.cli.sub_commands import load, sub_command
from tslint.cli.trouble import status_of
from tslint.lint.deadline import Deadline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from tslint.cli.arguments import Options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program. Raises SystemExit where argparse does: wrong usage, ``--help``, ``--version``."""
    command = command_of(sys.argv[1:] if arguments is None else arguments)
    with open(os.devnull, "r+", encoding="utf-8") as nowhere:  # for streams that were closed (>&-)
        stderr = sys.stderr or nowhere
        try:
            return command(sys.stdin or nowhere, sys.stdout or nowhere, stderr)
        except Exception as error:  # noqa: BLE001 - the last resort: a traceback could hold text of the input
            from tslint.lint.error_origin import origin_of
            from tslint.report.output import tell

            tell(f"tslint: a fault of tslint, please report it: {origin_of(error)}\n", stderr)
            return FAULT


def command_of(arguments: Sequence[str]) -> Callable[[TextIO, TextIO, TextIO], int]:
    """Return what arguments ask for: from streams to an exit status. Raises SystemExit as argparse does."""
    name = sub_command(arguments)
    if not name:
        options = parse(arguments)
        return lambda *streams: run(options, *streams)
    import argparse

    command = load(name)
    given = command.parser(argparse.ArgumentParser).parse_intermixed_args(list(arguments[1:]))
    return lambda *streams: status_of(lambda: command.run(given, streams), streams[-1])


def run(options: Options, stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Do what ``options`` say and return the exit status."""
    deadline = Deadline(options.timeout)
    return status_of(lambda: _done(options, deadline, (stdin, stdout, stderr)), stderr)


def _done(options: Options, deadline: Deadline, streams: tuple[TextIO, TextIO, TextIO]) -> int:
    """Do what ``options`` say. Raises UsageError, DataFileError, and OSError for what cannot be written."""
    from tslint.cli.known_rules import explained, known_rules, listed
    from tslint.cli.settings import configuration_of, rule_paths, settled
    from tslint.report.output import write_stream
    from tslint.report.terminal import is_terminal, screen_of

    _, stdout, stderr = streams
    if options.check_rules:
        from tslint.cli.check_rules import check_rules

        return check_rules(options.check_rules, stdout, stderr)
    configuration = configuration_of(options)
    rules, page = known_rules(rule_paths(options, configuration))
    if configuration:
        configuration.check_words(tuple(rules.values()))
    if options.completion:
        from tslint.cli.completion import completion

        write_stream(completion(options.completion, rules.values()), stdout)
    elif options.explain:
        screen = screen_of(stdout) if is_terminal(stdout) else None
        write_stream(explained(options.explain, rules, page, screen), stdout)
    elif options.list_rules:
        write_stream(listed(options, rules), stdout)
    elif options.show_config:
        from tslint.cli.show_config import show_config

        write_stream(show_config(options, settled(options, configuration), configuration), stdout)
    else:
        return lint_files(options, configuration, rules, page, deadline, streams)
    return CLEAN
