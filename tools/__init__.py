"""What makes the generated files of the checkout; not part of the package."""
