"""What the service fills in: tables of defaults, by type or `@odata.type`, each with its source."""

from __future__ import annotations

from typing import Any

# Filled at once, in write responses and reads alike.
# vector_index: recorded. semantic: knowledge_base_source. The rest: FACTS c, swagger defaults
# (inferred: documented, and nested objects are otherwise filled when written).
ON_WRITE: dict[str, dict[str, Any]] = {
    "HnswParameters": {"metric": "cosine", "m": 4, "efConstruction": 400, "efSearch": 500},
    "HnswAlgorithmConfiguration": {"hnswParameters": {}},
    "HnswVectorSearchAlgorithmConfiguration": {"hnswParameters": {}},
    "ExhaustiveKnnParameters": {"metric": "cosine"},
    "ExhaustiveKnnAlgorithmConfiguration": {"exhaustiveKnnParameters": {}},
    "ExhaustiveKnnVectorSearchAlgorithmConfiguration": {"exhaustiveKnnParameters": {}},
    "SemanticConfiguration": {"rankingOrder": "BoostedRerankerScore", "flightingOptIn": False},
    # Recorded of a scalar quantization that was sent without (FACTS c).
    "RescoringOptions": {
        "enableRescoring": True,
        "defaultOversampling": 4.0,
        "rescoreStorageMethod": "preserveOriginals",
    },
    "ScalarQuantizationCompression": {"rescoringOptions": {}},
    "ScalarQuantizationVectorSearchCompressionConfiguration": {"rescoringOptions": {}},
    "BinaryQuantizationCompression": {"rescoringOptions": {}},
    "BinaryQuantizationVectorSearchCompressionConfiguration": {"rescoringOptions": {}},
    # Recorded in every version (FACTS c): of a profile that has functions.
    "ScoringProfile": {"functionAggregation": "sum"},
    "DistanceScoringFunction": {"interpolation": "linear"},
    "FreshnessScoringFunction": {"interpolation": "linear"},
    "MagnitudeScoringFunction": {"interpolation": "linear"},
    "TagScoringFunction": {"interpolation": "linear"},
    "MagnitudeScoringParameters": {"constantBoostBeyondRange": False},
    "IndexingParameters": {"configuration": {}},  # recorded (FACTS c)
    # The GETs in the documentation of knowledge sources.
    "AzureBlobKnowledgeSourceParameters": {"isADLSGen2": False, "ingestionParameters": {}},
    "IndexedOneLakeKnowledgeSourceParameters": {"ingestionParameters": {}},
    "IndexedSharePointKnowledgeSourceParameters": {"ingestionParameters": {}},
    "IndexedSqlKnowledgeSourceParameters": {"ingestionParameters": {}},
    "KnowledgeSourceIngestionParameters": {
        "disableImageVerbalization": False,
        "contentExtractionMode": "minimal",
        "networkAccessMode": "public",
    },
    "Index": {
        "similarity": {"@odata.type": "#Microsoft.Azure.Search.BM25Similarity"},
        "purviewEnabled": False,
    },
}

# Flags that are false even in a write's response: skillset_write_vs_get; Ocr's is inferred.
SKILLS: dict[str, dict[str, Any]] = {
    "#Microsoft.Skills.Text.V3.SentimentSkill": {"includeOpinionMining": False},
    "#Microsoft.Skills.Vision.OcrSkill": {"detectOrientation": False},
}

