"""No profile names a vectorizer.

Fields come to a vectorizer by the profile that they name. Without it there, a query that gives text
for a vector is refused: `Field 'vector' does not have a vectorizer defined`.

What to do: write `vectorizer` in the profile of the fields that are queried by text.

Sources: https://learn.microsoft.com/azure/search/vector-search-how-to-configure-vectorizer,
https://github.com/Azure-Samples/azure-search-openai-demo/issues/2679

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1536
          vectorSearchProfile: p
      vectorSearch:
        algorithms: [{name: a, kind: hnsw}]
        profiles: [{name: p, algorithm: a}]
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://docs.openai.azure.com
              deploymentId: embed
              modelName: text-embedding-3-small

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: vector
          type: Collection(Edm.Single)
          dimensions: 1536
          vectorSearchProfile: p
      vectorSearch:
        algorithms: [{name: a, kind: hnsw}]
        profiles: [{name: p, algorithm: a, vectorizer: openai}]
        vectorizers:
          - name: openai
            kind: azureOpenAI
            azureOpenAIParameters:
              resourceUri: https://docs.openai.azure.com
              deploymentId: embed
              modelName: text-embedding-3-small
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import object_at, objects, text_at
from reconciler.lint.fields import indexes
from reconciler.lint.stack import Stack
from reconciler.lint.vectors import vectorizers
from reconciler.model.problem import Problem, Related, Severity

ID = "unused-vectorizer"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for index in indexes(stack.resources):
        profiles = list(objects(object_at(index.body, "vectorSearch"), "profiles"))
        used = {text_at(profile, "vectorizer") for _, profile in profiles}
        place = index.where.at("spec", "vectorSearch", "profiles")
        without = [place.at(at) for at, profile in profiles if not profile.get("vectorizer")]
        for vectorizer in vectorizers(index):
            name = text_at(vectorizer.body, "name")
            if name is not None and name not in used and without:
                notes = tuple(Related("a profile without one", where) for where in without)
                text = f"no profile names the vectorizer `{name}`"
                fix = f"write `vectorizer: {name}` in the profile, or delete it"
                yield Problem(ID, text, vectorizer.where, fix, SEVERITY, notes=notes)
