"""An indexer is to extract images beside settings that yield none.

Images come of `parsingMode: default` and `dataToExtract: contentAndMetadata`, which are the
defaults, and are seen by a skillset alone.

What to do: delete the setting that is in the way, name a skillset, or set `imageAction` to none.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-concept-image-scenarios,
https://learn.microsoft.com/rest/api/searchservice/indexers/create

Fails::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      skillsetName: docs
      parameters:
        configuration: {imageAction: generateNormalizedImages, dataToExtract: allMetadata}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          context: /document/normalized_images/*
          uri: https://docs.example.com/read
          inputs: [{name: image, source: /document/normalized_images/*}]
          outputs: [{name: text}]

Passes::

    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec:
      dataSourceName: docs
      targetIndexName: docs
      skillsetName: docs
      parameters: {configuration: {imageAction: generateNormalizedImages}}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: docs}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0;"}
      container: {name: docs}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec: {fields: [{name: id, type: Edm.String, key: true}]}
    ---
    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          context: /document/normalized_images/*
          uri: https://docs.example.com/read
          inputs: [{name: image, source: /document/normalized_images/*}]
          outputs: [{name: text}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import text_at
from reconciler.lint.pipelines import pipelines
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity

ID = "image-action"
SEVERITY = Severity.WARNING

_ACTIONS = frozenset({"generateNormalizedImages", "generateNormalizedImagePerPage"})
_NEEDED = {"parsingMode": "default", "dataToExtract": "contentAndMetadata"}


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in pipelines(stack):
        action = text_at(pipeline.configuration, "imageAction")
        if action not in _ACTIONS:
            continue
        if pipeline.indexer.body.get("skillsetName") in (None, ""):
            text, place = "images are seen by a skillset alone", pipeline.configured
            yield Problem(ID, text, place.at("imageAction"), "name a skillset", SEVERITY)
        for name, needed in _NEEDED.items():
            value = text_at(pipeline.configuration, name)
            if value not in (None, needed):
                text = f"no images are extracted: `{name}` is `{value}`"
                fix = f"write `{name}: {needed}`, or delete `imageAction`"
                yield Problem(ID, text, pipeline.configured.at("imageAction"), fix, SEVERITY)
