"""What the sub-commands have in common: their options, what they read, and how they write."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import STDOUT, Options, Output, UsageError
from tslint.cli.destinations import check_destinations
from tslint.cli.paths import existing
from tslint.cli.standard_input import StandardInput
from tslint.report.mask import Mask
from tslint.report.output import tell, write_file, write_stream
from tslint.review.facts import Names
from tslint.review.sequences import read_sequences, secrets_of
from tslint.rules.builtin import builtin_console, builtin_step_kinds, builtin_tables
from tslint.rules.rule import PROFILES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

    from tslint.lint.finding import Finding
    from tslint.review.sequences import Sequences


class Read(NamedTuple):
    """Task sequences that were read, and the secrets in them."""

    sequences: Sequences
    secrets: frozenset[str]

    @property
    def mask(self) -> Mask:
        """What takes the secrets out of all that is shown."""
        return Mask(self.secrets)


def make_parser(
    make: Callable[..., argparse.ArgumentParser], name: str, usage: str, description: str, epilog: str = ""
) -> argparse.ArgumentParser:
    """Return a parser as that of the linter is: no shortened options, 78 columns."""
    return make(
        prog=f"tslint {name}",
        usage=f"%(prog)s [OPTION ...] {usage}",
        formatter_class=lambda prog: argparse.HelpFormatter(prog, width=78),
        allow_abbrev=False,
        description=description,
        epilog=epilog,
    )


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """Add the options that say what is written, and where."""
    page = "; html is a page for a browser, one file" if "html" in formats else ""
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}{page}")
    parser.add_argument("--output", default="", metavar="FILE", help="write to FILE (-: standard output)")


def names() -> Names:
    """Return what steps and their settings are called."""
    return Names(builtin_tables(), builtin_step_kinds(), builtin_console())


def add_rules(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which rules tell of findings."""
    add = parser.add_argument
    add("--profile", choices=PROFILES, default="", help="which rules tell of findings (default: recommended)")
    either = parser.add_mutually_exclusive_group().add_argument
    either("--config", default="", metavar="FILE", help="the configuration (default: nearest .tslint.yaml)")
    either("--isolated", action="store_true", help="read no configuration file")
    add("--no-findings", dest="findings", action="store_false", help="lint nothing, and tell of no findings")


def findings_of(
    paths: Iterable[str], given: argparse.Namespace, piped: Callable[[], bytes]
) -> tuple[Finding, ...]:
    """Lint as ``tslint PATH`` does with the options of ``add_rules``; what is suppressed does not count."""
    if not given.findings:
        return ()
    from tslint.cli.chosen import chosen_rules
    from tslint.cli.counted import counted
    from tslint.cli.in_force import Excludes
    from tslint.cli.known_rules import known_rules
    from tslint.cli.settings import configuration_of, rule_paths, settled
    from tslint.cli.surroundings import surroundings_of
    from tslint.lint.run import lint

    asked = Options(
        existing(tuple(paths)), profile=given.profile, config=given.config, isolated=given.isolated
    )
    configuration = configuration_of(asked)
    rules, _ = known_rules(rule_paths(asked, configuration))
    if configuration:
        configuration.check_words(tuple(rules.values()))
    options = settled(asked, configuration)
    chosen = chosen_rules(asked, options, configuration, tuple(rules.values())).rules
    result = lint(
        options.paths,
        chosen,
        builtin_tables(),
        stdin_name=options.stdin_filename,
        read_stdin=piped,
        excluded=Excludes(configuration, set_aside=False),
        surroundings=surroundings_of(configuration),
    )
    return counted(result, options, configuration, rules, chosen, ()).result.findings


def read(
    paths: Iterable[str],
    streams: tuple[TextIO, TextIO, TextIO],
    piped: Callable[[], bytes] | None = None,
) -> Read:
    """Read task sequences. Raises UsageError where there are none; tells of what could not be read."""
    stdin, _, stderr = streams
    paths = existing(tuple(paths))
    sequences = read_sequences(paths, piped or StandardInput(stdin).read)
    for one in sequences.unread:
        from tslint.report.escape import escape

        tell(f"tslint: {escape(one.file)}: {escape(one.why)}\n", stderr)
    if not sequences.exports:
        raise UsageError(f"no task sequence in {', '.join(paths)}")
    return Read(sequences, secrets_of(sequences, builtin_tables()))


def write(text: str, output: str, sources: Iterable[str], streams: tuple[TextIO, TextIO, TextIO]) -> None:
    """Write to standard output or to a file. Raises UsageError where that would overwrite what was read."""
    if output in ("", *STDOUT):
        write_stream(text, streams[1])
        return
    check_destinations(Options(tuple(sources), outputs=(Output("text", output),)), None, streams[0])
    write_file(text, output)
