"""Reviews as text, Markdown and JSON; all of it comes through the mask."""
