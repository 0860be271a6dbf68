"""Task sequences of the size that organisations have, with planted faults, and hostile ones."""
