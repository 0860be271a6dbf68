"""The rule language: facts, matchers, selectors and forms of patterns, each declared where it is implemented."""
