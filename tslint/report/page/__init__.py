"""The page for a browser: task sequences as the console shows them, with the findings beside their steps."""
