"""What we own and last wrote: formats of ledger and journal, recovery, and the stores."""

from reconciler.ledger.file_store import FileStore
from reconciler.ledger.store import LedgerStore

__all__ = ["FileStore", "LedgerStore"]
