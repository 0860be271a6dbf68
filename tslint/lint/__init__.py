"""Files to findings: the one loop, and the forms that rules take."""
