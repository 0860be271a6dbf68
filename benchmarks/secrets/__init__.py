"""How many ways to write a secret are found, how many harmless texts are not, and whether any is shown."""
