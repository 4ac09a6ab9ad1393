"""The whole text of documents goes to a field that is filtered, sorted or counted by.

A string field is `filterable`, `sortable` and `facetable` unless it says otherwise, and then its
whole value is one term, which has at most 32,766 bytes: a document with a longer text fails. What
an indexer reads of a file as its `content` is seldom shorter.

What to do: set the three attributes of the field to false.

Sources: https://learn.microsoft.com/azure/search/search-howto-indexing-azure-blob-storage,
https://github.com/clearlydefined/service/issues/639

Fails::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - {name: content, type: Edm.String}
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: files}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0/x;"}
      container: {name: files}
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec: {dataSourceName: files, targetIndexName: docs}

Passes::

    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true}
        - name: content
          type: Edm.String
          filterable: false
          sortable: false
          facetable: false
    ---
    apiVersion: azure-ai-search
    kind: DataSource
    metadata: {name: files}
    spec:
      type: azureblob
      credentials: {connectionString: "ResourceId=/subscriptions/0/x;"}
      container: {name: files}
    ---
    apiVersion: azure-ai-search
    kind: Indexer
    metadata: {name: docs}
    spec: {dataSourceName: files, targetIndexName: docs}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.bodies import EACH, each
from reconciler.lint.fields import by_path, declared
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity
from reconciler.model.resource import Resource

ID = "filterable-text"
SEVERITY = Severity.WARNING

_FILES = ("azureblob", "adlsgen2", "onelake", "azurefile", "sharepoint")
_CONTENT = ("content", "/document/content")
_WHOLE = ("filterable", "sortable", "facetable")


def check(stack: Stack) -> Iterator[Problem]:
    told = set()
    for indexer in stack.resources:
        if indexer.id.kind != "Indexer":
            continue
        index = declared(stack.resources, "Index", indexer.body.get("targetIndexName"))
        fields = by_path(index) or {} if index is not None else {}
        targets = {target.lower() for target in _targets(indexer, stack)}
        for path, field in fields.items():
            used = [name for name in _WHOLE if field.body.get(name) in (None, True)]
            if path.lower() not in targets or field.body.get("type") != "Edm.String" or not used:
                continue
            if field.where not in told:
                told.add(field.where)
                text = f"`{path}` takes the whole text of documents, and is {' and '.join(used)}"
                fix = f"write {', '.join(f'`{name}: false`' for name in used)}"
                yield Problem(ID, text, field.where, fix, SEVERITY)


def _targets(indexer: Resource, stack: Stack) -> Iterator[str]:
    """The fields that an indexer gives the text of files, of itself or by a mapping."""
    source = declared(stack.resources, "DataSource", indexer.body.get("dataSourceName"))
    if source is None or source.body.get("type") not in _FILES:
        return
    if not _reads_text(indexer) or _keeps_parts_only(indexer, stack):
        return
    before, after = (_mapped(indexer, name) for name in ("fieldMappings", "outputFieldMappings"))
    read = [target for origin, target in before if origin in _CONTENT]
    yield from read
    yield from (target for origin, target in after if origin == "/document/content")
    if not read and all(target.lower() != "content" for _, target in (*before, *after)):
        yield "content"


def _mapped(indexer: Resource, name: str) -> list[tuple[str, str]]:
    """What an indexer maps, and to which fields."""
    listed = (mapping for mapping, _ in each(indexer.body, indexer.where, name, EACH))
    mappings = [mapping for mapping in listed if isinstance(mapping, dict)]
    pairs = [
        (mapping.get("sourceFieldName"), mapping.get("targetFieldName")) for mapping in mappings
    ]
    named = [(origin, target or origin) for origin, target in pairs]
    return [(o, t) for o, t in named if isinstance(o, str) and isinstance(t, str)]


def _reads_text(indexer: Resource) -> bool:
    """Whether a file becomes one document with its text: not when its parts do, or nothing."""
    path = ("parameters", "configuration")
    found = next((value for value, _ in each(indexer.body, indexer.where, *path)), None)
    settings = {} if found is None else found
    if not isinstance(settings, dict):
        return False
    mode, extracted = settings.get("parsingMode"), settings.get("dataToExtract")
    return mode in (None, "default", "text") and extracted in (None, "contentAndMetadata")


def _keeps_parts_only(indexer: Resource, stack: Stack) -> bool:
    """Whether a skillset projects parts of files, and not the files; one that is elsewhere may."""
    name = indexer.body.get("skillsetName")
    if not name:
        return False
    skillset = declared(stack.resources, "Skillset", name)
    if skillset is None:
        return True
    return skillset.body.get("indexProjections") is not None
