"""Writes the emulator's property tables (`reconciler/emulator/tables/*.json`) from public schemas.

usage: python tools/emulator_shapes.py FOLDER    (the folder that holds `schema/` and `swagger/`)

One file an api-version. A property's type is one word: `str`, `list:Field`, `map:str`, `enum:X`, a
trailing `!` when it is required, a trailing `~` when only the service writes it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

OUTPUT = Path(__file__).parent.parent / "reconciler" / "emulator" / "tables"

SDK = ("2026-04-01", "2026-08-01-preview")
SWAGGER = {
    "2024-07-01": "swagger/search-2024-07-01/searchservice.json",
    "2025-09-01": "swagger/search-2025-09-01/searchservice.openapi3.json",
}
CANONICAL = {
    "SearchIndexerDataSourceConnection": "DataSource",
    "SearchIndexerDataSource": "DataSource",
    "SearchIndex": "Index",
    "SearchField": "Field",
    "SearchIndexer": "Indexer",
    "SearchIndexerSkillset": "Skillset",
    "SearchAlias": "Alias",
    "SearchIndexerSkill": "Skill",
    "SearchIndexerDataIdentity": "Identity",
    "SearchIndexerKnowledgeStore": "KnowledgeStore",
    "AzureOpenAIParameters": "AzureOpenAIVectorizerParameters",
    "WebApiParameters": "WebApiVectorizerParameters",
    "AMLParameters": "AzureMachineLearningParameters",
    "SemanticSettings": "SemanticSearch",
    "PrioritizedFields": "SemanticPrioritizedFields",
    "AnalyzeTextOptions": "AnalyzeRequest",
}
ROOTS = (
    "DataSource",
    "Index",
    "Indexer",
    "Skillset",
    "Alias",
    "SynonymMap",
    "KnowledgeSource",
    "KnowledgeBase",
    "AnalyzeRequest",
)
# Where the generated schemas and the recordings differ, the recordings win.
CORRECTIONS = {
    ("SynonymMap", "synonyms"): "str!",  # recordings-modern/synonymmap_crud.json
    ("DataSource", "subType"): "",  # recorded as `subtype`, and only in answers
    ("WebApiSkill", "httpHeaders"): "map:str",  # the model is an empty open type
    ("SynonymMap", "format"): "in:solr!",
    # One text, flags joined by `|` (both swagger files and their descriptions), not a list.
    ("PatternAnalyzer", "flags"): "str",
    ("PatternTokenizer", "flags"): "str",
    ("Suggester", "searchMode"): "in:analyzingInfixMatching!",
}
# Custom definitions may be named too, so these are texts; their known values are kept all the same.
OPEN_NAMES = (
    "LexicalAnalyzerName",
    "LexicalNormalizerName",
    "LexicalTokenizerName",
    "TokenFilterName",
    "CharFilterName",
)
PYTHON_WORDS = {
    "str": "str",
    "int": "int",
    "float": "num",
    "bool": "bool",
    "Any": "any",
    "datetime.datetime": "datetime",
    "datetime.timedelta": "duration",
}
JSON_WORDS = {"string": "str", "integer": "int", "number": "num", "boolean": "bool"}


def canonical(name: str) -> str:
    return CANONICAL.get(name, name)


def named(name: str, enums: dict[str, list[str]]) -> str:
    if name in OPEN_NAMES:
        return "str"
    return f"enum:{name}" if name in enums else f"is:{canonical(name)}"


class SdkSchema:
    """Reads the models that were derived from the official Python SDK."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text())
        self.models: dict[str, Any] = content["models"]
        self.enums: dict[str, list[str]] = {
            name: [value["value"] for value in enum["values"]]
            for name, enum in content["enums"].items()
        }

    def type_of(self, text: str) -> str:
        text = text.strip().strip("'")
        if text in PYTHON_WORDS:
            return PYTHON_WORDS[text]
        if match := re.fullmatch(r"[lL]ist\[(.*)\]", text):
            return "list:" + self.type_of(match[1])
        if match := re.fullmatch(r"[dD]ict\[str, (.*)\]", text):
            return "map:" + self.type_of(match[1])
        if match := re.fullmatch(r"(?:Union\[str, )?'?_(?:\w+_)?models\d*\.(\w+)'?\]?", text):
            return named(match[1], self.enums)
        if match := re.fullmatch(r"Literal\['(.*)'\]", text):
            return f"in:{match[1]}"
        if text.startswith("Literal["):
            return "str"
        return "any"

    def property(self, field: dict[str, Any]) -> tuple[str, str]:
        text = field["type"]
        optional = re.fullmatch(r"Optional\[(.*)\]", text)
        word = self.type_of(optional[1] if optional else text)
        if field.get("visibility") == ["read"]:
            return field.get("name", field["py"]), word + "~"
        return field.get("name", field["py"]), word if optional else word + "!"

    def properties(self, name: str) -> dict[str, str]:
        model = self.models[name]
        found: dict[str, str] = {}
        for base in model["bases"]:
            if base in self.models:
                found |= self.properties(base)
        return found | dict(self.property(field) for field in model["fields"])

    def types(self) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name, model in self.models.items():
            if model["discriminator"]:
                base = next(base for base in model["bases"] if base in self.models)
                entry = result.setdefault(canonical(base), {"kinds": {}})
                entry.setdefault("kinds", {})[model["discriminator"]] = name
            result.setdefault(canonical(name), {})["props"] = self.properties(name)
        return result


