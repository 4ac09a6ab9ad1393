"""Data sources and who pays: what is wrong, and what is right."""

from __future__ import annotations

from tests.lint.pipelines import (
    CHANGE,
    DELETION,
    MARK,
    POLICY,
    SOURCE,
    STRING,
    Right,
    Wrong,
    mapped,
)

NATIVE = f'{{"@odata.type": "{POLICY}NativeBlobSoftDeleteDeletionDetectionPolicy"}}'
TRACKING = f'{{"@odata.type": "{POLICY}SqlIntegratedChangeTrackingPolicy"}}'
SOFT = f'"@odata.type": "{POLICY}SoftDeleteColumnDeletionDetectionPolicy"'
QUERY = "DataSource/container/query"
COSMOS = {SOURCE: "cosmosdb", DELETION: "", CHANGE: MARK % "_ts"}


def skill(name: str) -> dict[str, str]:
    text = f'"@odata.type": "#Microsoft.Skills.{name}", inputs: [], outputs: []'
    return {"Skillset/skills": f"[{{{text}}}, {{{text}}}]"}


WRONG: list[Wrong] = [
    ("secret-in-clear", {STRING: "AccountName=docs;AccountKey=a"}, [("warning", '"Account')]),
    (
        "secret-in-clear",
        {
            "Skillset/cognitiveServices": f'{{"@odata.type": "{POLICY}CognitiveServicesByKey", '
            "key: a-key-of-an-account}"
        },
        [("warning", '"a-key')],
    ),
    ("connection-string", {STRING: "c2VjcmV0LWtleQ=="}, [("warning", '"c2Vj')]),
    ("connection-string", {STRING: "AccountName=docs"}, [("warning", '"Account')]),
    (
        "connection-string",
        {SOURCE: "azuresql", STRING: "AccountName=docs;AccountKey=a-secret"},
        [("warning", '"Account')],
    ),
    (
        "connection-string",
        {STRING: "ResourceId=/subscriptions/0/providers/Microsoft.DocumentDB/databaseAccounts/d;"},
        [("warning", '"ResourceId')],
    ),
    (
        "connection-string",
        COSMOS
        | {STRING: "'AccountEndpoint=https://d.documents.azure.com:443/;AccountKey=a;Database=d'"},
        [("warning", '"Account')],
    ),
    (
        "policy-of-another-source",
        {SOURCE: "azuresql"},
        [("warning", f'"{POLICY}Native')],
    ),
    ("policy-of-another-source", {SOURCE: "sharepoint"}, [("warning", f'"{POLICY}Native')]),
    ("policy-of-another-source", {CHANGE: TRACKING}, [("warning", f'"{POLICY}Sql')]),
    (
        "policy-of-another-source",
        {SOURCE: "azuresql", CHANGE: TRACKING, DELETION: f"{{{SOFT}}}"},
        [("warning", '"dataDeletion')],
    ),
    (
        "key-as-mark",
        {SOURCE: "azuresql", CHANGE: MARK % "ID", DELETION: ""},
        [("warning", '"ID"')],
    ),
    (
        "key-as-mark",
        {SOURCE: "azuresql", CHANGE: MARK % "number", DELETION: ""}
        | mapped("sourceFieldName: number, targetFieldName: id"),
        [("warning", '"number"')],
    ),
    ("policy-of-another-source", COSMOS | {CHANGE: MARK % "changed"}, [("warning", '"changed"')]),
    ("incomplete-soft-delete", {DELETION: f"{{{SOFT}}}"}, [("warning", "{"), ("warning", "{")]),
    (
        "incomplete-soft-delete",
        COSMOS
        | {DELETION: f"{{{SOFT}, softDeleteColumnName: a.deleted, softDeleteMarkerValue: '1'}}"},
        [("warning", '"a.deleted"')],
    ),
    ("orphaned-chunks", {DELETION: ""}, [("advice", "{")]),
    ("source-query", {SOURCE: "azuresql", QUERY: "SELECT * FROM docs"}, [("warning", '"SELECT')]),
    ("source-query", COSMOS | {QUERY: "select c.id from c"}, [("warning", '"select')]),
    (
        "source-query",
        COSMOS | {QUERY: "SELECT * FROM c WHERE c._ts >= @HighWaterMark"},
        [("warning", '"SELECT')],
    ),
    (
        "source-query",
        COSMOS | {CHANGE: "", QUERY: "SELECT c.a FROM c GROUP BY c.a"},
        [("warning", '"SELECT')],
    ),
    ("unbilled-skills", skill("Vision.OcrSkill"), [("advice", '"#Microsoft')]),
    (
        "unbilled-skills",
        skill("Util.ContentUnderstandingSkill"),
        [("error", '"#Microsoft'), ("error", '"#Microsoft')],
    ),
    (
        "unbilled-skills",
        skill("Text.TranslationSkill")
        | {"Skillset/cognitiveServices": f'{{"@odata.type": "{POLICY}DefaultCognitiveServices"}}'},
        [("advice", '"#Microsoft')],
    ),
]

