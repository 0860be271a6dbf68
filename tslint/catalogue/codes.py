"""What codes mean, as data (rules/codes.yaml). Linting needs none of it."""

from __future__ import annotations

from typing import TypedDict


class Codes(TypedDict):
    """Meanings of codes: of Windows by number, of COM and others by hexadecimal digits."""

    windows: dict[str, str]
    results: dict[str, str]
