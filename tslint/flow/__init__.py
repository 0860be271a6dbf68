"""How a task sequence runs: conditions, phases, variable values, paths, witnesses."""
