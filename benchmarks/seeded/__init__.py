"""Seeded defects: sequences with known faults, and look-alikes that are fine (see benchmarks/README.md)."""
