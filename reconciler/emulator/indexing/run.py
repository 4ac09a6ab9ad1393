"""One run of one indexer, from its data source to its indexes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from reconciler.emulator.indexing import history
from reconciler.emulator.indexing.assembly import Assembled, assembled, key_of
from reconciler.emulator.indexing.parts import NotFound, Parts
from reconciler.emulator.indexing.problems import ItemFailed, Problems, item_key
from reconciler.emulator.indexing.reading import Read, Reader
from reconciler.emulator.indexing.selection import NATIVE, Due, Selection, deleted_mark
from reconciler.emulator.indexing.tracking import Tracking
from reconciler.emulator.indexing.writing import Writer
from reconciler.emulator.models.models import Models
from reconciler.emulator.search.documents import Documents
from reconciler.emulator.storage import Container, StorageFailed
from reconciler.emulator.store import Record, Store
from reconciler.emulator.tiers import Tier

Body = dict[str, Any]

BATCH = 10  # SKILLS 4.1: of blobs


class Ended(Exception):
    """Somebody else ended the run, or deleted its indexer: nothing is to be said."""


class TooManyFailed(Exception):
    """More items failed than the indexer allows."""


class Run:
    """What a run holds while it goes on. Made under the store's lock."""

    def __init__(
        self,
        store: Store,
        documents: Documents,
        models: Models,
        tier: Tier,
        record: Record,
        parts: Parts,
    ) -> None:
        self._store = store
        self._models = models
        self._tier = tier
        self._record = record
        self._current = record.current or {}
        self._parts = parts
        self._tracking = Tracking.of(record.tracking)
        self._writer = Writer(store, documents, parts)
        self._problems = Problems()
        self._began = datetime.now(UTC)
        self._processed = self._failed = self._failed_in_batch = 0

    def carry_out(self, opening: Callable[[], Container]) -> None:
        """Reads everything that is due, and says in the status how it ended."""
        try:
            self._progress(initialTrackingState=self._tracking.initial_state(self._began))
            self._read(opening())
            self._end("success", finalTrackingState=self._tracking.final_state(self._began))
        except Ended:
            return
        except StorageFailed as failure:
            self._fail(failure.of_data_source())
        except (NotFound, TooManyFailed) as failure:
            self._fail(str(failure))
        except Exception as error:
            self._fail(f"The run was ended by an unexpected {type(error).__name__}.")

    def _fail(self, message: str) -> None:
        """Ends the run with an error of its own; what was done so far stays done."""
        self._end("transientFailure", errorMessage=message)

    def _read(self, container: Container) -> None:
        reader = Reader(self._parts, container, self._tier)
        selection = Selection(
            self._parts.configuration,
            self._parts.deletion_policy,
            self._parts.folder,
            dict(self._tracking.seen),
        )
        for place, message in self._parts.unheeded:
            self._problems.warning("", place, message)
        for due in selection.due(container):
            if due.what == "delete":
                self._delete(due, reader, container)
            else:
                self._index(due, reader)

    def _index(self, due: Due, reader: Reader) -> None:
        """Every item of a blob; the blob is dealt with when none of them failed."""
        assert due.blob is not None
        failed = self._failed
        try:
            for item in reader.items(due.blob):
                self._item(item, due.blob.url)
        except ItemFailed as failure:
            self._error(item_key(due.blob.url), failure)
        except (Ended, NotFound, TooManyFailed):
            raise
        except Exception as error:
            self._error(item_key(due.blob.url), self._unexpected(error))
        if self._failed == failed:
            self._tracking.seen[due.name] = due.blob.etag

    def _item(self, item: Read, url: str) -> None:
        key = item_key(url)
        try:
            fields = self._writer.fields(self._parts.indexer["targetIndexName"])
            key = item_key(url, key_of(self._parts, item.values, fields))
            for message, details in item.warnings:
                self._problems.warning(key, self._parts.extraction, message, details)
            keys = self._writer.child_keys()
            done = assembled(self._parts, item.values, fields, keys, self._models)
            if not self._noted(key, done):
                self._writer.put(done)
                self._count()
        except ItemFailed as failure:
            self._error(key, failure)
        except (Ended, NotFound, TooManyFailed):
            raise
        except Exception as error:
            self._error(key, self._unexpected(error))

    def _noted(self, key: str, done: Assembled) -> bool:
        """Hands on what skills and output mappings said; True when a skill failed the item."""
        failures = []
        for note in done.notes:
            if note.severity == "error":
                failures.append(ItemFailed(note.name, note.message, note.details))
            else:
                self._problems.warning(key, note.name, note.message, note.details, note.link)
        for field, source in done.unmapped:
            place = f"Projection.SearchIndex.OutputFieldMapping.{field}"
            message = (
                f"Could not map output field '{field}' to search index. Check the "
                "'outputFieldMappings' property of your indexer."
            )
            self._problems.warning(key, place, message, f"Missing value '{source}'.")
        for failure in failures[:-1]:
            self._problems.error(key, failure)
        if failures:
            self._error(key, failures[-1])
        return bool(failures)

    def _delete(self, due: Due, reader: Reader, container: Container) -> None:
        """Takes out the document of a blob; SKILLS 4.3: not of one-to-many parsing modes."""
        url = container.url_of(due.name)
        mark = deleted_mark(due.blob)
        if self._parts.one_to_many:
            message = "Deletion detection does not cover a parsing mode that makes many documents."
            self._problems.warning(item_key(url), self._parts.extraction, message)
            self._tracking.seen[due.name] = mark
            return
        values: Body = {
            "metadata_storage_path": url,
            "metadata_storage_name": due.name.rsplit("/", 1)[-1],
        }
        native = self._parts.deletion_policy.get("@odata.type") == NATIVE
        try:
            if due.blob is not None:
                values = reader.stored(due.blob) if native else reader.first(due.blob)
            fields = self._writer.fields(self._parts.indexer["targetIndexName"])
            self._writer.delete(key_of(self._parts, values, fields))
        except ItemFailed as failure:
            self._error(item_key(url), failure)
        else:
            self._tracking.seen[due.name] = mark
            self._count()

    def _unexpected(self, error: Exception) -> ItemFailed:
        """An exception's own text may hold a secret: its kind is told."""
        kind = type(error).__name__
        return ItemFailed(self._parts.extraction, "Could not process document", kind, 500)

    def _error(self, key: str, failure: ItemFailed) -> None:
        self._problems.error(key, failure)
        self._failed += 1
        self._failed_in_batch += 1
        self._count()
        for name, failed in (
            ("maxFailedItems", self._failed),
            ("maxFailedItemsPerBatch", self._failed_in_batch),
        ):
            allowed = self._parts.parameters.get(name) or 0
            if allowed != -1 and failed > allowed:
                raise TooManyFailed(f"{failed} items failed, but {name} is {allowed}.")

    def _count(self) -> None:
        """One more item, failed or not."""
        self._processed += 1
        if self._processed % (self._parts.parameters.get("batchSize") or BATCH) == 0:
            self._failed_in_batch = 0
        self._progress()

    def _progress(self, **values: Any) -> None:
        with self._store.lock:
            self._check()
            self._current.update(self._so_far() | values)

    def _end(self, status: str, **values: Any) -> None:
        with self._store.lock:
            try:
                self._check()
            except Ended:
                return
            self._record.tracking = self._tracking.kept()
            told = self._so_far() | {"status": status} | values
            history.finish(self._store, self._record, **told)

    def _so_far(self) -> Body:
        return {
            "itemsProcessed": self._processed,
            "itemsFailed": self._failed,
            "errors": list(self._problems.errors),
            "warnings": list(self._problems.warnings),
        }

    def _check(self) -> None:
        """Raises Ended when the run is not the indexer's any more."""
        name = self._record.name
        there = self._store.get(history.COLLECTION, name) is self._record
        if not there or self._record.current is not self._current:
            raise Ended
