"""A field gets a value of a form that it cannot hold.

A list in a single field, a single value in a collection, an object where text is wanted, text
where a vector, a number or a date is: the service turns none of them into the other. It takes the
indexer, and every document fails with `The data field … has an invalid value`. An object where
text is wanted is told as a warning, and as an advice in a collection: Microsoft's samples map
`layoutText` so, and the import wizard of the portal; the field then holds JSON.

What to do: map an element or a member of the right type, or change the field's type.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-output-field-mapping,
https://learn.microsoft.com/azure/search/cognitive-search-common-errors-warnings,
https://github.com/Azure-Samples/azure-search-knowledge-mining/pull/31

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases, targetName: phrases}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: phrases, source: /document/pages/*/phrases}]
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: phrases, type: Edm.String}

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Text.SplitSkill"
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: textItems, targetName: pages}]
        - "@odata.type": "#Microsoft.Skills.Text.KeyPhraseExtractionSkill"
          context: /document/pages/*
          inputs: [{name: text, source: /document/pages/*}]
          outputs: [{name: keyPhrases, targetName: phrases}]
      indexProjections:
        selectors:
          - targetIndexName: docs
            parentKeyFieldName: parent
            sourceContext: /document/pages/*
            mappings: [{name: phrases, source: /document/pages/*/phrases}]
        parameters: {projectionMode: skipIndexingParentDocuments}
    ---
    apiVersion: azure-ai-search
    kind: Index
    metadata: {name: docs}
    spec:
      fields:
        - {name: id, type: Edm.String, key: true, analyzer: keyword}
        - {name: parent, type: Edm.String, filterable: true}
        - {name: phrases, type: Collection(Edm.String)}
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.enrichment.facts import Fill, facts
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Related, Severity
from reconciler.providers.search.kinds.edm import VECTORS
from reconciler.providers.search.kinds.skillset.types import (
    ANY,
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    VALUE,
    List,
    Object,
    Type,
    Vector,
    fits,
)

ID = "field-type"
SEVERITY = Severity.ERROR

_FORMS: dict[str, Type] = {
    "Edm.ComplexType": Object(open=True),
    "Edm.GeographyPoint": ANY,
    "Edm.Int32": INTEGER,
    "Edm.Int64": INTEGER,
    "Edm.Double": NUMBER,
    "Edm.Boolean": BOOLEAN,
    "Edm.DateTimeOffset": DATE,
}


def check(stack: Stack) -> Iterator[Problem]:
    for pipeline in facts(stack):
        for fill in pipeline.fills:
            type_ = fill.field.body.get("type") if fill.field is not None else None
            if isinstance(type_, str) and not fits(fill.type, _holds(type_)):
                yield _problem(fill, type_)


def _holds(type_: str) -> Type:
    """The form of what a field holds: every scalar can be a text."""
    if type_ in VECTORS:
        return Vector()
    many = type_.startswith("Collection(")
    name = type_.removeprefix("Collection(").removesuffix(")")
    one = _FORMS.get(name, VALUE)
    return List(one) if many else one


def _problem(fill: Fill, type_: str) -> Problem:
    text = f"the field `{fill.name}` is {type_}, and `{fill.path}` is {fill.type}"
    notes = (Related("the field's type", fill.field.where.at("type")),) if fill.field else ()
    return Problem(
        ID, text, fill.where, _fix(fill, type_), _severity(fill.type, type_), notes=notes
    )


def _severity(is_: Type, type_: str) -> Severity:
    if type_ == "Edm.String" and isinstance(is_, Object):
        return Severity.WARNING
    listed = isinstance(is_, List) and isinstance(is_.of, Object)
    return Severity.ADVICE if listed and type_ == "Collection(Edm.String)" else SEVERITY


def _fix(fill: Fill, type_: str) -> str:
    is_ = fill.type
    if isinstance(is_, Object) or (isinstance(is_, List) and isinstance(is_.of, Object)):
        return "map a member of it, such as `…/text`"
    if isinstance(is_, Vector) or (isinstance(is_, List) and fits(is_.of, NUMBER)):
        return "make the field a vector, or map what the vector was made of"
    if isinstance(is_, List):
        return f"make the field Collection({type_}), or map one element"
    if type_.startswith("Collection("):
        return "map a list, or make the field one of a single value"
    return "map what has the field's type, or make the field Edm.String"
