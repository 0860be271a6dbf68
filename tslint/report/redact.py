"""Source text that may be shown: tags, plain choices, options and paths, never what may be a secret.

A finding's message says what matters of a value, and the mask knows the secrets that were recognised. Nobody
vouches for the rest of the source around: free text (command lines, scripts, values) is shown only word by
word, where a word is plainly a path, a variable or an option that is known of its tool (another may have a
secret glued to it); what a setting's name calls a secret, never.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tslint.commands.command import tool_name
from tslint.report.mask import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tslint.report.mask import Mask

    _Options = Mapping[str, Sequence[str]]

# how far around a piece of text its tag and its words are looked for; text whose tag is not found is masked
LOOKBACK = 65_536
LOOKAHEAD = 1_000

# Wider than rules/secrets.yaml: of the source around a finding nobody knows whose name and value are a pair.
_TELLING = r"passw|pwd|secret|token|(?<!regis)key|pin\b|pin[\W_]|cred|hidden\w*value|auth"
_FREE = re.compile(
    r"value|command|(?<!de)script|param|option|rule|arg|query|content|pin|lac|user|account|" + _TELLING,
    re.IGNORECASE,
)
_WORDS = r"""&quot;|((?:(?!&quot;)[^"'\s])+)"""
_FILE = r"(?:exe|com|cmd|bat|ps1|vbs|wsf|msi|msp|msu|xml|ini|inf|log|txt|wim|cab|dll|iso)"
_PATH = r"(?:[A-Za-z]:|\\\\)?(?:[\w.()~$-]|%[\w.-]{1,64}%|[\\/])*"
# a variable, a path, a plain choice, in small letters; behind an option if that may be shown
_PLAIN = rf"""(?x) (?: [a-z]: | %[\w.-]{{1,64}}% | (?=[^%]*[\\%]){_PATH} | [\w.()-]+\.{_FILE}
    | true | false | yes | no | on | off )"""
_OPTION = r"(?s)(?:--?|//?)([a-zA-Z][\w-]{0,30})(?::(.*))?"
_PACKAGE = r"\w{0,20}"  # behind smsswd.exe /run:
_ANNOUNCES = rf"(?i)(?:--?|/)[\w-]*(?:{_TELLING}|pass|pin|lac|pw)[\w-]*|[-/]p"
# CDATA that holds no tags, and comments, are taken whole: what looks like a tag in them is none
_WHOLE = r"<!\[CDATA\[(?!\s*<)(?:(?!\]\]>).)*|<!--(?:(?!-->).)*"
_RAW = r"<[/?A-Za-z][^<>]*>?"
_TAG = rf"(?s){_WHOLE}|{_RAW}|<!\[CDATA\[|\]\]>|-->"
# object.xml may hold the sequence as escaped text instead of CDATA
_ESCAPED_TAG = rf"(?s){_WHOLE}|{_RAW}|&lt;[/?A-Za-z](?:(?!&[lg]t;)[^<>])*(?:&gt;)?|-->"
_ATTRIBUTE = re.compile(r"""([\w.:-]+)\s*=\s*("[^"]*"?|'[^']*'?)""")
_CHOICE = re.compile(r"(?:<|&lt;)variable\s")
_ACTION = re.compile(r"(?:<|&lt;)action\b")
_TELLS = re.compile(_TELLING, re.IGNORECASE)


def pieces(text: str, start: int, end: int, mask: Mask, *, escaped: bool) -> Iterator[tuple[bool, int, int]]:
    """Cut ``text[start:end]`` into runs ``(masked, start, end)``, in order and without gaps.

    ``escaped`` tells that the tags themselves are written with ``&lt;``.
    """
    opening = _opening(text, start, escaped=escaped)
    # words and secrets are whole only if what follows the piece is looked at too, up to the next tag
    stop = text.find("<", end, end + LOOKAHEAD)
    stop = min(end + LOOKAHEAD, len(text)) if stop < 0 else stop
    hidden = [*_hidden(text, opening, stop, _ESCAPED_TAG if escaped else _TAG, mask.options)]
    hidden += ((opening + a, opening + b) for a, b in mask.spans(text[opening:stop]))
    at = start
    for hidden_from, hidden_to in sorted(hidden):
        low, high = max(hidden_from, at), min(hidden_to, end)
        if low < high:
            if at < low:
                yield False, at, low
            yield True, low, high
            at = high
    if at < end:
        yield False, at, end


def redacted(text: str, start: int, end: int, mask: Mask, *, escaped: bool) -> str:
    """Return ``text[start:end]`` with all that may hold a secret replaced by ``***``."""
    cut = pieces(text, start, end, mask, escaped=escaped)
    return "".join(MASK if hidden else text[a:b] for hidden, a, b in cut)


def _opening(text: str, start: int, *, escaped: bool) -> int:
    """Return where the tag, comment or CDATA begins that ``start`` lies in or after."""
    low = max(start - LOOKBACK, 0)
    for opener, closer in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        begin = text.rfind(opener, low, start)
        if (
            begin >= 0
            and text.find(closer, begin, start) < 0
            and not text.startswith("<", begin + len(opener))
        ):
            return begin
    return max(text.rfind("<", low, start), text.rfind("&lt;", low, start) if escaped else -1, low)


def _hidden(text: str, start: int, end: int, tag: str, options: _Options) -> Iterator[tuple[int, int]]:
    kind, at = "", start
    for match in re.compile(tag).finditer(text, start, end):
        yield from _in_text(text, at, match.start(), kind, options)
        if match[0].startswith("<!") and match[0] != "<![CDATA[":
            opener = "<![CDATA[" if match[0].startswith("<![") else "<!--"
            yield match.start() + len(opener), match.end()
        for attribute in _ATTRIBUTE.finditer(text, match.start(), match.end()):
            if _FREE.search(attribute[1]):
                yield attribute.span(2)
        kind, at = _kind(match[0]), match.end()
    yield from _in_text(text, at, end, kind, options)


def _in_text(text: str, start: int, end: int, kind: str, options: _Options) -> Iterator[tuple[int, int]]:
    """Yield what to hide of the text after a tag."""
    if kind == "words":
        yield from _in_words(text, start, end, options)
    elif kind != "choice" and text[start:end].strip():
        yield start, end


def _in_words(text: str, start: int, end: int, options: _Options) -> Iterator[tuple[int, int]]:
    """Yield runs of words that are not plain, or stand behind an option that announces a secret."""
    first = last = -1
    announced, tool = False, ""
    for word in re.compile(_WORDS).finditer(text, start, end):
        if not word[1]:
            continue
        tool = name if (name := tool_name(word[1])) in options else tool
        if announced or not _is_plain(word[1], tool, options):
            first, last = (word.start(1) if first < 0 else first), word.end()
        elif first >= 0:
            yield first, last
            first = -1
        announced = re.fullmatch(_ANNOUNCES, word[1]) is not None
    if first >= 0:
        yield first, last


def _is_plain(word: str, tool: str, options: _Options) -> bool:
    """Say whether a word is an option that is known of its tool, a variable, a path or a plain choice."""
    option = re.fullmatch(_OPTION, word)
    if option is None:
        return re.fullmatch(_PLAIN, word.lower()) is not None
    name, value = option[1].lower(), option[2]
    known = len(name) == 1 or name in options.get(tool, ()) or name in options.get("any", ())
    plain = not value or re.fullmatch(_PLAIN, value.lower()) is not None
    return known and (plain or (name == "run" and re.fullmatch(_PACKAGE, value) is not None))


def _kind(tag: str) -> str:
    """Tell what stands behind a start tag: a choice between values, words, or ("") what is never shown."""
    if _ACTION.match(tag):
        return "words"
    if not _CHOICE.match(tag):
        return ""
    named = {match[1]: match[2].strip("\"'") for match in _ATTRIBUTE.finditer(tag)}
    if any(_TELLS.search(name) for name in named.values()):
        return ""
    if "property" not in named:  # of a condition
        return "choice" if named.get("name") in {"Operator", "Variable"} else "words"
    is_choice = named["property"] == "VariableName" or not any(_FREE.search(name) for name in named.values())
    return "choice" if is_choice else "words"
