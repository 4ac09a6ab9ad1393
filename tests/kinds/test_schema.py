"""Nothing of the stable schema is missing: properties, enums, required flags, discriminators.

What each version has, and what we have beyond: test_versions.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from reconciler.providers import SEARCH, kind
from reconciler.providers.search.kinds.knowledgesource import SourceKind
from reconciler.schema.body import Body, Property, shape_of, variant

from .material import needs_material, schema

ROOTS = {
    "SynonymMap": "SynonymMap",
    "DataSource": "SearchIndexerDataSourceConnection",
    "Index": "SearchIndex",
    "Skillset": "SearchIndexerSkillset",
    "Indexer": "SearchIndexer",
    "Alias": "SearchAlias",
    "KnowledgeSource": "KnowledgeSource",
    "KnowledgeBase": "KnowledgeBase",
}

OPEN_ENUMS = {
    # Names of built-in components: an index may define its own (builtin.py has the names).
    "LexicalAnalyzerName",
    "LexicalTokenizerName",
    "TokenFilterName",
    "CharFilterName",
    "LexicalNormalizerName",
    # One string of flags joined by `|` on the wire (both swagger files), not a list.
    "RegexFlags",
}

ELEMENT_TYPES = {"Edm.Single", "Edm.Half", "Edm.Int16", "Edm.SByte", "Edm.Byte"}
"""The schema: "only valid when used with Collection(…)", and so they are declared."""

OTHERWISE_DECLARED = {
    # Two of the preview's families whose members differ in nothing, or in two optional properties.
    *(f"KnowledgeBase.retrievalReasoningEffort: {e}" for e in ("minimal", "low", "medium", "auto")),
    *(f"McpServerTool.outputParsing: {p}" for p in ("auto", "json", "split", "none")),
    # In responses it is spelled `subtype` (recordings), and it is read-only.
    "SearchIndexerDataSourceConnection.subType",
}

OTHER_SPELLINGS = {
    # The documentation's, beside the schema's: compared as one (SKILLS 1.1).
    "ChatCompletionResponseFormat.type",
    "ChatCompletionSkill.extraParametersBehavior",
    "EntityRecognitionSkillV3.categories",
    "OcrSkill.lineEnding",
    "SplitSkill.defaultLanguageCode",
}

NOT_ALLOWED = {
    # "Not allowed in tag scoring functions", say the references.
    *(f"TagScoringFunction.interpolation: '{one}'" for one in ("quadratic", "logarithmic")),
}


class Comparison:
    """Walks the schema's models beside the declared ones and gathers what differs."""

    def __init__(self, content: Any) -> None:
        self.models, self.enums = content["models"], content["enums"]
        self.missing: list[str] = []
        self.values_beyond: set[tuple[str, str]] = set()
        self._seen: set[str] = set()

    @cached_property
    def subclasses(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, model in self.models.items():
            for base in model["bases"]:
                if model["discriminator"]:
                    found.setdefault(base, []).append(name)
        return found

    def fields_of(self, name: str) -> Iterator[dict[str, Any]]:
        own = {field.get("name", field["py"]): field for field in self.models[name]["fields"]}
        for base in self.models[name]["bases"]:
            if base in self.models:
                for field in self.fields_of(base):
                    own.setdefault(field.get("name", field["py"]), field)
        yield from own.values()

    def flat(self, name: str) -> Iterator[dict[str, Any]]:
        """All fields of a model and its subclasses, of which each body has some."""
        found = {field.get("name", field["py"]): field for field in self.fields_of(name)}
        for sub in self.subclasses[name]:
            if self.models[sub]["discriminator"] not in get_args(SourceKind):
                self.missing.append(f"{name}.kind: {self.models[sub]['discriminator']}")
            for field in self.models[sub]["fields"]:
                type_ = field["type"].removeprefix("Optional[")
                optional = field | ({"type": f"Optional[{type_}"} if type_ else {})
                found.setdefault(field.get("name", field["py"]), optional)
        yield from found.values()

    def compare(self, name: str, declared: Iterable[type[Body]]) -> None:
        """`declared` are several only for fields, whose model depends on their type."""
        models = list(declared)
        if name in self._seen:
            return
        self._seen.add(name)
        known: dict[str, tuple[type[Body], Property]] = {}
        for model in models:
            for prop in shape_of(model).properties.values():
                known.setdefault(prop.name, (model, prop))
        for field in self.flat(name) if self.subclasses.get(name) else self.fields_of(name):
            prop_name = field.get("name", field["py"])
            if prop_name not in known:
                self.missing.append(f"{name}.{prop_name}")
            else:
                self._property(name, field, *known[prop_name], alone=len(models) == 1)

    def _property(
        self, owner: str, field: Any, model: type[Body], prop: Property, *, alone: bool
    ) -> None:
        path, type_ = f"{owner}.{prop.name}", field["type"]
        if field.get("format") == "newlineDelimited":  # a list in the SDK, one string on the wire
            type_ = "str"
        if alone and prop.required == type_.startswith("Optional["):
            self.missing.append(f"{path}: required is {prop.required}")
        if prop.many != ("list[" in type_) and "RegexFlags" not in type_:
            self.missing.append(f"{path}: a list or not")
        found = next((f for f in model.model_fields.values() if prop.name == f.alias), None)
        annotation = (found or model.model_fields[prop.name]).annotation
        literals = set(_literals(annotation))
        for enum in re.findall(r"_models\d*\.(\w+)", type_):
            if enum in self.enums and enum not in OPEN_ENUMS:
                values = {value["value"] for value in self.enums[enum]["values"]}
                if enum == "SearchFieldDataType":
                    continue
                self.missing += [f"{path}: {value!r}" for value in sorted(values - literals)]
                young = set(prop.values_since.versions) if prop.values_since is not None else set()
                self.values_beyond |= {(path, value) for value in literals - values - young}
            elif enum in self.models:
                self._objects(path, enum, prop)
        for value in re.findall(r"^Literal\['([^']+)'\]", type_):
            if value not in literals:
                self.missing.append(f"{path}: {value!r}")
        expected = _SCALARS.get(re.sub(r"^(Optional|list)\[(.*)\]$", r"\2", type_))
        if expected is not None and expected not in _types(annotation):
            self.missing.append(f"{path}: is no {expected.__name__}")

    def _objects(self, path: str, name: str, prop: Property) -> None:
        if name == "SearchField":
            return self._fields(path, prop)
        if not self.subclasses.get(name):
            if prop.model is not None:
                self.compare(name, [prop.model])
            elif self.models[name]["fields"]:  # WebApiHttpHeaders has none: a free map
                self.missing.append(f"{path}: holds {name}")
            return None
        for sub in self.subclasses[name]:
            tag = self.models[sub]["discriminator"]
            model = variant(prop.one_of, tag) if prop.one_of is not None else None
            if model is None:
                self.missing.append(f"{path}: {tag}")
            else:
                self.compare(sub, [model])
        return None

    def _fields(self, path: str, prop: Property) -> None:
        if prop.one_of is None:  # a simple field's, which must be empty
            return
        for value in self.enums["SearchFieldDataType"]["values"]:
            name = value["value"]
            name = f"Collection({name})" if name in ELEMENT_TYPES else name
            if name not in prop.one_of.variants:
                self.missing.append(f"{path}: {name}")
        models = dict.fromkeys(variant(prop.one_of, tag) for tag in prop.one_of.variants)
        self.compare("SearchField", [model for model in models if model is not None])


_SCALARS = {
    "str": str,
    "int": int,
    "float": float,
    "bool": bool,
    "datetime.timedelta": str,
    "datetime.datetime": str,
    "dict[str, Any]": dict,
    "dict[str, str]": dict,
    "dict[str, float]": dict,
}


def _parts(annotation: Any) -> Iterator[Any]:
    """An annotation taken apart: `Annotated[list[X] | None, …]` gives X and None."""
    if get_origin(annotation) is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, type(int | str), list):
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation


