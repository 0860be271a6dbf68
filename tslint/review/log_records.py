"""smsts.log as records, in every form in which people have it, one after the other: memory does not grow.

Written by the client: ``<![LOG[message]LOG]!><time="10:27:17.661+240" date="10-18-2019" component="..."
...>``, where the message may hold anything and ends at ``]LOG]!><time=`` only. Copied from CMTrace: message,
component, time and thread between tabs. In articles: time, component, thread and message between blanks, or
component and message. From site servers: ``message  $$<component><time><thread=...>``. Where a file names no
component at all, each line is a message of nobody.
"""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

ENGINE = "TSManager"
# Characters of a message that are kept: many times an engine's message.
MAX_MESSAGE = 4_096
# Characters after which a record without an end in sight is given up but for its last part.
MAX_OPEN = 1_000_000
# Characters of a line of a log that is copied; what is longer is cut.
MAX_LINE = 65_536
# In a file that names no component so many lines are looked at: extracts in articles have some dozens.
MAX_BARE = 2_000
# Lines of one message in a log that is copied.
MAX_PARTS = 50
# Bytes that are read at once.
_BLOCK = 262_144

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BEGIN = "<![LOG["
_END = re.compile(r'\]LOG\]!><time="([^"]{0,40})" date="([^"]{0,20})" component="([^"]{0,200})"[^>]{0,1000}>')
_TIME = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,7}))?([+-]\d{1,4})?$")
_DATE = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})$")
_COPIED_TIME = re.compile(r"[^\t]{0,40}\d[^\t]{0,40}$")
_COPIED_THREAD = re.compile(r"\d{1,10} \(0x[0-9A-Fa-f]{1,8}\)\s*$")
_ARTICLE = re.compile(
    r"(\d{1,2}-\d{1,2}-\d{4}) (\d{1,2}:\d{2}:\d{2}\.\d{3})\s+(\S{1,100})\s+"
    r"\d{1,10} \(0x[0-9A-Fa-f]{1,8}\)\s+(.*)$"
)
_SITE = re.compile(r"<([^<>]{1,100})><(\d{1,2}-\d{1,2}-\d{4}) ([^<>]{1,30})><thread=[^<>]{1,40}>\s*$")
_NAMED = re.compile(r"(TSManager|[A-Z][A-Za-z.]{3,40})(?:\t|\s{2,})(.*)$")


class Moment(NamedTuple):
    """When something was written. ``text`` is local time as ISO 8601 has it, with the offset that is known.

    ``seconds`` are since 1970, UTC where the offset is known; None where the text cannot tell.
    """

    text: str
    seconds: float | None = None


class Record(NamedTuple):
    """One record. ``component`` is "" where the file names none. ``beheaded``: its begin is lost."""

    message: str
    component: str
    moment: Moment | None = None
    beheaded: bool = False


def records(stream: BinaryIO) -> Iterator[Record]:
    """Read a log from its bytes."""
    texts = _decoded(stream)
    head = next(texts, "")
    if _BEGIN in head:
        yield from _written(head, texts)
    else:
        yield from _of_lines(_lines(head, texts))


def _decoded(stream: BinaryIO) -> Iterator[str]:
    """Yield text by blocks, in the encoding that its first block shows."""
    block = stream.read(_BLOCK)
    encoding, mark = _encoding(block)
    block = block[mark:]
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    while block:
        yield decoder.decode(block)
        block = stream.read(_BLOCK)
    yield decoder.decode(b"", final=True)


