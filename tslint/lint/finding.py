"""A finding: what is wrong, where (symbolically), how it comes about, and how to mend it."""

from typing import TYPE_CHECKING, Literal, NamedTuple

from tslint.rules.rule import LEVELS, Level
from tslint.source.document import Document, Origin

if TYPE_CHECKING:
    from tslint.language.edits import Edit


def reaches(level: str, lowest: str) -> bool:
    """Say whether a level is the ``lowest`` that counts or above it; none reaches "never"."""
    return lowest != "never" and LEVELS.index(level) >= LEVELS.index(lowest)


class Place(NamedTuple):
    """Where in a document. Lines and columns are worked out by ``source.locate`` only when reported.

    ``element`` is a number in the document (0 is ``<sequence>``). ``attribute`` names an attribute of its
    start tag, or "" for the tag itself; "text()" is the element's text.
    ``step`` is the step path: names of groups and step, joined by "/". ``span`` is a range of the document's
    text where no element says it: a comment.
    """

    document: Document
    element: int
    step: str
    attribute: str = ""
    number: int | None = None  # as smsts.log counts, None where it cannot be known
    span: tuple[int, int] | None = None
    step_element: int = -1  # the step's own element, where ``element`` is a part of it
    sequence: str = ""  # the name of the task sequence, where the file says one


class Point(NamedTuple):
    """A fixed place in a file that is no document (it could not be read): 1-based line and column."""

    origin: Origin
    line: int
    column: int
    text: str


class Note(NamedTuple):
    """One line of the explanation: a condition that must hold, or a step that runs or is skipped."""

    kind: Literal["condition", "runs", "skipped", "end"]
    text: str
    place: Place | None


class Related(NamedTuple):
    """A second place that belongs to the finding, with what it has to do with it.

    ``again`` says that the path, where it has that place, tells the same.
    """

    text: str
    place: Place
    again: bool = False


class Said(NamedTuple):
    """A step that says what is wrong: it sets the variable, or has the setting (then without a variable).

    A variable may win over a setting of the step that is reported.
    """

    step: str
    type: str
    variable: str = ""
    wins: bool = False


class StepAt(NamedTuple):
    """A step that a mend speaks of.

    ``write`` is the number of one of the variables that it sets, -1 where none is meant.
    """

    place: Place
    write: int = -1


class Mending(NamedTuple):
    """One way to mend a finding: ``edits``, with the steps by the names that they have in them.

    Without edits ``decide`` says what somebody has to decide.
    """

    edits: "tuple[Edit, ...]"
    steps: tuple[tuple[str, tuple[StepAt, ...]], ...]
    decide: str
    safe: bool


class Suppressed(NamedTuple):
    """That somebody accepts a finding, in the task sequence or outside, and why ("" where nobody says)."""

    kind: Literal["inSource", "external"]
    reason: str


class Finding(NamedTuple):
    """One finding. ``message`` is one sentence; ``path`` explains how it comes about, if that has to be told.

    ``doubt`` is why it is only a note where it is one because of something that nobody knows, "" otherwise.
    ``about`` are the steps that it speaks of by their part in the rule, by document and element.
    ``mends`` are the ways to mend it that fit, the best first.
    ``command`` is the one that it is about, as it stands in a command line or script, "" for none.
    ``said`` are the steps that say it; ``rests_on_variables`` where no edit of the step reported mends it.
    ``identity`` is what makes it the same finding tomorrow: see identity.py. A finding that is ``suppressed``
    does not count.
    """

    rule: str
    name: str
    level: Level
    message: str
    place: Place | Point
    path: tuple[Note, ...] = ()
    related: tuple[Related, ...] = ()
    identity: tuple[str, ...] = ()
    about: frozenset[tuple[int, int]] = frozenset()
    doubt: str = ""
    suppressed: Suppressed | None = None
    mends: tuple[Mending, ...] = ()
    command: str = ""
    said: tuple[Said, ...] = ()
    rests_on_variables: bool = False

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stay the same while rule, file, step path and setting do."""
        from hashlib import sha256

        return sha256("\0".join(self.identity).encode("utf-8", "surrogatepass")).hexdigest()[:16]
