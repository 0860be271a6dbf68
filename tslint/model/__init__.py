"""What a task sequence says: groups, steps, conditions, commands; frozen and free of XML."""