class SwaggerSchema:
    """Reads an OpenAPI 2 file."""

    def __init__(self, path: Path) -> None:
        self.definitions: dict[str, Any] = json.loads(path.read_text())["definitions"]
        self.enums: dict[str, list[str]] = {
            name: definition["enum"]
            for name, definition in self.definitions.items()
            if "enum" in definition
        }

    def type_of(self, schema: dict[str, Any]) -> str:
        if "$ref" in schema:
            return named(schema["$ref"].rsplit("/", 1)[1], self.enums)
        if "allOf" in schema and "properties" not in schema:
            return self.type_of(schema["allOf"][0])
        kind = schema.get("type")
        if kind == "array":
            return "list:" + self.type_of(schema["items"])
        if kind == "object" or kind is None:
            more = schema.get("additionalProperties")
            return "map:" + self.type_of(more) if isinstance(more, dict) and more else "any"
        if schema.get("format") == "date-time":
            return "datetime"
        return "duration" if schema.get("format") == "duration" else JSON_WORDS[kind]

    def properties(self, name: str) -> dict[str, str]:
        definition = self.definitions[name]
        found: dict[str, str] = {}
        required = set(definition.get("required", ()))
        for part in definition.get("allOf", ()):
            if "$ref" in part:
                found |= self.properties(part["$ref"].rsplit("/", 1)[1])
        for key, schema in definition.get("properties", {}).items():
            mark = "~" if schema.get("readOnly") else "!" if key in required else ""
            found[key] = self.type_of(schema) + mark
        return found

    def types(self) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for name, definition in self.definitions.items():
            if "enum" in definition:
                continue
            result.setdefault(canonical(name), {})["props"] = self.properties(name)
            value = definition.get("x-ms-discriminator-value")
            if value:
                base = definition["allOf"][0]["$ref"].rsplit("/", 1)[1]
                result.setdefault(canonical(base), {}).setdefault("kinds", {})[value] = name
        return result


def discriminate(types: dict[str, Any]) -> None:
    """Names the property that tells the kinds of a base type apart, and gives it to each kind."""
    for entry in types.values():
        if "kinds" not in entry:
            continue
        entry["kinds"] = {key: canonical(name) for key, name in entry["kinds"].items()}
        first = types[next(iter(entry["kinds"].values()))]["props"]
        own = entry.get("props", {})
        entry["by"] = next(key for key in ("@odata.type", "kind", "type") if key in own | first)
        for name in entry["kinds"].values():
            types[name]["props"][entry["by"]] = "str!"
        entry.pop("props", None)


def correct(types: dict[str, Any]) -> None:
    for (name, key), word in CORRECTIONS.items():
        if key in types.get(name, {}).get("props", {}):
            types[name]["props"].pop(key)
            if word:
                types[name]["props"][key] = word


def words_in(entry: dict[str, Any]) -> set[str]:
    names = set(entry.get("kinds", {}).values())
    for word in entry.get("props", {}).values():
        names.add(word.rstrip("!~").rsplit(":", 1)[-1])
    return names


def reachable(types: dict[str, Any]) -> dict[str, Any]:
    wanted = [root for root in ROOTS if root in types]
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in seen or name not in types:
            continue
        seen.add(name)
        wanted.extend(words_in(types[name]))
    return {name: types[name] for name in sorted(seen)}


def write(version: str, schema: SdkSchema | SwaggerSchema) -> None:
    types = schema.types()
    discriminate(types)
    correct(types)
    types = reachable(types)
    used = set(OPEN_NAMES).union(*(words_in(entry) for entry in types.values()))
    enums = {name: values for name, values in sorted(schema.enums.items()) if name in used}
    path = OUTPUT / f"{version}.json"
    lines = [f" {json.dumps(name)}: {json.dumps(entry)}" for name, entry in types.items()]
    tail = [f" {json.dumps(name)}: {json.dumps(values)}" for name, values in enums.items()]
    path.write_text(
        '{"types": {\n' + ",\n".join(lines) + '\n},\n"enums": {\n' + ",\n".join(tail) + "\n}}\n"
    )
    print(f"{path.name}: {len(types)} types, {len(enums)} enums, {path.stat().st_size} bytes")


def main(folder: Path) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for version in SDK:
        write(version, SdkSchema(folder / "schema" / f"{version}.models.json"))
    for version, path in SWAGGER.items():
        write(version, SwaggerSchema(folder / path))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
