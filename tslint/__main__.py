"""``python -m tslint``."""

from tslint.console import console

console()
