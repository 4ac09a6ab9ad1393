"""The version of the tool; it stands in saved plans and ledgers."""

__version__ = "0.1.0"
