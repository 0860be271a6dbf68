"""The texts of ways.yaml and harmless.yaml, as task sequences with secrets of our making."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from tslint.rules.example import sequence_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
# Passwords as people make them; the number makes each its own.
_PASSWORDS = ("Tr0ub4dor-{}", "Pa7role!{}", "k9#Lm2vQ{}", "S3rvice{}", "Winter+7{}")
_KEY_LETTERS = "BCDFGHJKMPQRTVWXY2346789"


class Text(NamedTuple):
    """One text: what it is about, how it is written, its task sequence, and the secrets in it."""

    about: str
    written: str
    xml: str
    secrets: tuple[str, ...]


def ways() -> list[Text]:
    """Return the ways to write a secret."""
    return list(_texts("ways.yaml", "ways"))


def harmless() -> list[Text]:
    """Return the texts without one."""
    return list(_texts("harmless.yaml", "texts"))


def _texts(file: str, key: str) -> Iterator[Text]:
    number = 100
    for group in yaml.safe_load((HERE / file).read_text("utf-8")):
        for given in group[key]:
            number += 1
            used: set[str] = set()
            filled = _filled(given, number, used)
            written = given if isinstance(given, str) else "; ".join(f"{k}: {v}" for k, v in given.items())
            yield Text(group["about"], " ".join(written.split()), _xml(filled, used), tuple(sorted(used)))


def _filled(given: Any, number: int, used: set[str]) -> Any:
    """Put secrets in for the placeholders, and note those used."""
    if isinstance(given, dict):
        return {key: _filled(value, number, used) for key, value in given.items()}
    if isinstance(given, list):
        return [_filled(value, number, used) for value in given]
    if not isinstance(given, str):
        return given
    for placeholder, make in _MADE.items():
        if placeholder in given:
            secret = make(number)
            used.add(secret)
            given = given.replace(placeholder, secret)
    return given


def _password(number: int) -> str:
    return _PASSWORDS[number % len(_PASSWORDS)].format(number)


def _pin(number: int) -> str:
    return f"{number * 7919 % 900_000 + 100_000}"


def _token(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()[:32]


def _pair(number: int) -> str:
    return base64.b64encode(f"svc:{_password(number)}".encode()).decode()


def _product_key(number: int) -> str:
    digest = hashlib.sha256(f"key {number}".encode()).digest()
    letters = "".join(_KEY_LETTERS[byte % len(_KEY_LETTERS)] for byte in digest[:25])
    return "-".join(letters[at : at + 5] for at in range(0, 25, 5))


def _recovery_password(number: int) -> str:
    """Make eight groups of six digits, each divisible by 11 (Win32_EncryptableVolume)."""
    digest = hashlib.sha256(f"recovery {number}".encode()).digest()
    groups = (int.from_bytes(digest[at : at + 2], "big") * 11 for at in range(0, 16, 2))
    return "-".join(f"{group:06}" for group in groups)


_MADE: dict[str, Callable[[int], str]] = {
    "<S>": _password,
    "<P>": _pin,
    "<T>": _token,
    "<B>": _pair,
    "<K>": _product_key,
    "<R>": _recovery_password,
}


def _xml(given: Any, used: set[str]) -> str:
    """Write the task sequence that a text stands for."""
    if isinstance(given, str):
        given = {"steps": [{"run": given}]}
    if "ps" in given:
        return sequence_xml([{"powershell": given["ps"]}])
    if "encoded" in given:
        code = base64.b64encode(given["encoded"].encode("utf-16-le")).decode()
        used.add(code)
        return sequence_xml([{"run": f"powershell.exe -NoProfile -EncodedCommand {code}"}])
    if "lite-touch" in given:
        return sequence_xml(given["lite-touch"], lite_touch=True)
    return sequence_xml(given["steps"])