def _literals(annotation: Any) -> Iterator[str]:
    for part in _parts(annotation):
        if get_origin(part) is Literal:
            yield from get_args(part)


def _types(annotation: Any) -> set[type]:
    return {str if get_origin(p) is Literal else (get_origin(p) or p) for p in _parts(annotation)}


def compared(version: str) -> Comparison:
    comparison = Comparison(schema(version))
    for name, model in ROOTS.items():
        comparison.compare(model, [kind(name).body])
    print("\n".join(comparison.missing))
    return comparison


def test_every_kind_is_compared() -> None:
    assert list(ROOTS) == list(SEARCH.kinds)


@needs_material
def test_all_of_the_stable_schema_is_declared() -> None:
    assert set(compared("2026-04-01").missing) == NOT_ALLOWED


@needs_material
def test_all_of_the_newest_preview_is_declared() -> None:
    assert set(compared("2026-08-01-preview").missing) == OTHERWISE_DECLARED | NOT_ALLOWED


@needs_material
def test_values_beyond_the_schema_are_known() -> None:
    beyond = compared("2026-04-01").values_beyond
    assert {path for path, _ in beyond} == OTHER_SPELLINGS


@needs_material
def test_names_of_built_in_components() -> None:
    from reconciler.providers.search.kinds import builtin

    enums = schema("2026-04-01")["enums"]
    for enum, names in {
        "LexicalAnalyzerName": builtin.ANALYZERS,
        "LexicalTokenizerName": builtin.TOKENIZERS,
        "TokenFilterName": builtin.TOKEN_FILTERS,
        "CharFilterName": builtin.CHAR_FILTERS,
        "LexicalNormalizerName": builtin.NORMALIZERS,
    }.items():
        assert names == {value["value"] for value in enums[enum]["values"]}


@needs_material
def test_the_previews_skills_and_vectorizers_are_declared() -> None:
    """Every discriminator of the newest preview; knowledge bases and sources are other kinds."""
    content = schema("2026-08-01-preview")
    comparison = Comparison(content)
    skills = kind("Skillset").shape.properties["skills"].one_of
    vector_search = kind("Index").shape.properties["vectorSearch"].shape({})
    assert vector_search is not None
    vectorizers = vector_search.properties["vectorizers"].one_of
    for base, one_of in (("SearchIndexerSkill", skills), ("VectorSearchVectorizer", vectorizers)):
        tags = {content["models"][sub]["discriminator"] for sub in comparison.subclasses[base]}
        assert one_of is not None
        assert tags == one_of.variants.keys() - one_of.until.keys()
