"""Bytes to documents: walk, unzip, decode, find the sequence, positions."""
