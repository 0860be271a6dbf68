"""How large a task sequence is."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tslint.source.embedded import unwrap
from tslint.source.markup import start_tags

if TYPE_CHECKING:
    from tslint.source.document import Document

_END = "</sequence"


def bytes_of(document: Document) -> int:
    """Return the bytes of a task sequence in UTF-8, on one line as the site keeps it.

    White space between elements is left out: who exports or compares files indents them.
    """
    text = document.text if document.inner is None else unwrap(document.text, *document.inner).text
    start = next(islice(start_tags(text), document.first, None))
    end = text.find(_END, start)
    sequence = text[start:] if end < 0 else f"{text[start:end]}{_END}>"
    return len(re.sub(r">\s+<", "><", sequence).encode("utf-8", "replace"))
