"""Rules as data: rule files, their language, and the compiled built-in rules."""
