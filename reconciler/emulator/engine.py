"""Create, read, update, delete and list: the same for every kind of resource."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from reconciler.emulator import lists, secrecy, spelling, statistics, strict
from reconciler.emulator.answers import Answer
from reconciler.emulator.catalogue import (
    NOT_EMULATED,
    NOT_EMULATED_ACTIONS,
    Kind,
    kinds_by_collection,
)
from reconciler.emulator.conditions import check_conditions
from reconciler.emulator.context import Context
from reconciler.emulator.exchange import Reply, encode
from reconciler.emulator.expressing import unknown_kind
from reconciler.emulator.kept import keep_unknown
from reconciler.emulator.names import check_name
from reconciler.emulator.parts import Parts
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.search import door
from reconciler.emulator.shapes import shapes_of
from reconciler.emulator.store import Record
from reconciler.emulator.versions import READ_ONLY, VERSIONS

Body = dict[str, Any]


def answer(context: Context) -> Reply:
    """The reply to a request that has a credential and a version."""
    address = context.request.address
    kind = kinds_by_collection().get(address.collection)
    if kind is None or kind.type not in context.shapes:
        return _elsewhere(context, kind)
    resource = Resource(context, kind)
    method = context.request.method
    if not address.name:
        match method:
            case "GET":
                return resource.listed()
            case "POST":
                return resource.create()
    elif address.action:
        return resource.act(address.name, address.action)
    else:
        match method:
            case "GET":
                return resource.get(address.name)
            case "PUT":
                return resource.put(address.name)
            case "DELETE":
                return resource.delete(address.name)
    raise Refusal("method-not-allowed", method=method)


def _elsewhere(context: Context, kind: Kind | None) -> Reply:
    request = context.request
    address = request.address
    if kind is not None:
        raise Refusal("not-in-version", path=request.path, version=context.version.name)
    if address.collection == "servicestats" and not address.name:
        if request.method != "GET":
            raise Refusal("method-not-allowed", method=request.method)
        return statistics.of_service(context)
    if address.collection in NOT_EMULATED:
        raise Refusal("not-emulated", path=f"/{address.collection}")
    raise Refusal("no-such-path", path=request.path)


def resource_of(context: Context, collection: str) -> Resource:
    """A resource that the service itself writes, in the newest version: it knows everything."""
    version = VERSIONS[-1]
    newest = replace(context, version=version, shapes=shapes_of(version.name))
    return Resource(newest, kinds_by_collection()[collection])


@dataclass(frozen=True)
class Resource:
    """One request about resources of one kind."""

    context: Context
    kind: Kind

    def listed(self) -> Reply:
        stored = self.context.store.all(self.kind.collection).values()
        records = [record for record in stored if self.may_show(record)]
        if self.kind.newest_first:
            records.sort(key=lambda record: -record.sequence)
        else:
            records.sort(key=lambda record: record.name)
        head = b""
        if lists.counts(self.context):
            head = b'"@odata.count":%d,' % len(records)
        records = lists.page(self.context, records)
        items = [self.shown(record, reading=True) for record in records]
        select = self.context.request.query.get("$select")
        suffix = ""
        if select is not None and select != "*":
            suffix = f"({select})"
            items = [self.selected(item, select) for item in items]
        place = encode(f"{self.context.request.endpoint}/$metadata#{self.kind.collection}{suffix}")
        body = b'{"@odata.context":%b,%b"value":[%b]}' % (place, head, b",".join(items))
        return Reply(200, body)

    def selected(self, item: bytes, select: str) -> bytes:
        whole = json.loads(item)
        names = [name.strip() for name in select.split(",")]
        for name in names:
            if name not in whole or name.startswith("@"):
                raise Refusal("unknown-select", property=name, type=self.kind.type)
        return encode({name: whole[name] for name in names})

    def get(self, name: str) -> Reply:
        record = self.existing(name)
        if not self.may_show(record):
            raise self.missing(name)
        return self.entity(200, record, reading=True)

    def may_show(self, record: Record) -> bool:
        """Whether a read in this version shows the record: `Settings.preview_objects`.

        Raises:
            Refusal: the version cannot express it, and the service is set to say so.
        """
        choice = self.context.settings.preview_objects
        if choice == "shows":
            return True
        unknown = unknown_kind(self.context.shapes, record.body, self.kind.type)
        if unknown is not None and choice == "refuses":
            values = {"noun": self.kind.noun, "name": record.name, "kind": unknown.lstrip("#")}
            raise Refusal("not-expressible", version=self.context.version.name, **values)
        return unknown is None

    def create(self) -> Reply:
        body = self.body()
        name = str(body["name"])
        if name in self.context.store.all(self.kind.collection):
            raise Refusal(self.kind.exists_rule, name=name, noun=self.kind.noun)
        return self.write(name, body, None)

    def put(self, name: str) -> Reply:
        body = self.body()
        record = self.find(name)
        real_name = record.name if record else name
        if body["name"] not in (name, real_name):
            raise Refusal("name-differs", parameter=self.kind.parameter)
        check_conditions(self.context.request, record, self.kind.has_etag)
        return self.write(real_name, body | {"name": real_name}, record)

    def delete(self, name: str) -> Reply:
        record = self.context.store.get(self.kind.collection, name)
        check_conditions(self.context.request, record, self.kind.has_etag)
        self.kind.may_delete(self.context, name)
        if record is None:
            raise self.missing(name)
        self.parts.check_deletable(record.body)
        self.remove(name)
        self.parts.delete(record.body)
        return Reply(204)

    def remove(self, name: str) -> None:
        self.context.store.delete(self.kind.collection, name)
        self.kind.deleted(self.context, name)

    @property
    def parts(self) -> Parts:
        return Parts(self.kind, self.context.store, partial(resource_of, self.context))

    def act(self, name: str, action: str) -> Reply:
        verb = action.split("/")[0].split("(")[0]
        if verb in NOT_EMULATED_ACTIONS:
            raise Refusal("not-emulated", path=f"/{self.kind.collection}/.../{action}")
        if self.kind.collection == "indexes" and verb == "docs":
            return door.answer(self.context, self.existing(name), action)
        handler = self.kind.action(self.context.request.method, action)
        if handler is None:
            if any(action == called for _, called, _ in self.kind.actions):
                raise Refusal("method-not-allowed", method=self.context.request.method)
            raise Refusal("no-such-path", path=self.context.request.path)
        return handler(self.context, self.existing(name))

    def body(self) -> Body:
        parameter = self.kind.parameter
        body = strict.parse_json(self.context.request.body, parameter)
        strict.Checker(self.context.shapes, parameter).check(body, self.kind.type)
        unread = READ_ONLY.get(self.kind.type, ())
        return {
            key: value
            for key, value in body.items()
            if not key.startswith("@odata.") and key not in unread
        }

    def write(self, name: str, body: Body, record: Record | None) -> Reply:
        context, kind = self.context, self.kind
        old = record.body if record else None
        if record is None:
            check_name(kind.collection, kind.noun, name)
            self.check_quota(name)
        redacted_keeps = context.settings.redacted_key_on_write == "keeps"
        if old and body.get("encryptionKey") is None:
            body["encryptionKey"] = old.get("encryptionKey")
        # FACTS d: a data source's connection string is removed by its mask.
        removes = secrecy.NULL_IN_ANSWERS if kind.type == "DataSource" else ""
        secrecy.settle(body, old, redacted_keeps, removes)
        if old:
            keep_unknown(context.shapes, body, old, kind.type)
        spelling.settle_durations(context.shapes, body, kind.type)
        kind.complete(context, body, old)
        kind.check(context, body, old)
        self.parts.write(body, old)
        saved = context.store.put(kind.collection, name, body)
        reply = self.written(saved, created=record is None)
        kind.written(context, saved, record is None)
        return reply

    def written(self, record: Record, created: bool) -> Reply:
        """Without `Prefer: return=representation` an update answers 204 (rule `put`)."""
        prefer = self.context.request.headers.get("prefer", "")
        if not created and "return=representation" not in prefer:
            return Reply(204, etag=record.etag if self.kind.has_etag else "")
        reply = self.entity(201 if created else 200, record, reading=False)
        if created:
            request = self.context.request
            place = f"{self.kind.collection}('{record.name}')"
            version = request.query.get("api-version", "")
            reply.location = f"{request.endpoint}/{place}?api-version={version}"
        return reply

    def entity(self, status: int, record: Record, reading: bool) -> Reply:
        place = f"{self.context.request.endpoint}/$metadata#{self.kind.collection}/$entity"
        rest = self.shown(record, reading)[1:]
        body = b'{"@odata.context":%b,%b' % (encode(place), rest)
        return Reply(status, body, etag=record.etag if self.kind.has_etag else "")

    def shown(self, record: Record, reading: bool) -> bytes:
        """The record as this version shows it; what a GET shows is kept until it changes."""
        kept = self.context.store.answers(self.kind.collection, record)
        version = self.context.version.name
        if reading and version in kept:
            return kept[version]
        head = {"@odata.etag": record.etag} if self.kind.has_etag else {}
        mask = reading and self.context.settings.keys_on_read == "redacted"
        body = Answer(self.context.shapes, reading).of(record.body, self.kind.type, mask)
        content = encode(head | body)
        if reading:
            kept[version] = content
        return content

    def find(self, name: str) -> Record | None:
        """An index is also found by its alias: FACTS g (get and update of the definition)."""
        store = self.context.store
        record = store.get(self.kind.collection, name)
        if record is None and self.kind.collection == "indexes":
            alias = store.get("aliases", name)
            if alias is not None:
                return store.get("indexes", alias.body["indexes"][0])
        return record

    def existing(self, name: str) -> Record:
        record = self.find(name)
        if record is None:
            raise self.missing(name)
        return record

    def missing(self, name: str) -> Refusal:
        service = self.context.settings.service
        return Refusal(self.kind.missing_rule, noun=self.kind.noun, name=name, service=service)

    def check_quota(self, name: str) -> None:
        limit = self.context.tier.quota(self.kind.collection)
        count = len(self.context.store.all(self.kind.collection))
        if count >= limit:
            service = self.context.settings.service
            raise Refusal(
                self.kind.quota_rule,
                name=name,
                service=service,
                noun=self.kind.noun,
                limit=limit,
                count=count,
            )
