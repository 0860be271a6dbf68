"""The rule language: facts, matchers, selectors and forms, each declared where it is implemented."""
