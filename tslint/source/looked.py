"""What became of a file: linted, or why not."""

from typing import Literal, NamedTuple

Outcome = Literal["linted", "unreadable", "passed over", "excluded", "undecided", "failed", "context"]


class Looked(NamedTuple):
    """A file of a run, by the name that reports give it.

    ``linted``: at least one task sequence in it was; ``unreadable``: findings tell why none could be read;
    ``passed over``: it holds none; ``excluded``: the configuration leaves it out; ``undecided``: the run met
    a bound before it; ``failed``: tslint itself failed on it; ``context``: read for what others call in it,
    and not reported. ``why`` says more of what was not linted.
    """

    file: str
    outcome: Outcome
    why: str = ""
