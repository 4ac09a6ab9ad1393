"""Sources and billing: connection strings, policies, and who pays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.foresight.mutator import SAME, Mutant, Row, Verdict, also, gone, mutator, rows, set_to
from tools.foresight.stack import Spot, Stack, removed, replaced, spots, value
from tools.foresight.words import mistyped

FAMILY = "sources"
REFUSED, RUN, NULL, HARMLESS = Verdict.REFUSED, Verdict.RUN, Verdict.NULL, Verdict.HARMLESS
SPACE = "#Microsoft.Azure.Search."
NATIVE = {"@odata.type": f"{SPACE}NativeBlobSoftDeleteDeletionDetectionPolicy"}
TRACKING = {"@odata.type": f"{SPACE}SqlIntegratedChangeTrackingPolicy"}
MARK = {
    "@odata.type": f"{SPACE}HighWaterMarkChangeDetectionPolicy",
    "highWaterMarkColumnName": "changed",
}
CONNECTION = "DataSource: credentials/connectionString"
DELETED = "DataSource: dataDeletionDetectionPolicy"
CHANGED = "DataSource: dataChangeDetectionPolicy"
BLOBS = ("azureblob", "adlsgen2", "onelake")
BILLED = (
    "Text.Language",
    "Text.V3.",
    "Text.KeyPhrase",
    "Text.PII",
    "Text.Translation",
    "Vision.",
    "Layout",
)


def _of(*types: str, **properties: Any) -> Any:
    return lambda old, _: {**old, **properties} if old["type"] in types else SAME


def _on_blobs(new: str) -> Any:
    """Another connection string; of sources in a database it says nothing."""
    return lambda old, _: new if old.startswith("ResourceId=/subscriptions") else SAME


def _query(change: Any) -> Any:
    def changed(old: Any, _around: Any) -> Any:
        query = str(old.get("query", ""))
        return {**old, "query": change(query)} if query.startswith("SELECT") else SAME

    return changed


rows(
    FAMILY,
    (
        Row("connection-is-a-bare-key", REFUSED, "P134", CONNECTION, _on_blobs("b64key1234567890abcdefghijklmnop==")),
        Row("connection-names-no-account", REFUSED, "P134", CONNECTION, _on_blobs("ResourceId=;")),
        Row("connection-is-a-path", REFUSED, "SKILLS 4.4", CONNECTION, lambda old, _: old.removeprefix("ResourceId=") if old.startswith("ResourceId=") else SAME),
        Row("connection-is-an-address", REFUSED, "SKILLS 4.4", CONNECTION, _on_blobs("https://contosohr.blob.core.windows.net")),
        Row("account-key-in-clear", Verdict.EXPOSED, "FACTS d", CONNECTION, _on_blobs("DefaultEndpointsProtocol=https;AccountName=contoso;AccountKey=c2VjcmV0LWluLWNsZWFyLWZvci10ZXN0cw==;EndpointSuffix=core.windows.net"), emulated=False),
        Row("key-of-skill-in-clear", Verdict.EXPOSED, "FACTS d", "Skillset: cognitiveServices/key", set_to("0123456789abcdef0123456789abcdef"), emulated=False),
        Row("credentials-left-out", REFUSED, "FACTS d: required", "DataSource: credentials", gone),
        Row("container-left-out", REFUSED, "S25: required", "DataSource: container", gone),
        Row("container-without-name", REFUSED, "S25: required", "DataSource: container/name", gone),
        Row("type-unknown", REFUSED, "FACTS h", "DataSource: type", set_to("azurestorage")),
        Row("type-left-out", REFUSED, "S25: required", "DataSource: type", gone),
        Row("native-deletion-of-a-database", REFUSED, "P137", "DataSource: ", _of("azuresql", "cosmosdb", dataDeletionDetectionPolicy=NATIVE)),
        Row("native-deletion-of-onelake", REFUSED, "P137 [?]", "DataSource: ", _of("onelake", dataDeletionDetectionPolicy=NATIVE), emulated=False),
        Row("change-tracking-of-blobs", REFUSED, "P137 [?], SKILLS 4.3", "DataSource: ", _of(*BLOBS, dataChangeDetectionPolicy=TRACKING), emulated=False),
        Row("change-tracking-of-cosmos", REFUSED, "P137, SKILLS 4.3", "DataSource: ", _of("cosmosdb", dataChangeDetectionPolicy=TRACKING)),
        Row("water-mark-of-blobs", REFUSED, "P137 [?], SKILLS 4.3", "DataSource: ", _of(*BLOBS, dataChangeDetectionPolicy=MARK), emulated=False),
        Row("tracking-beside-deletion", REFUSED, "P138", "DataSource: ", _of("azuresql", dataChangeDetectionPolicy=TRACKING), emulated=False),
        Row("marker-is-a-boolean", REFUSED, "P135", f"{DELETED}/softDeleteMarkerValue", set_to(True)),
        Row("marker-left-out", RUN, "SKILLS 4.3", f"{DELETED}/softDeleteMarkerValue", gone),
        Row("deletion-column-nested", NULL, "P135", f"{DELETED}/softDeleteColumnName", set_to("info.isDeleted"), emulated=False),
        Row("policy-type-typo", REFUSED, "P27", f"{DELETED}/@odata.type", mistyped),
        Row("policy-type-left-out", REFUSED, "P27", f"{DELETED}/@odata.type", gone),
        Row("water-mark-column-with-blank", REFUSED, "P141", CHANGED, lambda old, _: {"@odata.type": old["@odata.type"], "  highWaterMarkColumnName": old.get("highWaterMarkColumnName")}),
        Row("water-mark-left-out", REFUSED, "S25: required", f"{CHANGED}/highWaterMarkColumnName", gone),
        Row("water-mark-of-another-column", RUN, "SKILLS 4.3: _ts only", f"{CHANGED}/highWaterMarkColumnName", lambda old, _: "modifiedAt" if old == "_ts" else SAME, emulated=False),
        Row("cosmos-query-without-order", RUN, "P140", "DataSource: container", _query(lambda q: q.replace(" ORDER BY c._ts", "")), emulated=False),
        Row("cosmos-query-distinct", REFUSED, "P140", "DataSource: container", _query(lambda q: q.replace("SELECT ", "SELECT DISTINCT ")), emulated=False),
        Row("cosmos-query-without-marker", NULL, "P140", "DataSource: container", _query(lambda q: q.replace(" c.isDeleted,", "")), emulated=False),
        Row("cosmos-query-without-water-mark", RUN, "SKILLS 4.3", "DataSource: container", _query(lambda q: q.replace("WHERE c._ts >= @HighWaterMark ", "")), emulated=False),
        Row("query-of-sql", NULL, "P142: ignored", "DataSource: ", lambda old, _: {**old, "container": {**old["container"], "query": "WHERE Open = 1"}} if old["type"] == "azuresql" else SAME, emulated=False),
        Row("billing-left-out", RUN, "P145: more than 20 documents", "Skillset: cognitiveServices", gone, emulated=False),
        Row("billing-type-unknown", REFUSED, "P27", "Skillset: cognitiveServices/@odata.type", mistyped),
        Row("billing-without-key", REFUSED, "SKILLS 1.0", "Skillset: cognitiveServices/key", gone),
        Row("billing-without-resource", REFUSED, "SKILLS 1.0", "Skillset: cognitiveServices/subdomainUrl", gone),
        Row("billing-at-a-region", REFUSED, "SKILLS 1.0: hosts", "Skillset: cognitiveServices/subdomainUrl", set_to("https://westeurope.api.cognitive.microsoft.com"), emulated=False),
        Row("key-column-is-water-mark", RUN, "P139", f"{CHANGED}/highWaterMarkColumnName", lambda old, _: "OrderId" if old == "Version" else SAME, emulated=False),
        Row("description-of-source", HARMLESS, "FACTS c", "DataSource: ", also(description="Files.")),
        Row("folder-of-source", HARMLESS, "FACTS h", "DataSource: container", lambda old, _: {"name": old["name"]} if not str(old.get("query", "")).startswith("SELECT") else SAME),
    ),
)  # fmt: skip


@mutator(FAMILY, NULL, "P99: chunks of deleted files stay", emulated=False)
def projections_without_deletion(stack: Stack) -> Iterator[Mutant]:
    if any(spots(stack, "Skillset", "indexProjections")):
        for spot in spots(stack, "DataSource", "dataDeletionDetectionPolicy"):
            yield Mutant(
                removed(stack, spot), "nobody looks for deletions", spot, (Spot(spot.document),)
            )


@mutator(FAMILY, NULL, "P140: the mark is never seen", emulated=False)
def deletion_column_not_selected(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "DataSource", "dataDeletionDetectionPolicy/softDeleteColumnName"):
        query = str(value(stack, Spot(spot.document, ("container", "query"))) or "")
        if query.startswith("SELECT"):
            made = replaced(stack, spot, "deleted")
            yield Mutant(made, "a column that the query lacks", spot)


def billed(skill: dict[str, Any]) -> bool:
    """Whether a skill runs on an account that pays."""
    return any(part in str(skill.get("@odata.type")) for part in BILLED)


@mutator(FAMILY, HARMLESS, "SKILLS 1.0")
def free_billing_of_free_skills(stack: Stack) -> Iterator[Mutant]:
    for spot in spots(stack, "Skillset"):
        skills = value(stack, spot.at("skills"))
        if not any(map(billed, skills)) and not value(stack, spot.at("cognitiveServices")):
            free = {"@odata.type": f"{SPACE}DefaultCognitiveServices"}
            there = spot.at("cognitiveServices")
            yield Mutant(replaced(stack, there, free), "the free account", there)
