"""The command line: arguments in, reports and an exit status out."""

from tslint.cli.main import console, main

__all__ = ["console", "main"]
