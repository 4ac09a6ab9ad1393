"""Rules of knowledge sources and knowledge bases."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

KNOWLEDGE = (
    Rule(
        "source-kind-changed",
        "The kind of knowledge source '{name}' cannot be changed.",
        INFERRED,
        "FACTS j (kind, name are not editable); the text is ours",
        400,
    ),
    Rule(
        "source-fixed",
        "The property '{property}' of knowledge source '{name}' cannot be changed.",
        INFERRED,
        "FACTS j; documentation of each kind and of ingestionParameters (column Editable); the "
        "text is ours",
        400,
    ),
    Rule(
        "source-embedding-model",
        "The embedding model of knowledge source '{name}' must be one of: {known}.",
        INFERRED,
        "documentation (ingestionParameters, supported models); the text is ours",
        400,
    ),
    Rule(
        "source-part-exists",
        "Cannot create knowledge source '{name}' because there is already {noun} '{part}', which "
        "it would create.",
        INFERRED,
        "nothing seen: the names are fixed (FACTS g) and in use; the text is ours",
        400,
    ),
    Rule(
        "source-creates",
        "A source of kind azureBlob, indexedOneLake, indexedSharePoint or indexedSql creates a "
        "data source, an index, a skillset and an indexer, and names them in createdResources.",
        INFERRED,
        "FACTS g; documentation (its GETs show createdResources). Their definitions follow public "
        "copies of generated ones on GitHub; for OneLake and SQL they are the emulator's",
    ),
    Rule(
        "source-parts-count",
        "What a source created counts against the quotas like any object; if one of them cannot "
        "be created, nothing is.",
        INFERRED,
        "nothing seen; documentation says that quota errors appear at the indexer",
    ),
    Rule(
        "source-parts-follow",
        "An update of a source rewrites those of its parts whose definition follows from what was "
        "changed, and leaves the others alone; by hand, they can be edited and deleted.",
        INFERRED,
        "documentation: 'exercise caution when you edit these objects'; the rest is ours",
    ),
    Rule(
        "source-parts-go",
        "What a source created is deleted with it.",
        INFERRED,
        "documentation (delete a knowledge source): 'all generated objects are also deleted'",
    ),
    Rule(
        "source-secrets",
        "A knowledge source's connection strings are masked in a GET, and taken in a PUT, like "
        "its other keys.",
        INFERRED,
        "documentation: `<redacted>` in its GETs; a data source's are null (recorded)",
    ),
    Rule(
        "source-status",
        "The status of an ingesting source has its schedule's interval, and its indexer's last run "
        "as lastSynchronizationState; statistics stay null.",
        INFERRED,
        "documentation (check ingestion status); the keys are the schema's",
    ),
    Rule(
        "source-index",
        "Knowledge source '{name}' refers to an index '{index}' that doesn't exist.",
        INFERRED,
        "FACTS g and j; the text is ours",
        400,
    ),
    Rule(
        "base-model",
        "Only Azure OpenAI and Azure AI Foundry endpoints are supported for the models of a "
        "knowledge base.",
        SEEN,
        "FACTS b and j; github awesome-foundry-nextgen#24 (a gateway's address; the text's end is "
        "ours)",
        400,
    ),
    Rule(
        "base-source",
        "Knowledge base '{name}' refers to a knowledge source '{source}' that doesn't exist.",
        INFERRED,
        "FACTS g and j; the text is ours",
        400,
    ),
    Rule(
        "source-in-use",
        "Cannot delete knowledge source '{name}' because knowledge base(s) '{base}' are still "
        "referencing it. Please delete or update the referencing knowledge base(s) before "
        "deleting the knowledge source",
        INFERRED,
        "FACTS g: unseen (tests delete the base first); after the rule index-in-use",
        400,
    ),
    Rule(
        "index-in-use",
        "Cannot delete index '{name}' because knowledge source(s) '{source}' are still "
        "referencing it. Please delete or update the referencing knowledge source(s) before "
        "deleting the index",
        INFERRED,
        "github Azure-Samples/azure-search-openai-demo#2882, where it said 'agent(s)'",
        400,
    ),
)
