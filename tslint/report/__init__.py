"""Findings and reviews to the text of every format, and how that is written."""
