"""Find what will fail in Configuration Manager task sequences, before a machine does."""

__version__ = "0.1.0"
