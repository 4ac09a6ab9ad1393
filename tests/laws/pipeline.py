"""Valid data sources, skillsets, indexers and aliases."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.laws.parts import Body, Names, connection, identity, optional, perhaps, secret, some


def data_source(draw: st.DrawFn, before: Body | None) -> Body:
    """With `before`, of the same type: that of an existing one cannot change."""
    container: Body = {"name": draw(st.sampled_from(("docs", "mails")))}
    optional(draw, container, "query", "folder")
    body: Body = {
        "type": before["type"] if before else draw(st.sampled_from(("azureblob", "adlsgen2"))),
        "credentials": {"connectionString": connection(draw)},
        "container": container,
    }
    optional(draw, body, "description", "A source.", "Eine Quelle.")
    identity(draw, body, "identity")
    prefix = "#Microsoft.Azure.Search"
    native = {"@odata.type": f"{prefix}.NativeBlobSoftDeleteDeletionDetectionPolicy"}
    column = {
        "@odata.type": f"{prefix}.SoftDeleteColumnDeletionDetectionPolicy",
        "softDeleteColumnName": "gone",
        "softDeleteMarkerValue": draw(st.sampled_from(("1", "true"))),
    }
    optional(draw, body, "dataDeletionDetectionPolicy", native, column)
    changes = {"@odata.type": f"{prefix}.HighWaterMarkChangeDetectionPolicy"}
    changes["highWaterMarkColumnName"] = "metadata_storage_last_modified"
    optional(draw, body, "dataChangeDetectionPolicy", changes)
    return body


def skillset(draw: st.DrawFn, names: Names) -> Body:
    skills = [_split(draw), _embedding(draw), _web(draw), _phrases(draw), _merge(draw)]
    body: Body = {"skills": some(draw, skills, 1)}
    optional(draw, body, "description", "Skills.", "Fertigkeiten.")
    if draw(st.booleans()):
        account = "#Microsoft.Azure.Search.CognitiveServicesByKey"
        body["cognitiveServices"] = {"@odata.type": account, "key": secret(draw)}
    if draw(st.booleans()):
        table = {"tableName": "docs", "generatedKeyName": "key", "source": "/document/row"}
        body["knowledgeStore"] = {
            "storageConnectionString": connection(draw),
            "projections": [{"tables": [table], "objects": [], "files": []}],
        }
    if names["Index"] and draw(st.booleans()):
        body["indexProjections"] = _projections(draw, names)
    return body


def _projections(draw: st.DrawFn, names: Names) -> Body:
    mapping = {"name": "content", "source": "/document/pages/*"}
    title: Body = {"name": "title", "source": "/document/title"}
    selector = {
        "targetIndexName": draw(st.sampled_from(names["Index"])),
        "parentKeyFieldName": "parent",
        "sourceContext": "/document/pages/*",
        "mappings": some(draw, [mapping, title], 1),
    }
    parameters: Body = {}
    optional(draw, parameters, "projectionMode", "skipIndexingParentDocuments")
    projections: Body = {"selectors": [selector]}
    optional(draw, projections, "parameters", parameters)
    return projections


def _skill(draw: st.DrawFn, kind: str, name: str, source: str, *outputs: str) -> Body:
    skill: Body = {
        "@odata.type": f"#Microsoft.Skills.{kind}",
        "inputs": [{"name": "text", "source": source}],
        "outputs": [{"name": output} for output in outputs],
    }
    perhaps(draw, skill, "name", name)
    optional(draw, skill, "description", "What it does.")
    optional(draw, skill["outputs"][0], "targetName", outputs[0], "elsewhere")
    return skill


def _split(draw: st.DrawFn) -> Body:
    skill = _skill(draw, "Text.SplitSkill", "split", "/document/content", "textItems")
    optional(draw, skill, "context")
    optional(draw, skill, "textSplitMode", "sentences")
    optional(draw, skill, "maximumPageLength", 300, 2000)
    optional(draw, skill, "pageOverlapLength", 100)
    optional(draw, skill, "maximumPagesToTake", 3)
    optional(draw, skill, "defaultLanguageCode", "de")
    return skill


def _embedding(draw: st.DrawFn) -> Body:
    source = "/document/pages/*"
    skill = _skill(draw, "Text.AzureOpenAIEmbeddingSkill", "embed", source, "embedding")
    skill |= {"resourceUri": "https://a.openai.azure.com", "deploymentId": "embed"}
    skill |= {"context": source, "modelName": "text-embedding-3-large"}
    skill["dimensions"] = draw(st.sampled_from((256, 3072)))
    perhaps(draw, skill, "apiKey", secret(draw))
    identity(draw, skill, "authIdentity")
    return skill


def _web(draw: st.DrawFn) -> Body:
    skill = _skill(draw, "Custom.WebApiSkill", "web", "/document/content", "result")
    plain, keyed = "https://f.example/api", f"https://f.example/api?code={secret(draw)}"
    skill["uri"] = draw(st.sampled_from((plain, keyed)))
    perhaps(draw, skill, "httpHeaders", {"x-functions-key": secret(draw)})
    optional(draw, skill, "timeout", "PT60S", "PT1M")
    optional(draw, skill, "batchSize", 10)
    optional(draw, skill, "degreeOfParallelism", 2)
    return skill


def _phrases(draw: st.DrawFn) -> Body:
    kind = "Text.KeyPhraseExtractionSkill"
    skill = _skill(draw, kind, "phrases", "/document/content", "keyPhrases")
    optional(draw, skill, "maxKeyPhraseCount", 5)
    return skill


def _merge(draw: st.DrawFn) -> Body:
    skill = _skill(draw, "Text.MergeSkill", "merge", "/document/content", "mergedText")
    optional(draw, skill, "insertPreTag", "<")
    optional(draw, skill, "insertPostTag", ">")
    return skill


def indexer(draw: st.DrawFn, names: Names) -> Body:
    body: Body = {
        "dataSourceName": draw(st.sampled_from(names["DataSource"])),
        "targetIndexName": draw(st.sampled_from(names["Index"])),
    }
    optional(draw, body, "skillsetName", *names["Skillset"])
    optional(draw, body, "description", "Runs.", "Läuft.")
    optional(draw, body, "disabled", True)
    schedule: Body = {"interval": draw(st.sampled_from(("PT1H", "PT60M", "P1D")))}
    optional(draw, schedule, "startTime", "2030-01-01T00:00:00Z")
    optional(draw, body, "schedule", schedule)
    optional(draw, body, "parameters", _parameters(draw))
    target: Body = {"sourceFieldName": "title"}
    optional(draw, target, "targetFieldName", "title", "content")
    encoded = {"sourceFieldName": "path", "targetFieldName": "id"}
    optional(draw, encoded, "mappingFunction", {"name": "base64Encode"})
    body["fieldMappings"] = some(draw, [target, encoded])
    output = {"sourceFieldName": "/document/pages", "targetFieldName": "content"}
    optional(draw, body, "outputFieldMappings", [output])
    return body


def _parameters(draw: st.DrawFn) -> Body:
    parameters: Body = {}
    optional(draw, parameters, "batchSize", 5)
    optional(draw, parameters, "maxFailedItems", -1, 10)
    optional(draw, parameters, "maxFailedItemsPerBatch", 10)
    configuration: Body = {}
    optional(draw, configuration, "parsingMode", "json")
    optional(draw, configuration, "dataToExtract", "allMetadata")
    optional(draw, configuration, "imageAction", "generateNormalizedImages")
    optional(draw, configuration, "allowSkillsetToReadFileData", True)
    optional(draw, configuration, "executionEnvironment", "private")
    optional(draw, parameters, "configuration", configuration)
    return parameters


def alias(draw: st.DrawFn, names: Names) -> Body:
    return {"indexes": [draw(st.sampled_from(names["Index"]))]}
