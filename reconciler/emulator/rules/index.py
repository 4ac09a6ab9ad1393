"""Rules of what an index definition must be."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule, invalid

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

INDEX = (
    Rule(
        "index-exists",
        "Cannot create index '{name}' because it already exists.",
        SEEN,
        "FACTS b; github Azure/azure-sdk-for-net#38026",
        400,
        "ResourceNameAlreadyInUse",
        "CannotCreateExistingIndex",
    ),
    Rule(
        "index-not-found",
        "No index with the name '{name}' was found in a service named '{service}'.",
        SEEN,
        "FACTS b; recordings-modern/vector_index",
        404,
        "OperationNotAllowed",
        "IndexNotFoundInService",
    ),
    Rule(
        "index-quota",
        "An index with the name '{name}' in service '{service}' could not be created. Index quota "
        "has been exceeded for this service. You must either delete unused indexes first, add a "
        "delay between index creation requests, or upgrade the service for higher limits.",
        SEEN,
        "Azure OpenAI 'use your data' documentation; 429: FACTS b; the codes are inferred",
        429,
        "QuotaExceeded",
        "IndexQuotaExceeded",
    ),
    Rule(
        "key-missing",
        "Found {count} key fields in index '{index}'. Each index must have exactly one key field.",
        SEEN,
        "FACTS b (recorded in 2023-10-01-preview)",
        400,
        "OperationNotAllowed",
        "MissingKeyField",
        "index",
    ),
    Rule(
        "key-twice",
        "Found {count} key fields in index '{index}'. Each index must have exactly one key field.",
        SEEN,
        "SKILLS P127; github MicrosoftDocs/azure-docs#113358 (text and inner code); the rest is "
        "inferred from the rule key-missing",
        400,
        "OperationNotAllowed",
        "CompoundKeysNotSupported",
        "index",
    ),
    invalid(
        "field-name",
        "Invalid field name: '{field}'. Field names must begin with a letter and can contain only "
        "letters, digits, or underscore ('_').",
        SEEN,
        "SKILLS P129; github VirtoCommerce/vc-platform#836",
        "InvalidName",
    ),
    invalid(
        "field-twice",
        "A field named '{field}' is defined more than once.",
        INFERRED,
        "swagger: unique within the fields collection; ignoring case: SKILLS P86",
        "DuplicateField",
    ),
    invalid(
        "key-field",
        "The key field '{field}' must be a top-level, retrievable field of type Edm.String.",
        INFERRED,
        "swagger SearchField.key and .retrievable; the text is ours",
        "InvalidKeyField",
    ),
    invalid(
        "not-stored",
        "The field '{field}' is marked as not stored but is marked as retrievable. A retrievable "
        "field must be stored. Either set 'stored=false' and 'retrievable=false' or 'stored=true'.",
        SEEN,
        "FACTS b; recordings-modern/vector_index",
        "InvalidField",
    ),
    invalid(
        "complex-attribute",
        "The complex field '{field}' cannot have the {attribute} property set. Instead, set the "
        "{attribute} property on sub-fields of the complex type.",
        SEEN,
        "SKILLS P128; github Azure/azure-sdk-for-python#33280",
        "InvalidField",
    ),
    invalid(
        "complex-empty",
        "Cannot create a complex field without sub-fields.",
        SEEN,
        "github Azure/azure-sdk-for-net#7716; only complex fields may have them",
        "InvalidField",
    ),
    invalid(
        "simple-with-fields",
        "The field '{field}' of type '{type}' cannot have sub-fields.",
        INFERRED,
        "swagger SearchField.fields: must be null or empty for simple fields",
        "InvalidField",
    ),
    invalid(
        "attribute-not-allowed",
        "The field '{field}' of type '{type}' cannot be {attribute}.",
        INFERRED,
        "swagger SearchField: searchable, sortable, facetable, filterable by type; SKILLS P124",
        "InvalidField",
    ),
    invalid(
        "vector-nested",
        "The field '{field}' cannot be a vector field. Only a top-level field of the index can be "
        "a vector field.",
        SEEN,
        "SKILLS P120; github Azure-Samples/azure-search-power-skills#119. Previews since 2025-05 "
        "take it directly beneath a top-level complex collection (multi-vector fields)",
        "InvalidField",
    ),
    invalid(
        "vector-incomplete",
        "The vector field '{field}' must have the property '{property}' set.",
        SEEN,
        "SKILLS P121; github Azure/azure-search-vector-samples#265",
        "InvalidField",
    ),
    invalid(
        "vector-searchable",
        "The vector field '{field}' must be searchable.",
        INFERRED,
        "SKILLS P124: only an explicit false is refused (vector-search-how-to-create-index); the "
        "text is ours",
        "InvalidField",
    ),
    invalid(
        "vector-only",
        "The field '{field}' of type '{type}' cannot have the property '{property}' set.",
        INFERRED,
        "swagger SearchField: dimensions, vectorSearchProfile and vectorEncoding are for vectors",
        "InvalidField",
    ),
    invalid(
        "out-of-range",
        "'{property}' of '{name}' must be between {low} and {high}.",
        INFERRED,
        "FACTS f: dimensions 2..4096, m 4..10, efConstruction and efSearch 100..1000",
        "InvalidRange",
    ),
    invalid(
        "vector-profile",
        "The field '{field}' uses a vector search algorithm configuration '{profile}' which is not "
        "defined.",
        SEEN,
        "FACTS b; recordings-modern/vector_index (it names the profile)",
        "UnknownVectorAlgorithmConfiguration",
    ),
    invalid(
        "profile-reference",
        "The vector search profile '{profile}' uses the {what} '{name}' which is not defined.",
        INFERRED,
        "SKILLS P122: profile -> algorithm, compression, vectorizer; the text is ours",
        "UnknownVectorSearchReference",
    ),
    invalid(
        "unknown-name",
        "{owner} refers to the {what} '{name}' which is not defined.",
        INFERRED,
        "swagger: analyzers, scoring profiles, suggesters, semantic configurations name each other",
        "UnknownReference",
    ),
    invalid(
        "name-twice",
        "The {what} name '{name}' is used more than once.",
        INFERRED,
        "swagger: names are unique within their collection",
        "DuplicateName",
    ),
    invalid(
        "analyzer-built-in",
        "The analyzer '{name}' has the name of a built-in one.",
        INFERRED,
        "QUERIES 6 (index-add-custom-analyzers says it of analyzers); the text is ours",
        "InvalidName",
    ),
    invalid(
        "part-name",
        "Invalid {what} name: '{name}'. Names can only contain letters, digits or underscores.",
        INFERRED,
        "FACTS f (learn.microsoft.com naming-rules); the text is ours",
        "InvalidName",
    ),
    invalid(
        "normalizer-part",
        "The normalizer '{name}' cannot use '{part}': a normalizer leaves the text as one token.",
        INFERRED,
        "QUERIES 6 (search-normalizers: supported filters); the text is ours",
        "InvalidNormalizer",
    ),
    invalid(
        "normalizer-use",
        "The field '{field}' cannot have a normalizer: it is not filterable, sortable or facetable "
        "text.",
        INFERRED,
        "swagger 2025-09-01 SearchField.normalizer; the text is ours",
        "InvalidField",
    ),
    invalid(
        "synonym-map",
        "The synonym map '{map}' specified in the field '{field}' does not exist.",
        SEEN,
        "FACTS b; github Microsoft/AzureSearch_JFK_Files#68; the codes are inferred",
        "UnknownSynonymMap",
    ),
    invalid(
        "synonyms-use",
        "The field '{field}' cannot have synonym maps: it is not a searchable text.",
        INFERRED,
        "swagger SearchField.synonymMaps; the text is ours",
        "InvalidField",
    ),
    invalid(
        "analyzer-use",
        "The field '{field}' cannot combine or use these analyzers: set 'analyzer', or both "
        "'searchAnalyzer' and 'indexAnalyzer', on a searchable string field.",
        INFERRED,
        "swagger SearchField.analyzer, .searchAnalyzer, .indexAnalyzer; the text is ours",
        "InvalidField",
    ),
    invalid(
        "too-many",
        "The index has {count} {what}; at most {limit} are allowed.",
        INFERRED,
        "FACTS f (search-limits-quotas-capacity)",
        "LimitExceeded",
    ),
    invalid(
        "vectorizer-model",
        "Error in Vectorizer '{name}' : 'modelName' parameter is required in API version "
        "'{version}'.",
        SEEN,
        "SKILLS P32; github Azure/azure-sdk-for-net#45145",
        "InvalidVectorizer",
    ),
    invalid(
        "vectorizer-resource",
        "Error in Vectorizer '{name}' : Invalid resourceUri. Provide a valid resourceUri for the "
        "Azure Open AI service.",
        SEEN,
        "SKILLS P31; github Azure/azure-search-vector-samples#152",
        "InvalidVectorizer",
    ),
    invalid(
        "vectorizer-uri",
        "Error in Vectorizer '{name}' : 'uri' parameter cannot be null or empty",
        SEEN,
        "SKILLS P32; github Azure/azure-sdk-for-net#44675",
        "InvalidVectorizer",
    ),
)
