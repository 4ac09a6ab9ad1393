"""Rules of data sources, skillsets, indexers and synonym maps."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

SOURCES = (
    Rule(
        "source-type-changed",
        "Changing the type of an existing data source is not supported",
        SEEN,
        "FACTS e; github Azure-Samples/azure-search-dotnet-samples#104 (a maintainer confirms it)",
        400,
    ),
)

SKILLSETS = (
    Rule(
        "account-key",
        "Provided key is not a valid CognitiveServices type key for the region of your search "
        "service.",
        SEEN,
        "FACTS b and k: a mask in the place of the key is refused at once. Here only when no key "
        "is left: nothing is connected to",
        400,
    ),
    Rule(
        "skill-property",
        "The request is invalid. Details: skillset : One or more skills are invalid. Details: "
        "Unexpected properties found on Skill., Skill '{skill}', property '{property}'\r\n",
        SEEN,
        "SKILLS P25; github Azure/azure-rest-api-specs#26861 (its end is ours)",
        400,
    ),
    Rule(
        "skill-deprecated",
        "Skillset '{skillset}' contains a skill of type '{type}' which is not supported in this "
        "API version. Refer https://go.microsoft.com/fwlink/?linkid=2036733 for details and "
        "recommendations",
        SEEN,
        "FACTS b; recordings-modern/skillset_error_2023 (SentimentSkill)",
        400,
    ),
    Rule(
        "skill-output",
        "One or more skills are invalid. Details: Error in skill '{skill}': Outputs are not "
        "supported by skill: {output}",
        SEEN,
        "SKILLS P24 (an older text of cognitive-search-skill-image-analysis)",
        400,
    ),
    Rule(
        "skill-count",
        "Skillset '{skillset}' has {count} skills; a skillset must have 1 to 30.",
        INFERRED,
        "SKILLS P23, FACTS f; the text is ours",
        400,
    ),
    Rule(
        "skill-name-twice",
        "Skillset '{skillset}' has more than one skill named '{name}'.",
        INFERRED,
        "SKILLS P23; the text is ours",
        400,
    ),
    Rule(
        "skill-source",
        "Error in skill '{skill}': input '{input}' must have either 'source', or 'sourceContext' "
        "and 'inputs'.",
        INFERRED,
        "SKILLS P19; the text is ours",
        400,
    ),
    Rule(
        "skill-range",
        "Error in skill '{skill}': '{property}' must be between {low} and {high}.",
        INFERRED,
        "SKILLS P40, section 1; the text is ours",
        400,
    ),
    Rule(
        "skill-header",
        "Error in skill '{skill}': the header '{header}' cannot be set.",
        INFERRED,
        "SKILLS 1.3, P66 (cognitive-search-custom-skill-web-api); the text is ours",
        400,
    ),
    Rule(
        "skill-model",
        "Error in skill '{skill}': 'modelName' parameter is required in API version '{version}'.",
        INFERRED,
        "SKILLS P32 says it for vectorizers; FACTS h: required since 2024",
        400,
    ),
)

INDEXERS = (
    Rule(
        "indexer-data-source",
        "This indexer refers to a data source '{name}' that doesn't exist",
        SEEN,
        "FACTS g; azure-sdk-for-net and -java indexer tests",
        400,
    ),
    Rule(
        "indexer-index",
        "This indexer refers to an index '{name}' that doesn't exist",
        SEEN,
        "FACTS g; github Azure-Samples/search-dotnet-getting-started#20",
        400,
    ),
    Rule(
        "indexer-skillset",
        "This indexer refers to a skillset '{name}' that doesn't exist",
        SEEN,
        "FACTS g; github Microsoft/AzureSearch_JFK_Files#81",
        400,
    ),
    Rule(
        "indexer-credentials",
        "Error with data source: Credentials provided in the connection string are invalid or "
        "have expired.\r\nFor more information on troubleshooting connection issues to Azure "
        "Storage accounts, please see https://go.microsoft.com/fwlink/?linkid=2049388  Please "
        "adjust your data source definition in order to proceed.",
        SEEN,
        "FACTS g; recordings-2020 test_create_indexer. Here only when no connection string is "
        "stored: nothing is connected to",
        400,
    ),
    Rule(
        "field-mapping",
        "Field mapping specifies target field '{field}' that doesn't exist in the index",
        SEEN,
        "SKILLS P71, P72; github Azure-Samples/azure-search-openai-demo#2383",
        400,
    ),
    Rule(
        "output-field-mapping",
        "Output field mapping specifies target field '{field}' that doesn't exist in the index",
        SEEN,
        "SKILLS P70, P72; github MicrosoftLearning/AI-102-AIEngineer#62",
        400,
    ),
    Rule(
        "configuration-property",
        "Configuration property '{property}' is not supported for the data source of type "
        "'{type}'.",
        SEEN,
        "SKILLS P102, 4.1; github Azure/azure-sdk-for-python#33382",
        400,
    ),
    Rule(
        "configuration-unknown",
        "Configuration property '{property}' is not supported.",
        SEEN,
        "FACTS b; github MicrosoftDocs/azure-docs#44897 (2019). Known are the schema's keys and "
        "those that pages name (SKILLS 4.1)",
        400,
    ),
    Rule(
        "schedule-interval",
        "The schedule interval must be between 5 minutes and 1 day.",
        INFERRED,
        "SKILLS P111 (search-howto-schedule-indexers); the text is ours",
        400,
    ),
    Rule(
        "already-running",
        "Another indexer invocation is currently in progress; concurrent invocations are not "
        "allowed.",
        SEEN,
        "FACTS b; github Azure-Samples/azure-search-openai-demo#1253",
        409,
    ),
)

SYNONYMS = (
    Rule(
        "synonym-rules",
        "The synonym map '{name}' has {count} rules; at most {limit} are allowed.",
        INFERRED,
        "FACTS f (search-limits-quotas-capacity); the text is ours",
        400,
    ),
)

PIPELINE = (*SOURCES, *SKILLSETS, *INDEXERS, *SYNONYMS)