RIGHT: list[Right] = [
    ("secret-in-clear", {}),
    ("secret-in-clear", {STRING: "null"}),
    ("secret-in-clear", {STRING: '"<unchanged>"'}),
    ("secret-in-clear", {STRING: '"${secret.storage}"'}),
    ("secret-in-clear", {STRING: '"AccountName=docs;AccountKey=${secret.storage}"'}),
    *(
        ("connection-string", {SOURCE: of, DELETION: "", STRING: f"'{text}'"})
        for of, text in (
            ("azureblob", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=b==;"),
            (
                "azureblob",
                "BlobEndpoint=https://a.blob.core.windows.net;SharedAccessSignature=?sv=1",
            ),
            ("azureblob", "ContainerSharedAccessUri=https://a.blob.core.windows.net/c?sv=1"),
            ("adlsgen2", "accountname=a; accountkey=b"),
            ("onelake", "ResourceId=00000000-0000-0000-0000-000000000000"),
            ("azuresql", "Server=tcp:a.database.windows.net,1433;Database=b;User ID=c;Password=d"),
            ("azuresql", "Data Source=a;Initial Catalog=b"),
            (
                "azuresql",
                "Database=b;ResourceId=/subscriptions/0/resourceGroups/g/providers/Microsoft.Sql/"
                "servers/s/;Connection Timeout=30;",
            ),
            ("cosmosdb", "AccountEndpoint=https://a.documents.azure.com;AccountKey=b==;Database=d"),
            ("sharepoint", "SharePointOnlineEndpoint=https://a;ApplicationId=b"),
            ("azureblob", "<unchanged>"),
        )
    ),
    ("policy-of-another-source", {SOURCE: "azuresql", CHANGE: TRACKING, DELETION: ""}),
    ("policy-of-another-source", {CHANGE: MARK % "metadata_storage_last_modified"}),
    ("key-as-mark", {SOURCE: "azuresql", CHANGE: MARK % "version", DELETION: ""}),
    (
        "key-as-mark",
        {SOURCE: "azuresql", CHANGE: MARK % "id", DELETION: ""}
        | mapped("sourceFieldName: number, targetFieldName: id"),
    ),
    ("policy-of-another-source", {SOURCE: "adlsgen2", DELETION: NATIVE}),
    (
        "incomplete-soft-delete",
        {DELETION: f"{{{SOFT}, softDeleteColumnName: a, softDeleteMarkerValue: 'true'}}"},
    ),
    ("orphaned-chunks", {DELETION: "", "Skillset/indexProjections": ""}),
    ("orphaned-chunks", {SOURCE: "sharepoint", DELETION: ""}),
    ("orphaned-chunks", {SOURCE: "azuresql", DELETION: "", CHANGE: TRACKING}),
    ("source-query", {QUERY: "folder/select"}),
    (
        "source-query",
        COSMOS | {QUERY: "SELECT * FROM c WHERE c._ts >= @HighWaterMark ORDER BY c['_ts']"},
    ),
    ("source-query", COSMOS | {CHANGE: "", QUERY: "SELECT * FROM c WHERE c.a = 'DISTINCT'"}),
    ("source-query", COSMOS | {QUERY: "g.V()"}),
    ("unbilled-skills", {}),
    (
        "unbilled-skills",
        skill("Vision.OcrSkill")
        | {
            "Skillset/cognitiveServices": f'{{"@odata.type": "{POLICY}CognitiveServicesByKey", '
            "key: a-secret-key}"
        },
    ),
]
