"""The preview api-versions, each told from the next newer one."""

from __future__ import annotations

from reconciler.emulator.version import Version

EMBEDDING_SKILL = "#Microsoft.Skills.Text.AzureOpenAIEmbeddingSkill"
INGESTING = ("AzureBlob", "File", "IndexedOneLake", "IndexedSharePoint", "IndexedSql")
SOURCES = (*INGESTING, "FabricDataAgent", "FabricOntology", "McpServer", "RemoteSharePoint")
# Quantization was set on the compression itself until 2025-09-01 put it into rescoringOptions.
OLD_RESCORING = {"rerankWithOriginalVectors": "bool", "defaultOversampling": "num"}

# The differences between the models of the official Python clients
# that were released with them (11.4.0b11 to 12.1.0b2), but for what was recorded.
PREVIEWS = (
    Version(
        "2023-07-01-Preview",  # recordings-modern/indexer_reset_2023; the rest inferred
        "2023-10-01-Preview",
        without={
            "Skillset": ("indexProjections",),
            "Skill": (EMBEDDING_SKILL,),
            "VectorSearch": ("vectorizers",),
            "VectorSearchProfile": ("vectorizer",),
        },
    ),
    Version(
        "2023-10-01-Preview",  # recordings-modern/skill_defaults: the keys of the skills
        "2024-03-01-Preview",
        without={
            "Field": ("stored",),
            "VectorSearch": ("compressions",),
            "VectorSearchProfile": ("compression",),
            "WebApiVectorizer": ("customWebApiParameters",),
            "SplitSkill": ("pageOverlapLength", "maximumPagesToTake"),
            "WebApiSkill": ("authResourceId", "authIdentity"),
        },
        plus={
            "WebApiVectorizer": {"customVectorizerParameters": "is:WebApiVectorizerParameters"},
            "AzureOpenAIEmbeddingSkill": {"authResourceId": "str"},
        },
    ),
    Version(
        "2024-03-01-Preview",
        "2024-05-01-Preview",
        without={
            "Field": ("vectorEncoding",),
            "Skill": ("#Microsoft.Skills.Vision.VectorizeSkill",),
            "AzureOpenAIEmbeddingSkill": ("modelName", "dimensions"),
            "AzureOpenAIVectorizerParameters": ("modelName",),
            "VectorSearchVectorizer": ("aiServicesVision", "aml"),
        },
    ),
    Version(
        "2024-05-01-Preview",
        "2024-09-01-preview",
        without={
            "SplitSkill": ("unit", "azureOpenAITokenizerParameters"),
            "VectorSearchCompression": ("binaryQuantization",),
        },
    ),
    Version(
        "2024-09-01-preview",
        "2024-11-01-preview",
        without={
            "CognitiveServicesAccount": (
                "#Microsoft.Azure.Search.AIServicesByIdentity",
                "#Microsoft.Azure.Search.AIServicesByKey",
            ),
            "Skill": ("#Microsoft.Skills.Util.DocumentIntelligenceLayoutSkill",),
            "ScalarQuantizationCompression": ("rescoringOptions", "truncationDimension"),
            "BinaryQuantizationCompression": ("rescoringOptions", "truncationDimension"),
            "IndexingParametersConfiguration": ("markdownParsingSubmode", "markdownHeaderDepth"),
        },
    ),
    Version(
        "2024-11-01-preview",
        "2025-03-01-preview",
        without={
            "SearchIndexerCache": ("id",),
            "SemanticConfiguration": ("flightingOptIn", "rankingOrder"),
        },
    ),
    Version(
        "2025-03-01-preview",
        "2025-05-01-preview",
        without={
            "Index": ("description", "permissionFilterOption"),
            "Field": ("permissionFilter",),
            "DataSource": ("indexerPermissionOptions",),
            "Skill": ("#Microsoft.Skills.Custom.ChatCompletionSkill",),
            "DocumentIntelligenceLayoutSkill": (
                "outputFormat",
                "extractionOptions",
                "chunkingProperties",
            ),
        },
    ),
    Version("2025-05-01-preview", "2025-08-01-preview", absent=("KnowledgeSource",)),
    Version(
        "2025-08-01-preview",
        "2025-11-01-preview",
        without={
            "Index": ("purviewEnabled",),
            "Field": ("sensitivityLabel",),
            "Skill": ("#Microsoft.Skills.Util.ContentUnderstandingSkill",),
            "KnowledgeSource": ("indexedOneLake", "indexedSharePoint", "remoteSharePoint", "web"),
            "AzureBlobKnowledgeSourceParameters": ("isADLSGen2", "ingestionParameters"),
            "SearchIndexKnowledgeSource": ("mcpToolParameters",),
            "SearchIndexKnowledgeSourceParameters": (
                "sourceDataFields",
                "searchFields",
                "semanticConfigurationName",
            ),
        },
        plus={
            "ScalarQuantizationCompression": OLD_RESCORING,
            "BinaryQuantizationCompression": OLD_RESCORING,
            "AzureBlobKnowledgeSourceParameters": {
                "identity": "is:Identity",
                "embeddingModel": "is:VectorSearchVectorizer",
                "chatCompletionModel": "is:KnowledgeBaseModel",
                "ingestionSchedule": "is:IndexingSchedule",
                "disableImageVerbalization": "bool",
            },
            "SearchIndexKnowledgeSourceParameters": {"sourceDataSelect": "str"},
        },
        absent=("KnowledgeBase",),  # they were agents, which are not emulated
    ),
    Version(
        "2025-11-01-preview",  # recordings-modern: the keys of every answer
        "2026-05-01-preview",
        without={
            "Index": ("sharePointConnectorAppRegistration",),
            "Field": (
                "sensitivityLabelId",
                "sensitivityLabelName",
                "sourceDocumentId",
                "sharepointSiteUrl",
            ),
            "ContentUnderstandingSkillChunkingProperties": ("method",),
            "SearchResourceEncryptionKey": ("isServiceLevelKey",),
            "SearchIndexerDataUserAssignedIdentity": ("federatedIdentityClientId",),
            "KnowledgeBase": ("corsOptions",),
            "KnowledgeSource": (
                "fabricDataAgent",
                "fabricOntology",
                "file",
                "indexedSql",
                "mcpServer",
                "workIQ",
            ),
            "KnowledgeSourceReference": ("enableImageServing", "enableFreshness"),
            "KnowledgeSourceIngestionParameters": ("freshnessPolicy",),
            "SearchIndexKnowledgeSourceParameters": ("baseFilter",),
            "WebKnowledgeSourceParameters": ("language", "market", "count", "freshness"),
        },
        plus={
            "Field": {"sensitivityLabel": "bool"},
            "SearchIndexKnowledgeSource": {"mcpToolParameters": "any"},
        },
    ),
    Version(
        "2026-05-01-preview",  # FACTS c: the keys of recorded answers
        "2026-08-01-preview",
        without={
            "KnowledgeBase": ("tags", "retrieveDefaults"),
            "KnowledgeRetrievalReasoningEffort": ("auto",),
            "KnowledgeSourceIngestionParameters": ("networkAccessMode",),
            "FileKnowledgeSource": ("resultsProcessing", "corsOptions"),
            "WorkIQKnowledgeSource": ("resultsProcessing", "workIQParameters"),
            "McpServerTool": ("resultsProcessing",),
            **{
                f"{source}KnowledgeSource": ("resultsProcessing",)
                for source in (*SOURCES, "SearchIndex", "Web")
                if source != "File"
            },
            **{
                f"{source}KnowledgeSourceParameters": ("queryHints",)
                for source in (*INGESTING, "SearchIndex")
            },
        },
        plus={"McpServerTool": {"inclusionMode": "str"}},
    ),
    Version("2026-08-01-preview"),
)