def _encoding(head: bytes) -> tuple[str, int]:
    """Return an encoding, and the length of the mark that names it.

    Without a mark it is UTF-16 where every other byte is mostly zero, else UTF-8, or Windows-1252 where it
    cannot be that.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    sample = head[:2_000]
    for offset, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) > 8 and sample[offset::2].count(0) > len(sample) // 4:
            return encoding, 0
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252", 0
    return "utf-8", 0


def _written(head: str, texts: Iterator[str]) -> Iterator[Record]:
    """Read records as the client writes them; what lies between two is a part of none."""
    buffer = head
    while True:
        done = 0
        for end in _END.finditer(buffer):
            yield _record(buffer[done : end.start()], end)
            done = end.end()
        buffer = buffer[done:]
        if len(buffer) > MAX_OPEN:  # no end in sight: a part of one may be the last thing
            buffer = buffer[-2_000:]
        text = next(texts, None)
        if text is None:
            return
        buffer += text


def _record(before: str, end: re.Match[str]) -> Record:
    """Make a record of what stands before its end. One that was cut before it stays behind."""
    begin = before.rfind("\n" + _BEGIN) + 1
    if not before.startswith(_BEGIN, begin):
        begin = before.find(_BEGIN)
    beheaded = begin < 0
    message = before.lstrip("\r\n") if beheaded else before[begin + len(_BEGIN) :]
    return Record(message[:MAX_MESSAGE], end[3], moment(end[2], end[1]), beheaded)


def moment(date: str, time: str) -> Moment | None:
    """Read a date (month first) and a time with the minutes that UTC is ahead of it."""
    day, clock = _DATE.match(date), _TIME.match(time)
    if not day or not clock:
        return None
    month, dom, year = map(int, day.groups())
    hour, minute, second = map(int, clock.group(1, 2, 3))
    bias = int(clock[5] or 0)
    try:
        local = datetime(year, month, dom, hour, minute, second, tzinfo=UTC)
        local += timedelta(microseconds=int((clock[4] or "0").ljust(6, "0")[:6]))
        seconds = (local + timedelta(minutes=bias)).timestamp()
    except (ValueError, OverflowError):
        return None
    offset = "" if clock[5] is None else f"{'-' if bias > 0 else '+'}{abs(bias) // 60:02}:{abs(bias) % 60:02}"
    shown = local.replace(tzinfo=None).isoformat(timespec="milliseconds")
    return Moment(f"{shown}{offset}", seconds)


def _lines(head: str, texts: Iterator[str]) -> Iterator[str]:
    """Yield lines, cut at MAX_LINE; what is left of a line when the next block is read is one more."""
    rest = head
    while True:
        *whole, rest = rest.split("\n")
        yield from (line.rstrip("\r")[:MAX_LINE] for line in whole)
        if len(rest) > MAX_LINE:
            yield rest[:MAX_LINE]
            rest = ""
        text = next(texts, None)
        if text is None:
            break
        rest += text
    if rest:
        yield rest.rstrip("\r")


def _of_lines(lines: Iterator[str]) -> Iterator[Record]:
    """Read records that are copied: those that end with their component, and those that begin with it."""
    reader = _Copied()
    for line in lines:
        yield from reader.read(line)
    yield from reader.rest()


class _Copied:
    """Puts lines together to records: what names no component belongs to the one before or after it."""

    def __init__(self) -> None:
        self._before: list[str] = []  # of a message whose end will name the component
        self._current: Record | None = None
        self._any = False

    def read(self, line: str) -> Iterator[Record]:
        ended, begun = _ended(line), _begun(line)
        if ended or begun:
            yield from self._done()
            if ended and self._before:
                message = "\n".join([*self._before, ended.message])
                ended = ended._replace(message=message[:MAX_MESSAGE])
            self._any, self._before = True, []
            if ended:
                yield ended
            else:
                self._current = begun
        elif self._current:
            if len(self._current.message) < MAX_MESSAGE:
                message = f"{self._current.message}\n{line}"
                self._current = self._current._replace(message=message[:MAX_MESSAGE])
        else:
            self._keep(line)

    def _keep(self, line: str) -> None:
        most = MAX_PARTS if self._any else MAX_BARE
        if len(self._before) < most:
            self._before.append(line[:MAX_MESSAGE])

    def _done(self) -> Iterator[Record]:
        if self._current:
            yield self._current
        self._current = None

    def rest(self) -> Iterator[Record]:
        yield from self._done()
        if not self._any:
            yield from (Record(line, "") for line in self._before if line.strip())


def _ended(line: str) -> Record | None:
    """Read a line that ends with its component: as CMTrace copies it, or as site servers write it."""
    parts = line.rsplit("\t", 3)
    if len(parts) == 4 and _COPIED_THREAD.match(parts[3]) and _COPIED_TIME.match(parts[2]):
        return Record(parts[0][:MAX_MESSAGE], parts[1][:100], Moment(parts[2].strip()))
    message, mark, end = line.rpartition("$$")
    found = _SITE.match(end) if mark else None
    return Record(message.rstrip()[:MAX_MESSAGE], found[1], moment(found[2], found[3])) if found else None


def _begun(line: str) -> Record | None:
    found = _ARTICLE.match(line)
    if found:
        return Record(found[4], found[3], moment(found[1], found[2]))
    found = _NAMED.match(line)
    return Record(found[2], found[1]) if found else None


def in_order(streams: list[BinaryIO]) -> Iterator[Record]:
    """Read several files as one log: by the time of their first records, where all of them tell it."""
    begun = []
    for number, stream in enumerate(streams):
        found = records(stream)
        head = list(islice(found, 1))
        at = next((one.moment.seconds for one in head if one.moment and one.moment.seconds is not None), None)
        begun.append((at, number, chain(head, found)))
    if all(at is not None for at, _, _ in begun):
        begun.sort(key=lambda one: (one[0] or 0, one[1]))
    for _, _, each in begun:
        yield from each
