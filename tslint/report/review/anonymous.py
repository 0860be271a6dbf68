"""Hosts, accounts, addresses and ids in texts from logs: what is told of a log is shown to strangers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.report.mask import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tslint.review.log_trace import Happened, LogTrace

_SHOWN = re.compile(
    r"""(?ix)
    \\\\[^\\\s'"]+(?:\\[^\s'"]*)?                                   # \\server\share
    | (?<=://)[^/\s'"]+                                             # the host of an address
    | \b\d{1,3}(?:\.\d{1,3}){3}\b                                   # IPv4
    | \b(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{0,4}                        # IPv6
    | \b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b                         # MAC
    | \{?\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b\}?         # GUID
    | (?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+                                  # e-mail, UPN
    | (?<![\\/:\w%.])[a-z][\w-]{1,14}\\[\w.$-]{1,64}(?![\\\w])      # DOMAIN\user
    | \b(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}\b                            # product key
    | \b\d{6}(?:-\d{6}){7}\b                                        # recovery password
    | \bMININT-\w{1,15}                                             # a computer in Windows PE
    """
)
_PACKAGE = re.compile(r"\b[A-Z0-9]{3}[0-9A-F]{5}\b")


def anonymous(text: str) -> str:
    """Return a text without what tells whose network it is from."""
    return _PACKAGE.sub(_package, _SHOWN.sub(MASK, text))


def _package(found: re.Match[str]) -> str:
    """Mask an id of a package: three letters or digits of the site, five hexadecimal ones."""
    told = found[0]
    return MASK if any(char.isdigit() for char in told) and any(char.isalpha() for char in told) else told


def without_identities(trace: LogTrace) -> LogTrace:
    """Return a trace whose texts from the log are anonymous. Those of the task sequence stay as they are."""
    match = trace.match
    return trace._replace(
        match=match._replace(
            renamed=tuple((anonymous(one), other) for one, other in match.renamed),
            missing=tuple(map(anonymous, match.missing)),
        ),
        failures=tuple(one._replace(event=_event(one.event)) for one in trace.failures),
        events=tuple(_events(trace.events)),
    )


def _events(events: tuple[Happened, ...]) -> Iterator[Happened]:
    for one in events:
        yield _event(one)


def _event(one: Happened) -> Happened:
    name = one.name if one.found else anonymous(one.name)
    return one._replace(name=name, said=anonymous(one.said))
