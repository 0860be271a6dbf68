"""What is documented about steps, variables, tools and secrets, as data (the tables in rules/)."""
