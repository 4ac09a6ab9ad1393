"""Rules that refuse nothing: what the service returns, fills in, keeps or does by itself."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

BEHAVIOUR = (
    Rule("urls", "Both /indexes('n') and /indexes/n are accepted.", SEEN, "FACTS a"),
    Rule("post", "POST answers 201 with body, Location and ETag.", SEEN, "FACTS b"),
    Rule(
        "put",
        "PUT answers 201 or 200 with the body; an update without `Prefer: "
        "return=representation` answers 204.",
        INFERRED,
        "FACTS b: 201/200 seen with Prefer; 204 from learn.microsoft.com http-status-codes",
    ),
    Rule(
        "if-match-missing",
        "If-Match on a resource that does not exist is a failed precondition, on PUT and DELETE.",
        INFERRED,
        "azure-sdk-for-net AccessConditionTests (RFC 9110 says the same)",
    ),
    Rule("new-etag", "Every PUT gives a new etag, also when nothing changed.", INFERRED, "FACTS b"),
    Rule(
        "weak-etag",
        "In api-version 2020-06-30 the ETag header is weak and the body's is strong.",
        SEEN,
        "FACTS b; recordings-2020",
    ),
    Rule(
        "alias-etag",
        "Aliases have no etag at all; an If-Match other than * never matches.",
        SEEN,
        "FACTS b; recordings-modern/alias_crud (what If-Match does is inferred)",
    ),
    Rule(
        "select",
        "`$select` returns only the named properties, without etag.",
        SEEN,
        "FACTS a; recordings-modern/skillset_write_vs_get",
    ),
    Rule(
        "list-count",
        "`$count=true` puts `@odata.count` before the value of a list, in every version before "
        "2026-08-01-preview; 2026-05-01-preview takes `$top` and `$skip` besides.",
        SEEN,
        "FACTS a (indexes, 2026-05-01-preview) and k; other versions and kinds are inferred",
    ),
    Rule(
        "list-order",
        "Indexes are listed newest first, everything else by name.",
        INFERRED,
        "FACTS a: seen so, not to be relied on",
    ),
    Rule(
        "skillset-read",
        "A skillset's write response has nulls where GET has the defaults, at the same etag.",
        SEEN,
        "FACTS c rule 1; recordings-modern/skillset_write_vs_get",
    ),
    Rule(
        "index-defaults",
        "An index's write response and GET have its defaults filled in.",
        SEEN,
        "FACTS c; the table is in defaults.py and fields.py, each row with its source",
    ),
    Rule(
        "connection-string",
        "A data source's connectionString is null in every answer.",
        SEEN,
        "FACTS d; recordings-modern/datasource_crud",
    ),
    Rule(
        "unchanged",
        "`<unchanged>` keeps a stored secret, `<redacted>` removes a data source's.",
        INFERRED,
        "FACTS d: swagger 2025-09-01 for connectionString; taken to hold for the other secrets",
    ),
    Rule(
        "null-connection-string",
        "A null connection string on PUT removes the stored one (PUT replaces everything).",
        INFERRED,
        "FACTS d; the pessimistic reading",
    ),
    Rule(
        "masked-keys",
        "apiKey, key, storageConnectionString and applicationSecret are echoed by writes and "
        "`<redacted>` by reads; Settings.keys_on_read and .redacted_key_on_write change that.",
        INFERRED,
        "FACTS d: the echo was recorded in 2023, the mask occurs in public dumps",
    ),
    Rule(
        "identity-kept",
        "identity and authIdentity that are null or absent on PUT keep the stored one; "
        "DataNoneIdentity clears it.",
        INFERRED,
        "FACTS d: swagger text; never seen on the wire",
    ),
    Rule(
        "encryption-key-kept",
        "An encryptionKey that is null or absent on PUT keeps the stored one.",
        INFERRED,
        "swagger 2024-07-01: 'will ignore attempts to set this property to null'",
    ),
    Rule(
        "create-runs",
        "Creating an indexer that is not disabled runs it at once.",
        SEEN,
        "FACTS g; recordings-modern/indexer_blob_run",
    ),
    Rule(
        "run-at-once",
        "A run that is asked for right after the creation is accepted (202), and follows the run "
        "that the creation began; it is refused (409) once a run was seen in progress or was asked "
        "for.",
        SEEN,
        "recordings-2020/test_run_indexer, recordings-modern/indexer_reset_2023; that it follows, "
        "and what makes a run visible, is inferred",
    ),
    Rule(
        "run-moves-etag",
        "An indexer's etag moves when it runs; also on reset (the latter is inferred).",
        SEEN,
        "FACTS g; recordings-modern/indexer_blob_run",
    ),
    Rule(
        "reset-entry",
        "Reset adds a history entry with status reset and 0 items; nothing runs.",
        SEEN,
        "FACTS a; recordings-modern/indexer_reset_2023",
    ),
    Rule(
        "index-deletable",
        "An index that an indexer targets can be deleted; so can a data source, a skillset or a "
        "synonym map in use.",
        SEEN,
        "FACTS g; indexer_blob_run for the index, the others are inferred",
    ),
    Rule(
        "sources-unchecked",
        "Source paths of skills and mappings, dimensions against models, and the target of an "
        "index projection are not checked at create.",
        SEEN,
        "FACTS h; SKILLS 'what is known to be checked WHEN'; the projection's target is inferred",
    ),
    Rule(
        "answer-only-keys",
        "A data source shows `subtype` and an indexer shows `cache` in every api-version.",
        INFERRED,
        "FACTS c: seen in 2020-06-30, 2023-07-01-Preview, 2025-11-01-preview; not in the stable "
        "versions in between",
    ),
    Rule(
        "answers-come-back",
        "Whatever a GET shows can be sent back by a PUT in the same version.",
        SEEN,
        "recordings-modern (the SDKs send back what they read)",
    ),
    Rule(
        "schedule-start",
        "A schedule without startTime gets the time of the write, and keeps it.",
        INFERRED,
        "FACTS c [?]",
    ),
    Rule(
        "in-place",
        "Of an existing index everything can change that no other rule refuses: retrievable, "
        "synonymMaps, a searchAnalyzer beside an indexAnalyzer, scoring profiles, semantic "
        "configurations, CORS; also vectorizers, and profiles that no field uses.",
        SEEN,
        "FACTS e (search-howto-reindex); vectorizers and unused profiles are inferred",
    ),
    Rule(
        "replaced",
        "Every other definition is what the last PUT says, of what its api-version knows.",
        SEEN,
        "FACTS d (update-data-source); recordings-2020 (updates of every kind)",
    ),
    Rule(
        "beyond-schema",
        "Some members are in no schema: base64EncodeKeys of an indexer's parameters and the "
        "deprecated textExtractionAlgorithm of OCR in every version; the Web API members of the "
        "GenAI prompt skill in the previews of 2025 (that of May 2026 takes them).",
        SEEN,
        "FACTS c; SKILLS 1.3, 4.1; official samples. Each row of members.py has its source",
    ),
    Rule(
        "empty-name",
        "A name that may be left out may also be empty, and is shown so.",
        SEEN,
        "FACTS c: defaultScoringProfile (public GET, official samples); inferred for other names",
    ),
    Rule(
        "second-name",
        "The analyzer standard is standard.lucene: either is taken and shown as it was sent, and "
        "one in the place of the other is no change.",
        INFERRED,
        "QUERIES 6 (table of built-in analyzers); how it reads back is unseen",
    ),
    Rule(
        "durations",
        "A duration is kept by its value: PT24H is shown as P1D.",
        SEEN,
        "FACTS c (schedule, boostingDuration); inferred for the time-outs of skills",
    ),
    Rule(
        "endpoint-slash",
        "A resourceUri loses its last slash: in an index when it is written, in a knowledge base "
        "or source when it is read. A skill keeps it.",
        SEEN,
        "FACTS h and k (index and knowledge base recorded, source seen live, skill at its write)",
    ),
    Rule(
        "function-keys",
        "A read masks a function's key where it stands: `code=<redacted>` in an address, and the "
        "header x-functions-key. A mask that is written back there is kept as text.",
        SEEN,
        "FACTS k (WebApiSkill); for vectorizers it is inferred",
    ),
    Rule(
        "sql-subtype",
        "A data source of type azuresql is read with the subtype sqliaas.",
        SEEN,
        "FACTS c (a list; null at the write)",
    ),
    Rule(
        "read-only",
        "What a request says of a data source's subtype does not count.",
        INFERRED,
        "the newest preview's schema: read-only",
    ),
    Rule(
        "older-version-put",
        "What the request's api-version does not know keeps its value, at every depth, in every "
        "kind: in the object itself and in the list elements of the same name.",
        INFERRED,
        "nothing seen (FACTS e): one behaviour was chosen",
    ),
)
