"""The ways to mend a finding that the file itself allows, each as changes and as replacements of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tslint.mend.cannot import CannotMendError
from tslint.mend.in_xml import InXml
from tslint.mend.open_sequence import OpenSequence, Replacement, changed, check_apart
from tslint.mend.resolve import Resolver
from tslint.source.parse import ParseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.catalogue.tables import Tables
    from tslint.lint.crashes import Crashes
    from tslint.lint.finding import Finding, Mending
    from tslint.mend.changes import Change
    from tslint.source.document import Document


class Repair(NamedTuple):
    """One way to mend a finding: what changes, and which ranges of the file's text become what.

    ``not_in_file`` tells why the file itself cannot be edited, "" where it can.
    """

    opened: OpenSequence
    changes: tuple[Change, ...]
    replacements: tuple[Replacement, ...]
    safe: bool
    not_in_file: str = ""

    @property
    def document(self) -> Document:
        """The document that changes."""
        return self.opened.document

    def text(self) -> str:
        """Return the whole text of the file with the changes made. Raises CannotMendError."""
        if self.not_in_file:
            raise CannotMendError(self.not_in_file)
        return changed(self.document.text, self.replacements)


class Repairs:
    """Works out repairs; each document is opened once.

    With ``crashes``, what fails in a rule's mends is told there, and no fault; it is one without.
    """

    def __init__(self, tables: Tables, crashes: Crashes | None = None) -> None:
        self._tables, self._crashes = tables, crashes
        self._opened: dict[int, OpenSequence] = {}

    def of(self, finding: Finding) -> Iterator[Repair]:
        """Yield the ways to mend a finding that can be made in its task sequence, the best first."""
        for mending in finding.mends:
            if mending.edits:
                try:
                    repair = self._repair(mending)
                except CannotMendError:
                    continue
                except Exception as error:  # a mend's crash must not take the report with it
                    if self._crashes is None:
                        raise
                    self._crashes.add(finding, error)
                    continue
                yield repair

    def opened(self, document: Document) -> OpenSequence:
        """Return a document's sequence, read anew once. Raises CannotMendError."""
        if id(document) not in self._opened:
            try:
                self._opened[id(document)] = OpenSequence(document)
            except ParseError as error:
                raise CannotMendError(str(error)) from error
        return self._opened[id(document)]

    def _repair(self, mending: Mending) -> Repair:
        opened = self.opened(mending.steps[0][1][0].place.document)
        resolver = Resolver(opened, dict(mending.steps), self._tables)
        changes = tuple(change for edit in mending.edits for change in resolver.changes(edit))
        try:
            writer = InXml(opened)
            inner = [one for change in changes for one in writer.replacements(change)]
            check_apart(inner)
            replacements = tuple(sorted(opened.in_file(inner), key=lambda one: (one.start, one.end)))
        except CannotMendError as error:
            return Repair(opened, changes, (), mending.safe, str(error))
        return Repair(opened, changes, replacements, mending.safe)


def decision(finding: Finding) -> str:
    """Return what somebody has to decide before a finding can be mended, "" where nothing."""
    return next((one.decide for one in finding.mends if one.decide), "")
