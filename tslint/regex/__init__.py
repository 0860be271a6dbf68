"""Regular expressions and globs, searched for in linear time."""
