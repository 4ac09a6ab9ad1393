"""One run of one indexer, from its data source to its indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from reconciler.emulator.indexing.assembly import Assembled, assembled, key_of
from reconciler.emulator.indexing.parts import Body, NotFound, Parts
from reconciler.emulator.indexing.problems import ItemFailed, item_key
from reconciler.emulator.indexing.progress import Ended, Progress, TooManyFailed
from reconciler.emulator.indexing.reading import Read, Reader
from reconciler.emulator.indexing.selection import NATIVE, Due, Selection, deleted_mark
from reconciler.emulator.indexing.tracking import Tracking
from reconciler.emulator.indexing.writing import Writer
from reconciler.emulator.models.models import Models
from reconciler.emulator.storage import Blob, Container, StorageFailed
from reconciler.emulator.tiers import Tier
from reconciler.emulator.unexpected import told


class Run:
    """What a run works with. An item that fails is told of, and the run goes on."""

    def __init__(
        self, parts: Parts, progress: Progress, tracking: Tracking, writer: Writer, models: Models
    ) -> None:
        self._parts = parts
        self._progress = progress
        self._tracking = tracking
        self._writer = writer
        self._models = models
        self._began = datetime.now(UTC)

    def carry_out(self, opening: Callable[[], Container], tier: Tier) -> None:
        """Reads everything that is due, and says in the status how it ended."""
        try:
            self._progress.begin(self._tracking.initial_state(self._began))
            with closing(opening()) as container:
                self._read(container, tier)
        except Ended:
            return
        except StorageFailed as failure:
            self._fail(failure.of_data_source())
        except (NotFound, TooManyFailed) as failure:
            self._fail(str(failure))
        except Exception as error:
            self._fail(told(error, f"indexer {self._parts.indexer['name']}").text)
        else:
            state = self._tracking.final_state(self._began)
            self._progress.end(self._tracking.kept(), finalTrackingState=state)

    def _fail(self, message: str) -> None:
        """Ends the run with an error of its own; what was done so far stays done."""
        self._progress.end(self._tracking.kept(), status="transientFailure", errorMessage=message)

    def _read(self, container: Container, tier: Tier) -> None:
        parts = self._parts
        for place, message in parts.unheeded:
            self._progress.problems.warning("", place, message)
        reader = Reader(parts, container, tier)
        seen = dict(self._tracking.seen)
        since = self._tracking.mark
        selection = Selection(parts.configuration, parts.deletion_policy, parts.folder, seen, since)
        for due in selection.due(container):
            if due.what == "delete":
                self._delete(due, container.url_of(due.name), reader)
            elif due.blob is not None:
                self._index(due.blob, reader)

    def _index(self, blob: Blob, reader: Reader) -> None:
        """Every item of a blob; the blob is dealt with when none of them failed."""
        before = self._progress.failed
        with self._telling(item_key(blob.url)):
            for item in reader.items(blob):
                self._item(item, blob.url)
        if self._progress.failed == before:
            self._tracking.seen[blob.name] = blob.etag

    def _item(self, item: Read, url: str) -> None:
        with self._telling(item_key(url)):
            fields = self._writer.fields(self._parts.indexer["targetIndexName"])
            key = item_key(url, key_of(self._parts, item.values, fields))
            with self._telling(key):
                for message, details in item.warnings:
                    place = self._parts.extraction
                    self._progress.problems.warning(key, place, message, details)
                child_keys = self._writer.child_keys()
                done = assembled(self._parts, item.values, fields, child_keys, self._models)
                self._note(key, done)
                self._progress.check()
                self._writer.put(done)
                self._progress.item_done()

    def _note(self, key: str, done: Assembled) -> None:
        """Hands on what skills and output mappings said. Raises ItemFailed when a skill failed."""
        problems = self._progress.problems
        failures = []
        for note in done.notes:
            if note.severity == "error":
                details = (note.name, note.message, note.details)
                failures.append(ItemFailed(*details, link=note.link))
            else:
                problems.warning(key, note.name, note.message, note.details, note.link)
        for field, source in done.unmapped:
            place = f"Projection.SearchIndex.OutputFieldMapping.{field}"
            message = (
                f"Could not map output field '{field}' to search index. Check the "
                "'outputFieldMappings' property of your indexer."
            )
            problems.warning(key, place, message, f"Missing value '{source}'.")
        for failure in failures[:-1]:
            problems.error(key, failure)
        if failures:
            raise failures[-1]

    def _delete(self, due: Due, url: str, reader: Reader) -> None:
        """Takes out the document of a blob; SKILLS 4.3: not of one-to-many parsing modes."""
        before = self._progress.failed
        if self._parts.one_to_many:
            message = "Deletion detection does not cover a parsing mode that makes many documents."
            place = self._parts.extraction
            self._progress.problems.warning(item_key(url), place, message)
        else:
            with self._telling(item_key(url)):
                fields = self._writer.fields(self._parts.indexer["targetIndexName"])
                values = self._last_values(due, url, reader)
                self._progress.check()
                self._writer.delete(key_of(self._parts, values, fields))
                self._progress.item_done()
        if self._progress.failed == before:
            self._tracking.seen[due.name] = deleted_mark(due.blob)

    def _last_values(self, due: Due, url: str, reader: Reader) -> Body:
        """What the key of a deleted blob is made of: its content only while it can be read."""
        if due.blob is None:
            name = due.name.rsplit("/", 1)[-1]
            return {"metadata_storage_path": url, "metadata_storage_name": name}
        native = self._parts.deletion_policy.get("@odata.type") == NATIVE
        return reader.stored(due.blob) if native else reader.first(due.blob)

    @contextmanager
    def _telling(self, key: str) -> Iterator[None]:
        """An item that fails is counted and listed. Raises TooManyFailed."""
        try:
            yield
        except ItemFailed as failure:
            self._progress.item_failed(key, failure)
        except (Ended, NotFound, TooManyFailed):
            raise
        except Exception as error:
            details = told(error, f"indexer {self._parts.indexer['name']}, {key}").text
            place = self._parts.extraction
            unexpected = ItemFailed(place, "Could not process document", details, 500)
            self._progress.item_failed(key, unexpected)
