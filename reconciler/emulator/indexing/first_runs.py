"""The runs that creations begin: until one is seen to go on, another may be asked for.

Every official sample creates an indexer and runs it at once; the service accepts that (202 in
recordings-2020/test_run_indexer and recordings-modern/indexer_reset_2023).
"""

from __future__ import annotations

from reconciler.emulator.store import Record


class FirstRuns:
    """Which first runs nobody has seen, and which are to be followed by another one.

    Indexers are told apart by their sequence numbers: one that was deleted may have a namesake.
    """

    def __init__(self) -> None:
        self._unseen: set[int] = set()
        self._followed: set[int] = set()

    def begin(self, record: Record) -> None:
        self._unseen.add(record.sequence)

    def show(self, record: Record) -> None:
        self._unseen.discard(record.sequence)

    def follow(self, record: Record) -> bool:
        """Whether another run may come after this one; it is visible from then on."""
        if record.sequence not in self._unseen:
            return False
        self._unseen.remove(record.sequence)
        self._followed.add(record.sequence)
        return True

    def end(self, record: Record) -> bool:
        """The run is over: whether another one was asked for."""
        self._unseen.discard(record.sequence)
        wanted = record.sequence in self._followed
        self._followed.discard(record.sequence)
        return wanted
