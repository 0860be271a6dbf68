"""What can hold together: formulas, propositions and their meaning, witnesses. Knows nothing of steps."""
