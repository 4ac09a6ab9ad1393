"""What is not tried, and where the readings differ because nobody knows: each with its reason."""

from __future__ import annotations

import re

from tests.readings.row import Row

ASKED = "the service asks for it, though the schema does not (FACTS h; SKILLS P31, P32)"
TEXT_ONLY = "the service refuses it on such a field (SKILLS P121; schema): Vector's are tried"

UNTRIED: dict[str, str] = {
    r"Index: (Field|Element)\.(dimensions|vectorSearchProfile|vectorEncoding)": TEXT_ONLY,
    r"Index: Vector\.(analyzer|searchAnalyzer|indexAnalyzer|normalizer)": (
        "it is of text fields only"
    ),
    r"Index: (Field|Vector|Element)\.synonymMaps": "the service takes one map a field: no order",
    r"Index: (Index\.vectorSearch|VectorSearch\.(algorithms|profiles))": "the vector field of the "
    "sample needs it: its elements are tried",
    r"Index: Index\.suggesters": "the service takes one suggester an index",
    r"Index: AzureOpenAI(Vectorizer\.azureOpenAIParameters|Parameters\.(resourceUri|modelName))": (
        ASKED
    ),
    r"Index: WebApi(Vectorizer\.customWebApiParameters|Parameters\.uri)": ASKED,
    r"Skillset: AzureOpenAIEmbeddingSkill\.modelName": ASKED,
    r"KnowledgeBase: AzureOpenAIParameters\.resourceUri": ASKED,
    r"KnowledgeSource: (IngestionEmbeddingModel\.azureOpenAIParameters|"
    r"SourceModelParameters\.(resourceUri|modelName))": ASKED,
    r"Skillset: Input\.(source|sourceContext|inputs)": "an input has either a source, or a context "
    "and inputs (SKILLS P19): none can stand alone",
    r"KnowledgeSource: (StoredHeaders\.headers|Tool\.inclusionMode|"
    r"SplitParameters\.defaultLanguageCode)": "of an MCP server: the emulator has none (501)",
    r"KnowledgeSource: (KnowledgeSource\.corsOptions|Cors\.\w+)": "of files only: the emulator has "
    "no such source (501)",
    r"Skillset: \w+\.outputs": "the outputs of a built-in skill are a closed set (SKILLS P24)",
    r"Skillset: NamedEntityRecognitionSkill\.\w+": "withdrawn before every version that is tried",
    r"KnowledgeSource: (SearchIndexParameters\.sourceDataSelect|IngestionEmbeddingModel\.name|"
    r"BlobParameters\.(identity|embeddingModel|chatCompletionModel|disableImageVerbalization|"
    r"ingestionSchedule))": "of 2025-08-01-preview alone, which is not tried",
    r"Skillset: ChatCompletionSkill\.(httpHeaders|httpMethod|timeout|batchSize|"
    r"degreeOfParallelism|authResourceId)|"
    r"Index: Vector\.searchable": "answers, samples and pages have it, the emulator has not",
}
"""Marks without a poke, or with only some, by a pattern of their place."""

DIFFERENT: dict[str, str] = {
    r"\w+: \w+\.httpHeaders Secret": "nobody has seen a GET of headers; we take them for secret, "
    "and compare what is shown if they are",
    r"Index: (\w+\.(stopwords|tokenChars|ignoreScripts|commonWords|wordList|articles|keepWords|"
    r"keywords|protectedWords)|Suggester\.sourceFields) Unordered": "nobody has seen such a list "
    "change its order; we never send that alone, and the emulator takes the order for a change",
    r"\w+: \w+\.encryptionKey (given|taken away)": "documentation: what exists can neither gain "
    "nor lose encryption; what the service answers was never seen, the emulator takes or keeps it",
    r"Index: Index\.purviewEnabled .*": "documentation of a preview: it is set at creation; what "
    "the service answers was never seen, the emulator takes it",
    r"KnowledgeSource: (Blob|IndexedSharePoint|Sql)Parameters\.connectionString changed|"
    r"KnowledgeSource: AssetStore\.connectionString changed": "that a secret differs is known from "
    "the ledger, and none is kept here; with one it is a rebuild (tests/scenarios)",
    r"KnowledgeSource: SourceModelParameters\.authIdentity ClearedBy": "the emulator refuses to "
    "clear it, and we plan a rebuild: only apiKey and deploymentId are editable (documentation)",
    r"\w+: (EncryptionKey\.isServiceLevelKey|UserAssignedIdentity\.federatedIdentityClientId|"
    r"ContentChunking\.method|WebParameters\.\w+) Since": (
        "seen in the schema of August 2026 first; earlier previews have no schema here, and the "
        "emulator has theirs from that one"
    ),
    r"Indexer: Indexer\.cache Since": "previews only, says the schema; every version shows it "
    "(recorded), and the emulator takes back what it shows",
    r"Indexer: Configuration\.markdown\w+ Since": "the service's configuration is an open map "
    "(SKILLS 4.1), and the emulator's in every version",
    r"Skillset: Input\.inputs given": "beside a source the service refuses inputs (SKILLS P19)",
}
"""Where the readings differ, by a pattern of place and mark."""


def untried(where: str, refusal: str) -> str | None:
    """Why a place cannot be tried, or not in full."""
    if "The emulator does not do" in refusal:
        return "the emulator does not have such an object, and says so (501)"
    return _first(UNTRIED, where)


def explained(row: Row) -> str | None:
    """Why the readings of a mark differ, if that is known."""
    return _first(DIFFERENT, f"{row.where} {row.mark}")


def _first(reasons: dict[str, str], text: str) -> str | None:
    return next((why for pattern, why in reasons.items() if re.fullmatch(pattern, text)), None)
