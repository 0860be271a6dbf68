"""What the format SARIF is made of."""
