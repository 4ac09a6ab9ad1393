"""The rules: every module here is one, found by being here (see `lint/rule.py` for its form)."""
