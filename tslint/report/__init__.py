"""Findings to bytes: text, JSON, SARIF, GitHub annotations."""
