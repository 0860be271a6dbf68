"""Which findings of a run count: not what is suppressed, nor what the baseline holds."""
# ruff: noqa: PTH110, PTH112, PTH118 - pathlib costs a tenth of the start-up time

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tslint.cli.arguments import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tslint.cli.arguments import Options
    from tslint.lint.finding import Finding
    from tslint.lint.result import Result
    from tslint.rules.rule import Rule
    from tslint.suppress.baseline import Accepted
    from tslint.suppress.configuration import Configuration


class Counted(NamedTuple):
    """``result`` has the findings that count; ``told`` is what the summary says of the others.

    ``gone`` counts the findings of the baseline that are not found any more.
    """

    result: Result
    suppressed: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()
    gone: int = 0

    def with_findings(self, more: Iterable[Finding]) -> Counted:
        """Return the same with findings that count whatever is suppressed or in the baseline."""
        return self._replace(result=self.result._replace(findings=(*self.result.findings, *more)))


def baseline_of(options: Options) -> tuple[Accepted, ...]:
    """Read the baseline; one that is to be written anew is not. Raises UsageError where it cannot be used."""
    if options.write_baseline:
        return ()
    from tslint.suppress.baseline import BaselineError, read_baseline

    try:
        return read_baseline(options.baseline)
    except BaselineError as error:
        raise UsageError(str(error)) from None


def counted(
    result: Result,
    options: Options,
    configuration: Configuration | None,
    known: Mapping[str, Rule],
    chosen: Sequence[Rule],
    accepted: tuple[Accepted, ...],
) -> Counted:
    """Take off what is suppressed, add what is wrong with the suppressions, take off the ``accepted``."""
    suppressed: tuple[Finding, ...] = ()
    told: list[str] = []
    lost = 0
    if not options.no_suppressions and (result.remarks or (configuration and configuration.ignores)):
        from tslint.suppress.apply import apply

        ran = {rule.id: rule for rule in chosen}
        whole = configuration is not None and _holds(options.paths, configuration.folder)
        findings, suppressed = apply(result, tuple(known.values()), ran, configuration, whole=whole)
        result = result._replace(findings=findings)
        told += [f"{len(suppressed)} suppressed"] if suppressed else []
    if options.write_baseline:
        _write(options.write_baseline, result)
        told.append(f"{len(result.findings)} written to the baseline")
        return Counted(result._replace(findings=()), suppressed, tuple(told))
    if accepted:
        from tslint.suppress.baseline import gone, new_findings

        new, left = new_findings(result.findings, accepted)
        judged = result.decided(rule.id for rule in chosen)
        lost = gone(left, judged, lambda file: file in result.names or not _is_there(file))
        told.append(f"{len(result.findings) - len(new)} in the baseline")
        result = result._replace(findings=new)
    return Counted(result, suppressed, tuple(told), lost)


def _is_there(name: str) -> bool:
    return os.path.exists(name.partition("!/")[0])


def _write(path: str, result: Result) -> None:
    from tslint.report.mask import Mask
    from tslint.report.output import write_file
    from tslint.suppress.baseline import baseline_text

    write_file(baseline_text(map(Mask(result.secrets).finding, result.findings)), path)


def _holds(paths: Sequence[str], folder: str) -> bool:
    """Say whether one of the paths is a folder with all of ``folder`` in it."""
    inside = os.path.join(os.path.realpath(folder), "")
    return any(
        inside.startswith(os.path.join(os.path.realpath(path), "")) for path in paths if os.path.isdir(path)
    )
