"""What we own and last wrote: a local file, its journal and its lock."""

from reconciler.ledger.file import LedgerFile
from reconciler.ledger.journal import Journal

__all__ = ["Journal", "LedgerFile"]
