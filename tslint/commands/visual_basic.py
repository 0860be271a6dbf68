"""Task sequence variables that VBScript or JScript in a command line sets: ``mshta vbscript:...``."""

from __future__ import annotations

import re

from tslint.commands.command import Assigned, is_variable_name

_ACCESS = re.compile(
    r"""(?:\.value|\b\w{0,60}env\w{0,60}|microsoft\.sms\.tsenvironment["']\s*\))\s*
    \(\s*(?:["'](?P<name>[^"'()\n]{1,256})["']|[^()"'\n]{1,200})\s*\)\s*=(?!=)
    \s*(?:["'](?P<value>[^"'\n]{0,8000})["']\s*(?P<more>[&+]?))?""",
    re.IGNORECASE | re.VERBOSE,
)
# What such a script calls the object: ``Set t = CreateObject("Microsoft.SMS.TSEnvironment")``.
_NAMED = re.compile(
    r"\b(\w{1,60})\s*=\s*(?:new\s+)?(?:create|activex)\w*\s*\(\s*[\"']microsoft\.sms\.tsenvironment",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b\w{1,60}(?=\s{0,20}\()")
_TEXTS = re.compile(r"\"[^\"\n]*\"")
_DECIDES = re.compile(r"\b(?:if|for|do|while|select|function|sub|resume)\b", re.IGNORECASE)


def assigned(text: str) -> tuple[Assigned, ...]:
    """List what such a script sets. Quotes in quotes, doubled or behind a backslash, are taken for quotes."""
    doubled = '""' in text
    text = (text.replace('""', '"') if doubled else text.replace('\\"', '"')).replace("^", "")
    sure = _DECIDES.search(_TEXTS.sub("", text)) is None
    if objects := {name.lower() for name in _NAMED.findall(text)}:
        text = _CALLED.sub(lambda called: "tsenv" if called[0].lower() in objects else called[0], text)
    found = []
    for match in _ACCESS.finditer(text):
        name = match["name"] or ""
        known = is_variable_name(name)
        value = match["value"] if not match["more"] else None
        found.append(Assigned(name if known else "", value, known and sure and value is not None))
    return tuple(found)
