"""Bytes as smsts.log: read, brought into events, put beside a sequence, told in every format."""

from __future__ import annotations

import io
import json
from zlib import crc32

from tslint.flow.timeline import timeline
from tslint.model.read import read as read_model
from tslint.report.mask import Mask
from tslint.report.review.anonymous import without_identities
from tslint.report.review.log_json import log_json
from tslint.report.review.log_text import log_text
from tslint.report.review.masked import masked
from tslint.review.instructions import instructions
from tslint.review.log_events import MAX_EVENTS, ran
from tslint.review.log_records import MAX_MESSAGE, in_order, records
from tslint.review.log_trace import log_trace
from tslint.review.values import dump
from tslint.rules.builtin import builtin_codes, builtin_tables
from tslint.rules.example import sequence_xml
from tslint.source.document import Document, Origin
from tslint.source.read import read

TABLES, CODES = builtin_tables(), builtin_codes()
_STEPS = (
    {"group": "Prepare", "steps": [{"run": "a.exe", "name": "Next"}, {"run": "b.exe", "name": "A"}]},
    {"group": "Apps", "continueOnError": True, "steps": [{"run": "c.exe", "name": "Next"}]},
    {"restart": "HD", "name": "Restart", "when": "X equals 1"},
)
# What takes a millisecond for 4 KB takes a second for this if it takes quadratic time.
_LONG = 300_000


def one_input(data: bytes) -> None:
    """Nothing is raised; what is kept is bounded; what fits is called as the sequence calls it."""
    every = list(records(io.BytesIO(data)))
    assert all(len(record.message) <= MAX_MESSAGE for record in every)
    half = len(data) // 2
    ran(in_order([io.BytesIO(data[half:]), io.BytesIO(data[:half])]))
    dump(data.decode("utf-8", "replace"))
    found = ran(every)
    assert len(found.events) <= min(MAX_EVENTS, len(every) + found.starts)
    trace = log_trace([_LINE], found, (), TABLES, CODES)
    paths = {one.path for one in instructions(_LINE)}
    assert all(event.step in paths for event in trace.events if event.step is not None)
    assert trace.match.matched <= trace.match.starts
    assert len(trace.failures) <= len(trace.events)
    shown = masked(without_identities(trace), Mask({"secret"}))
    assert len(json.loads(log_json(shown))["events"]) == len(trace.events)
    assert "\x1b" not in log_text(shown)
    if data and crc32(data) % 256 == 0:
        ran(records(io.BytesIO((data * (_LONG // len(data) + 1))[:_LONG])))


def _document() -> Document:
    (found,), _ = read(sequence_xml(_STEPS).encode(), Origin("s.xml"))
    assert isinstance(found, Document)
    return found


_LINE = timeline(read_model(_document()), {})
