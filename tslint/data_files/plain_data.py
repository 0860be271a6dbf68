"""What YAML and JSON give."""

from __future__ import annotations

from typing import Any, TypeAlias

# Maps, lists, words, numbers, true, false and null, where only the schema that checked them tells which.
Plain: TypeAlias = Any
