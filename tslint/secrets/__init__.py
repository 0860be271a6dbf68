"""What is taken for a secret, and where a task sequence holds one in clear."""
