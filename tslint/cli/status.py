"""The exit statuses of the program."""

# Nothing at or above --fail-on; findings; wrong usage or nothing to lint; a fault of tslint.
CLEAN, FOUND, USAGE, FAULT = 0, 1, 2, 3
