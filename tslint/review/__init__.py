"""What people ask of task sequences beside findings: what one holds, what changed, what runs, what ran."""
