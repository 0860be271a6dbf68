"""Which findings count: configuration, suppressions with their reasons, and the baseline."""
