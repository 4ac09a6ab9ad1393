"""What somebody changed since the last apply, and what is drift accepted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from reconciler.model import pointer
from reconciler.model.json import NOTHING
from reconciler.model.ledger import Ledger, LedgerIdentity
from reconciler.model.plan import Drift
from reconciler.model.pointer import parse
from reconciler.model.resource import Lifecycle
from reconciler.planning import make_plan
from reconciler.planning.accept import accepted
from reconciler.planning.drift import drift_of, drifted
from tests.planning.stated import VERSION, Body, entry, live, resource, situation

ID = {"name": "id", "type": "Edm.String", "key": True}
TITLE = {"name": "title", "type": "Edm.String"}
SKILL = {"@odata.type": "#Microsoft.Skills.Custom.WebApiSkill", "name": "s"}
AT = "/credentials/connectionString"
URI = "/skills/s/uri"

Edits = list[tuple[str, Any, Any]]


def shown(drift: Drift | None) -> Edits:
    edits = drift.edits if drift is not None else ()
    return [(pointer.render(edit.path), edit.before, edit.after) for edit in edits]


PLAIN: dict[str, tuple[str, Body, Body | None, Body, Edits]] = {
    "nothing": ("Index/x", {"description": "a"}, None, {"description": "a"}, []),
    "a value": (
        "Index/x",
        {"description": "a"},
        None,
        {"description": "b"},
        [("/description", "a", "b")],
    ),
    "a value more": ("Index/x", {}, None, {"description": "b"}, [("/description", None, "b")]),
    "a value fewer": ("Index/x", {"description": "a"}, None, {}, [("/description", "a", None)]),
    "since it was read, not since it was written": (
        "Index/x",
        {"description": "a"},
        {"description": "b"},
        {"description": "b"},
        [],
    ),
    "back to what was written": (
        "Index/x",
        {"description": "a"},
        {"description": "b"},
        {"description": "a"},
        [("/description", "b", "a")],
    ),
    "what the service chose": (
        "Indexer/x",
        {"parameters": {"maxFailedItems": 1}},
        {"parameters": {"maxFailedItems": 1, "batchSize": 1}},
        {"parameters": {"maxFailedItems": 1, "batchSize": 2}},
        [],
    ),
    "what was chosen": (
        "Indexer/x",
        {"parameters": {"batchSize": 1}},
        None,
        {"parameters": {"batchSize": 2}},
        [("/parameters/batchSize", 1, 2)],
    ),
    "what is read-only": ("Index/x", {}, {"@odata.etag": "1"}, {"@odata.etag": "2"}, []),
    "behind a mask, as it was": (
        "Skillset/x",
        {"skills": [{**SKILL, "uri": "https://f?code=k"}]},
        None,
        {"skills": [{**SKILL, "uri": "https://f?code=<redacted>"}]},
        [],
    ),
    "behind a mask, another one": (
        "Skillset/x",
        {"skills": [{**SKILL, "uri": "https://f?code=k"}]},
        None,
        {"skills": [{**SKILL, "uri": "https://g?code=<redacted>"}]},
        [(URI, "https://f?code=k", "https://g?code=<redacted>")],
    ),
}


@pytest.mark.parametrize(("address", "written", "read", "now", "edits"), PLAIN.values(), ids=PLAIN)
def test_drift(address: str, written: Body, read: Body | None, now: Body, edits: Edits) -> None:
    found = drift_of(entry(address, written, read), live(address, now), str.upper)
    assert shown(found) == edits
    assert found is None or not found.gone
    assert (found is None) is (edits == [])


def test_a_field_that_somebody_added() -> None:
    ours, now = entry("Index/x", {"fields": [ID]}), live("Index/x", {"fields": [ID, TITLE]})
    found = drift_of(ours, now, str.upper)
    assert found is not None
    assert [pointer.render(edit.path) for edit in found.edits] == ["/fields/title"]
    assert drift_of(replace(ours, read_back=NOTHING), now, str.upper) is None


def test_a_field_that_somebody_took_out_since_it_was_written() -> None:
    ours = replace(entry("Index/x", {"fields": [ID, TITLE]}), read_back=NOTHING)
    found = drift_of(ours, live("Index/x", {"fields": [ID]}), str.upper)
    assert found is not None
    assert [pointer.render(edit.path) for edit in found.edits] == ["/fields/title"]


def test_what_is_gone() -> None:
    ours = entry("Index/x", {})
    assert drift_of(ours, None, str.upper) == Drift(ours.id, gone=True)


def test_what_was_read_in_another_version_is_not_compared() -> None:
    ours, now = entry("Index/x", {"description": "a"}), {"description": "b"}
    assert drift_of(ours, live("Index/x", now, "2024-07-01"), str.upper) is None
    assert drift_of(ours, live("Index/x", now, VERSION), str.upper) is not None


IGNORED: dict[str, tuple[str, bool]] = {
    "it": ("/container/name", True),
    "what holds it": ("/container", True),
    "something beneath it": ("/container/name/more", False),
    "something else": ("/description", False),
}


@pytest.mark.parametrize(("ignore", "silent"), IGNORED.values(), ids=IGNORED)
def test_what_is_ignored_is_no_drift(ignore: str, silent: bool) -> None:
    ours = entry(
        "DataSource/x",
        {"container": {"name": "a"}},
        lifecycle=Lifecycle(ignore=(parse(ignore),)),
    )
    found = drift_of(ours, live("DataSource/x", {"container": {"name": "b"}}), str.upper)
    assert (found is None) is silent


def test_drifts_are_sorted_by_address() -> None:
    entries = [
        entry(address, {"description": "a"}) for address in ("Index/b", "Index/c", "Alias/a")
    ]
    now = {one.id: live(str(one.id), {"description": "a"}) for one in entries[:1]}
    found = drifted(entries, now, str.upper)
    assert [str(drift.id) for drift in found] == ["Alias/a", "Index/c"]


# secrets


def skillset(uri: Any) -> Body:
    return {"skills": [{**SKILL, "uri": uri}]}


SECRETS: dict[str, tuple[str | None, Any, Any, list[tuple[str, str]]]] = {
    "as it was": ("HTTPS://F", None, "https://f", []),
    "another one": ("HTTPS://F", None, "https://g", [(URI, "changed")]),
    "one that is not known": (None, None, "https://g", []),
    "behind a mask as it was": (
        "HTTPS://F",
        "$masked:HTTPS://F?C=<REDACTED>",
        "https://f?c=<redacted>",
        [],
    ),
    "behind a mask, with other words around": (
        "HTTPS://F",
        "$masked:HTTPS://F?C=<REDACTED>",
        "https://g?c=<redacted>",
        [(URI, "changed")],
    ),
    "behind a mask that was never seen": ("HTTPS://F", None, "https://g?c=<redacted>", []),
    "all of it behind a mask": (
        "HTTPS://F",
        "$masked:HTTPS://F?C=<REDACTED>",
        "<redacted>",
        [],
    ),
    "not shown": ("HTTPS://F", None, None, []),
}


@pytest.mark.parametrize(("known", "stored", "now", "notes"), SECRETS.values(), ids=SECRETS)
def test_secrets_that_are_shown(
    known: str | None, stored: Any, now: Any, notes: list[tuple[str, str]]
) -> None:
    ours = entry("Skillset/x", skillset(None), skillset(stored), fingerprints={URI: known})
    found = drift_of(ours, live("Skillset/x", skillset(now)), str.upper)
    assert shown(found) == [(path, None, None) for path, _ in notes]
    for edit in found.edits if found is not None else ():
        assert (edit.sensitive, edit.note) == (True, "changed")


def source(secret: Any) -> Body:
    return {"credentials": {"connectionString": secret}}


ADDED: dict[str, tuple[Body, dict[str, str | None], Any, list[str]]] = {
    "where none was declared": ({}, {}, "key", ["added"]),
    "where one was declared": (source(None), {}, "key", []),
    "where one is known": ({}, {AT: "KEY"}, "key", []),
    "none": ({}, {}, None, []),
}


@pytest.mark.parametrize(("written", "prints", "now", "notes"), ADDED.values(), ids=ADDED)
def test_secrets_that_somebody_added(
    written: Body, prints: dict[str, str | None], now: Any, notes: list[str]
) -> None:
    ours = entry("DataSource/x", written, fingerprints=prints)
    found = drift_of(ours, live("DataSource/x", source(now)), str.upper)
    edits = found.edits if found is not None else ()
    assert [(edit.note, edit.sensitive) for edit in edits] == [(note, True) for note in notes]


def test_a_secret_of_a_skill_that_somebody_moved_is_never_shown() -> None:
    first, second = ({**SKILL, "name": name} for name in "ab")
    ours = entry(
        "Skillset/x",
        {"skills": [{**first, "uri": None}, second]},
        fingerprints={"/skills/a/uri": "HTTPS://F?CODE=K"},
    )
    now = live("Skillset/x", {"skills": [first, {**second, "uri": "https://f?code=k"}]})
    assert shown(drift_of(ours, now, str.upper)) == [("/skills/b/uri", None, None)]


# drift in a plan

WORDS, EDITED = {"synonyms": "a, b"}, {"synonyms": "a, c"}
PLANS: dict[str, tuple[Body, Body, Body | None, bool]] = {
    "it is undone": (WORDS, WORDS, EDITED, True),
    "it is declared in another way": ({"synonyms": "d"}, WORDS, EDITED, True),
    "there is none": ({"synonyms": "d"}, WORDS, WORDS, False),
    "the object is gone": (WORDS, WORDS, None, True),
}


@pytest.mark.parametrize(("desired", "written", "now", "told"), PLANS.values(), ids=PLANS)
def test_a_plan_tells_of_drift(desired: Body, written: Body, now: Body | None, told: bool) -> None:
    declared = resource("SynonymMap/x", desired)
    lives = [live("SynonymMap/x", now)] if now is not None else []
    plan = make_plan(situation([declared], lives, [entry("SynonymMap/x", written)]))
    assert [str(drift.id) for drift in plan.drift] == (["SynonymMap/x"] if told else [])
    assert [drift.gone for drift in plan.drift] == ([now is None] if told else [])


def test_a_plan_goes_by_what_the_document_ignores_now() -> None:
    ours = entry("SynonymMap/x", {**WORDS, "format": "solr"})
    now = live("SynonymMap/x", {**WORDS, "format": "other"})
    for ignore, told in (("", 1), ("/format", 0)):
        declared = resource("SynonymMap/x", {"synonyms": "d", "format": "solr"}, ignore=ignore)
        plan = make_plan(situation([declared], [now], [ours]))
        assert len(plan.drift) == told


# drift accepted


def ledger(*entries: Any) -> Ledger:
    identity = LedgerIdentity("p", "e", "https://s", "l", "00", 4)
    return Ledger(identity, {one.id: one for one in entries})


def test_what_is_accepted_is_drift_no_more() -> None:
    kept, gone = entry("SynonymMap/a", WORDS), entry("SynonymMap/b", WORDS)
    other = entry("SynonymMap/c", WORDS)
    now = {kept.id: live("SynonymMap/a", EDITED)}
    found = drifted([kept, gone], now, str.upper)
    after = accepted(ledger(kept, gone, other), now, found, str.upper)
    assert list(after.entries) == [kept.id, other.id]
    assert after.identity.serial == 5
    assert after.entries[other.id] == other
    assert after.entries[kept.id].written == kept.written
    assert after.entries[kept.id].read_back.value == now[kept.id].body
    assert not drifted([after.entries[kept.id]], now, str.upper)


ACCEPTED: dict[str, tuple[str, Any, str | None, Any]] = {
    "shown in clear": ("HTTPS://F", "https://g", "HTTPS://G", None),
    "partly behind a mask": (
        "HTTPS://F",
        "https://g?c=<redacted>",
        "HTTPS://F",
        "$masked:HTTPS://G?C=<REDACTED>",
    ),
}


@pytest.mark.parametrize(("known", "now", "after", "stored"), ACCEPTED.values(), ids=ACCEPTED)
def test_a_secret_that_is_accepted_is_kept_as_a_fingerprint(
    known: str, now: str, after: str | None, stored: Any
) -> None:
    before = "$masked:HTTPS://F?C=<REDACTED>"
    ours = entry("Skillset/x", skillset(None), skillset(before), fingerprints={URI: known})
    shows = {ours.id: live("Skillset/x", skillset(now))}
    found = drifted([ours], shows, str.upper)
    [accept] = accepted(ledger(ours), shows, found, str.upper).entries.values()
    assert accept.fingerprints == {URI: after}
    assert accept.read_back.value["skills"][0]["uri"] == stored
    assert not drifted([accept], shows, str.upper)


def test_a_secret_in_clear_is_not_stored() -> None:
    ours = entry("DataSource/x", source(None), fingerprints={AT: "OLD"})
    shows = {ours.id: live("DataSource/x", source("key"))}
    found = drifted([ours], shows, str.upper)
    [accept] = accepted(ledger(ours), shows, found, str.upper).entries.values()
    assert accept.read_back.value["credentials"] == {"connectionString": None}
    assert accept.fingerprints == {AT: "KEY"}
