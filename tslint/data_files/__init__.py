"""YAML files that people write: read with places, checked against a schema, faults in words."""
