"""Something to report of everything that is reported, and the least of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.assertions.result import AssertionResult, Failure
from reconciler.lint.enrichment.facts import facts
from reconciler.lint.stack import Stack
from reconciler.model.json import NOTHING
from reconciler.model.ledger import Entry, Intent, Ledger, LedgerIdentity, PendingRun
from reconciler.model.outcome import Outcome, Result
from reconciler.model.plan import Action, Change, Drift, Edit, Plan, Refusal
from reconciler.model.problem import Problem, Where
from reconciler.model.resource import Resource
from reconciler.model.resource_id import ResourceId
from reconciler.model.step import Call, Precondition, Step
from reconciler.operations.waiting import IndexerWait
from reconciler.problems import catalogue
from reconciler.providers.search.indexers import Execution, IndexerStatus, Note
from reconciler.references import Link
from reconciler.report.values import (
    Applied,
    Disagreement,
    Drawing,
    Enriched,
    Judged,
    Started,
    Statuses,
)
from reconciler.session.noop_cache import Noop


class Sample(NamedTuple):
    """A value with everything in it, what every format says of it, and a value with nothing."""

    full: Any
    says: tuple[str, ...]
    least: Any


DOCS, SOURCE = ResourceId("Index", "docs"), ResourceId("DataSource", "files")
FOR = ("shop", "prod", "https://shop.search.windows.net")
TARGET = LedgerIdentity(*FOR, "ab", "cd", 7)
EDIT = Edit(("fields", "title", "searchable"), True, False)
PROBLEM = Problem(
    "odd-name", "the name is odd", Where(Path("docs.yaml"), line=3, column=5), "other"
)
DRIFT = Drift(DOCS, (EDIT,))
PUT = Call("PUT", "docs", "2024-07-01", Precondition("absent"))
CREATE = Step("create Index/docs", DOCS, PUT)
PLAN = Plan(
    TARGET,
    changes=(
        Change(DOCS, Action.UPDATE, (EDIT,), notes=("a note on it",)),
        Change(SOURCE, Action.ADOPT),
    ),
    steps=(CREATE,),
    problems=(PROBLEM,),
    blocked=(Refusal("mass-change", "too much at once", (DOCS,), "--consent mass-change"),),
    drift=(DRIFT,),
    unchanged=3,
    unmanaged=1,
    notes=("a note on all",),
    unmanaged_ids=(ResourceId("Alias", "theirs"),),
)
NO_PLAN = Plan(TARGET)
RUN = Execution(
    "transientFailure",
    "2024-07-01T10:00:00Z",
    "2024-07-01T10:00:09Z",
    12,
    1,
    "it stopped",
    (Note("a.pdf", "cannot be read"),),
    (Note("", "cut"),),
)
RUNS = IndexerWait("crawl", RUN)
FAILURE = Failure("pets", "none", "add", 404)
ENTRY = Entry(DOCS, "docs-v1", "2024-07-01", NOTHING)
PENDING = PendingRun("run1", "plan1", {CREATE.id: Intent(SOURCE, "create", None)})

SKILL = {
    "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill",
    "uri": "https://shop.com/enrich",
    "inputs": [{"name": "text", "source": "/document/content"}],
    "outputs": [{"name": "people"}],
}


def enriched(*skills: dict[str, Any]) -> Enriched:
    """What a skillset of some skills makes of a document."""
    id_, file = ResourceId("Skillset", "docs"), Path("docs.yaml")
    skillset = Resource(id_, "docs", "2024-07-01", {"skills": list(skills)}, Where(file))
    return Enriched(id_, facts(Stack((skillset,), (), Where(file), Path(), "prod")))


SAMPLES: Mapping[str, Sample] = {
    "noop": Sample(Noop(*FOR, 3, 1), ("3 unchanged, 1 unmanaged",), Noop(*FOR, 0, 0)),
    "plan": Sample(
        PLAN, ("Index/docs", "DataSource/files", "title", "too much at once", "a note on"), NO_PLAN
    ),
    "disagreement": Sample(
        Disagreement(NO_PLAN, PLAN, ["more"]),
        ("Index/docs", "title"),
        Disagreement(NO_PLAN, NO_PLAN, []),
    ),
    "drift": Sample((DRIFT, Drift(SOURCE, gone=True)), ("Index/docs", "DataSource/files"), ()),
    "outcome": Sample(
        Applied(PLAN, Outcome((Result(CREATE.id, DOCS, "done"),)), [RUNS]),
        ("crawl", "transientFailure", "a.pdf", "cannot be read"),
        Applied(NO_PLAN, Outcome()),
    ),
    "problems": Sample(Judged([PROBLEM], 2, 1), ("error",), Judged([])),
    "results": Sample(
        (
            AssertionResult(ResourceId("Check", "finds"), ("3 hits",)),
            AssertionResult(ResourceId("Check", "fails"), (), (FAILURE,)),
        ),
        ("finds", "3 hits", "fails", "pets", "none", "add"),
        (),
    ),
    "ledger": Sample(
        Ledger(TARGET, {DOCS: ENTRY}, PENDING), ("Index/docs", "DataSource/files"), Ledger(TARGET)
    ),
    "started": Sample(Started({"crawl": "", "busy": "it runs"}), ("crawl",), Started({})),
    "statuses": Sample(
        Statuses({"crawl": IndexerStatus((RUN,)), "new": IndexerStatus(())}, {"lost": "gone"}),
        ("crawl", "new", "transientFailure", "it stopped", "a.pdf", "cannot be read"),
        Statuses({}),
    ),
    "documents": Sample(
        {"value": [{"@search.score": 1.5, "title": "Cats", "tags": ["pet"]}]},
        ("1.5", "title", "Cats", "pet"),
        {"value": []},
    ),
    "graph": Sample(
        Drawing([DOCS], [Link(DOCS, SOURCE, False)]),
        ("Index/docs", "DataSource/files"),
        Drawing([], []),
    ),
    "enriched": Sample(enriched(SKILL), ("people", "content"), enriched()),
    "rules": Sample(tuple(catalogue().values()), ("not-a-vector",), ()),
}
"""By its row of `FORMATS`."""
