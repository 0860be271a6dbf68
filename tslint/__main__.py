"""``python -m tslint``."""

from tslint.cli import console

console()
