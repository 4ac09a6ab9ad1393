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
        "source-index",
        "Knowledge source '{name}' refers to an index '{index}' that doesn't exist.",
        INFERRED,
        "FACTS g and j; the text is ours",
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
