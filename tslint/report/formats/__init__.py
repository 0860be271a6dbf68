"""The formats of reports, a file each."""