# FACTS c "Swagger parameter defaults (S25)"; inferred that answers have them.
ANALYSIS: dict[str, dict[str, Any]] = {
    "PatternAnalyzer": {"lowercase": True, "pattern": r"\W+"},
    "StandardAnalyzer": {"maxTokenLength": 255},
    "ClassicTokenizer": {"maxTokenLength": 255},
    "EdgeNGramTokenizer": {"minGram": 1, "maxGram": 2},
    "KeywordTokenizer": {"bufferSize": 256},
    "KeywordTokenizerV2": {"maxTokenLength": 256},
    "MicrosoftLanguageTokenizer": {"maxTokenLength": 255, "isSearchTokenizer": False},
    "MicrosoftLanguageStemmingTokenizer": {"maxTokenLength": 255, "isSearchTokenizer": False},
    "NGramTokenizer": {"minGram": 1, "maxGram": 2},
    "PathHierarchyTokenizerV2": {
        "delimiter": "/",
        "replacement": "/",
        "maxTokenLength": 300,
        "reverse": False,
        "skip": 0,
    },
    "PatternTokenizer": {"pattern": r"\W+", "group": -1},
    "StandardTokenizer": {"maxTokenLength": 255},
    "StandardTokenizerV2": {"maxTokenLength": 255},
    "UaxUrlEmailTokenizer": {"maxTokenLength": 255},
    "AsciiFoldingTokenFilter": {"preserveOriginal": False},
    "CjkBigramTokenFilter": {"outputUnigrams": False},
    "CommonGramTokenFilter": {"ignoreCase": False, "queryMode": False},
    "DictionaryDecompounderTokenFilter": {
        "minWordSize": 5,
        "minSubwordSize": 2,
        "maxSubwordSize": 15,
        "onlyLongestMatch": False,
    },
    "EdgeNGramTokenFilter": {"minGram": 1, "maxGram": 2, "side": "front"},
    "EdgeNGramTokenFilterV2": {"minGram": 1, "maxGram": 2, "side": "front"},
    "KeepTokenFilter": {"keepWordsCase": False},
    "KeywordMarkerTokenFilter": {"ignoreCase": False},
    "LengthTokenFilter": {"min": 0, "max": 300},
    "LimitTokenFilter": {"maxTokenCount": 1, "consumeAllTokens": False},
    "NGramTokenFilter": {"minGram": 1, "maxGram": 2},
    "NGramTokenFilterV2": {"minGram": 1, "maxGram": 2},
    "PatternCaptureTokenFilter": {"preserveOriginal": True},
    "PhoneticTokenFilter": {"encoder": "metaphone", "replace": True},
    "ShingleTokenFilter": {
        "maxShingleSize": 2,
        "minShingleSize": 2,
        "outputUnigrams": True,
        "outputUnigramsIfNoShingles": False,
        "tokenSeparator": " ",
        "filterToken": "_",
    },
    "StopwordsTokenFilter": {"stopwordsList": "english", "ignoreCase": False},
    "SynonymTokenFilter": {"ignoreCase": False, "expand": True},
    "TruncateTokenFilter": {"length": 300},
    "UniqueTokenFilter": {"onlyOnSamePosition": False},
    "WordDelimiterTokenFilter": {
        "generateWordParts": True,
        "generateNumberParts": True,
        "catenateWords": False,
        "catenateNumbers": False,
        "catenateAll": False,
        "splitOnCaseChange": True,
        "preserveOriginal": False,
        "splitOnNumerics": True,
        "stemEnglishPossessive": True,
    },
}
ANALYSIS_PREFIX = "#Microsoft.Azure.Search."

# Filled only by reads: FACTS c rule 1, skillset_write_vs_get (SplitSkill), recordings-2020
# (EntityRecognitionSkill; its V3 is inferred). Names and contexts: `answers.py`.
CATEGORIES = ["Person", "Quantity", "Organization", "URL", "Email", "Location", "DateTime"]
ON_READ: dict[str, dict[str, Any]] = {
    "#Microsoft.Skills.Text.SplitSkill": {
        "pageOverlapLength": 0,
        "maximumPagesToTake": 0,
        "unit": "characters",
    },
    "#Microsoft.Skills.Text.EntityRecognitionSkill": {
        "categories": CATEGORIES,
        "defaultLanguageCode": "en",
    },
    "#Microsoft.Skills.Text.V3.EntityRecognitionSkill": {
        "categories": CATEGORIES,
        "defaultLanguageCode": "en",
    },
}
SQL_SUBTYPE = "sqliaas"  # seen in a list, null at the write (FACTS c)
SKILL_CONTEXT = "/document"  # seen
KNOWLEDGE_STORE_PARAMETERS = {"synthesizeGeneratedKeyName": True}  # seen (2025-11-01-preview)


def on_write(type_name: str, value: dict[str, Any]) -> dict[str, Any]:
    tag = value.get("@odata.type")
    if isinstance(tag, str) and tag.startswith(ANALYSIS_PREFIX):
        chosen = ANALYSIS.get(tag.removeprefix(ANALYSIS_PREFIX), {})
        if value.get("stopwords"):
            # "This property and the stopwords list property cannot both be set" (swagger).
            return {key: item for key, item in chosen.items() if key != "stopwordsList"}
        return chosen
    if type_name == "ScoringProfile" and not value.get("functions"):
        return {}
    return ON_WRITE.get(type_name) or SKILLS.get(str(tag), {})


def on_read(type_name: str, value: dict[str, Any]) -> dict[str, Any]:
    if type_name == "DataSource" and value["type"] == "azuresql":
        return {"subtype": SQL_SUBTYPE}
    tag = value.get("@odata.type")
    return ON_READ.get(tag, {}) if isinstance(tag, str) else {}
