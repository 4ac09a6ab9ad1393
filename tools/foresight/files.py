"""What lies in the containers of a stack: files that its indexers can read, with what they ask."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fpdf import FPDF

from tools.foresight.stack import Json, Stack, spots, value

BLOBS = ("azureblob", "adlsgen2", "onelake")
TOPICS = {
    "leave": "Employees take thirty days of holiday a year, and tell their manager a month before. "
    "Who falls ill on vacation gets the days of sickness back. ",
    "travel": "Flights and trains are booked by the travel office in second class. Hotels may cost "
    "a hundred euros a night, breakfast included. ",
    "security": "Passwords are long and are never shared with colleagues. A stolen laptop is told "
    "to the helpdesk at once, so that its disk can be erased. ",
}
"""Each is one file, and what queries are about."""
OWN = re.compile(
    r"(?!(?:metadata_|AzureSearch_).*|content|title|ordinal_position|document_content)\w+"
)
"""Names that only files' own metadata can have."""
SAMPLES: dict[str, Any] = {
    "Edm.String": "a text",
    "Edm.Int32": 7,
    "Edm.Int64": 70,
    "Edm.Double": 1.5,
    "Edm.Boolean": True,
    "Edm.DateTimeOffset": "2026-01-02T03:04:05Z",
    "Edm.GeographyPoint": {"type": "Point", "coordinates": [8.5, 47.4]},
    "Collection(Edm.String)": ["one", "two"],
}


def write(stack: Stack, root: Path) -> None:
    """A folder for each container, with three files that an hour ago were young."""
    for number, document in enumerate(stack):
        if document["kind"] == "DataSource" and document["spec"].get("type") in BLOBS:
            container = document["spec"].get("container") or {}
            folder = root / str(container.get("name")) / str(container.get("query") or "")
            folder.mkdir(parents=True, exist_ok=True)
            for indexer in _indexers(stack, stack[number]["metadata"]["name"]):
                for name, content in _files(stack, indexer):
                    _written(folder / name, content, _metadata(stack, indexer))


def _written(path: Path, content: str, metadata: dict[str, str]) -> None:
    beside = Path(f"{path}.metadata.json")
    if path.suffix == ".pdf":
        path.write_bytes(_pdf(content))
    else:
        path.write_text(content)
    if metadata:
        beside.write_text(json.dumps(metadata))
    for file in (path, beside):
        if file.exists():
            made = file.stat().st_mtime_ns - 3_600_000_000_000
            os.utime(file, ns=(made, made))


def _indexers(stack: Stack, source: str) -> Iterator[Json]:
    for spot in spots(stack, "Indexer"):
        if value(stack, spot.at("dataSourceName")) == source:
            yield value(stack, spot)


def _files(stack: Stack, indexer: Json) -> Iterator[tuple[str, str]]:
    configuration = (indexer.get("parameters") or {}).get("configuration") or {}
    mode = configuration.get("parsingMode") or "default"
    wanted = configuration.get("indexedFileNameExtensions") or ""
    for number, (topic, text) in enumerate(TOPICS.items()):
        if mode in ("default", "text"):
            for extension in (".txt", ".html", ".md", ".pdf"):
                if extension in wanted or (not wanted and extension == ".html"):
                    yield f"{topic}{extension}", _text(topic, text, extension)
        elif mode == "markdown":
            yield f"{topic}.md", _text(topic, text, ".md")
        else:
            rows = [_row(stack, indexer, f"{topic}-{number}-{n}", text) for n in range(3)]
            yield from _of_rows(topic, mode, rows, configuration)


def _text(topic: str, text: str, extension: str) -> str:
    parts = {f"About {topic}": text * 12, "Exceptions": f"Exceptions of {topic}. {text}" * 8}
    if extension == ".html":
        sections = "".join(f"<h2>{head}</h2><p>{body}</p>" for head, body in parts.items())
        title = f"<head><title>{topic}</title></head>"
        return f"<html>{title}<body><h1>{topic}</h1>{sections}</body></html>"
    sections = "".join(f"## {head}\n\n{body}\n\n" for head, body in parts.items())
    return f"# {topic}\n\n{sections}"


def _pdf(text: str) -> bytes:
    document = FPDF()
    document.set_font("Helvetica", size=12)
    document.add_page()
    document.multi_cell(0, 6, text)
    return bytes(document.output())


def rows_for(stack: Stack, index: str) -> list[Json]:
    """Documents for an index that nobody fills: they are pushed."""
    return [
        {field["name"]: _sample(field, topic, text) for field in _fields(stack, index)}
        for topic, text in TOPICS.items()
    ]


def _of_rows(
    topic: str, mode: str, rows: list[Json], configuration: Json
) -> Iterator[tuple[str, str]]:
    if mode == "json":
        for number, row in enumerate(rows):
            yield f"{topic}-{number}.json", json.dumps(row)
    elif mode == "jsonLines":
        extension = configuration.get("indexedFileNameExtensions") or ".jsonl"
        yield f"{topic}{extension}", "\n".join(map(json.dumps, rows))
    elif mode == "jsonArray":
        held: Any = rows
        for name in reversed((configuration.get("documentRoot") or "").split("/")[1:]):
            held = {name: held}
        yield f"{topic}.json", json.dumps(held)
    elif mode == "delimitedText":
        yield f"{topic}.csv", _table(rows, configuration)


def _table(rows: list[Json], configuration: Json) -> str:
    names = configuration.get("delimitedTextHeaders")
    columns = names.split(",") if names else list(rows[0])
    made = io.StringIO()
    writer = csv.writer(made, delimiter=configuration.get("delimitedTextDelimiter") or ",")
    if not names:
        writer.writerow(columns)
    for row in rows:
        cells = [row.get(column, "") for column in columns]
        writer.writerow(json.dumps(c) if isinstance(c, list) else c for c in cells)
    return made.getvalue()


def _row(stack: Stack, indexer: Json, key: str, text: str) -> Json:
    """A row with a property for every field, under the name that is mapped to it."""
    names = {
        mapping.get("targetFieldName", mapping["sourceFieldName"]): mapping["sourceFieldName"]
        for mapping in indexer.get("fieldMappings") or ()
        if not mapping["sourceFieldName"].startswith("metadata_")
    }
    return {
        str(names.get(field["name"], field["name"])): _sample(field, key, text)
        for field in _fields(stack, indexer.get("targetIndexName"))
        if "dimensions" not in field and names.get(field["name"]) != "AzureSearch_DocumentKey"
    }


def _sample(field: Json, key: str, text: str) -> Any:
    if field.get("key"):
        return key
    if "dimensions" in field:
        return [1.0] * field["dimensions"]
    if field["type"] == "Edm.ComplexType":
        return {one["name"]: _sample(one, key, text) for one in field["fields"]}
    if field["type"] == "Collection(Edm.ComplexType)":
        return [{one["name"]: _sample(one, key, text) for one in field["fields"]}]
    sample = SAMPLES.get(field["type"], [])
    return f"{text} {field['name']} {key}" if sample == "a text" else sample


def _fields(stack: Stack, index: Any) -> Iterator[Json]:
    for spot in spots(stack, "Index"):
        if stack[spot.document]["metadata"]["name"] == index:
            yield from value(stack, spot.at("fields")) or ()


def _metadata(stack: Stack, indexer: Json) -> dict[str, str]:
    """The files' own metadata: what is read by name, and made by nobody."""
    configuration = (indexer.get("parameters") or {}).get("configuration") or {}
    if configuration.get("parsingMode") in ("json", "jsonArray", "jsonLines", "delimitedText"):
        return {}
    mappings = indexer.get("fieldMappings") or ()
    read = {mapping["sourceFieldName"] for mapping in mappings}
    mapped = {mapping.get("targetFieldName") for mapping in mappings}
    if indexer.get("skillsetName"):
        read |= _projected(stack) - mapped
    else:
        fields = _fields(stack, indexer.get("targetIndexName"))
        read |= {field["name"] for field in fields if not field.get("key")} - mapped
    lists = {one["sourceFieldName"] for one in mappings if one.get("mappingFunction")}
    return {
        name: '["one", "two"]' if name in lists else f"some {name}"
        for name in read
        if OWN.fullmatch(name)
    }


def _projected(stack: Stack) -> set[str]:
    """Names under `/document` that projections read, and no skill makes."""
    paths = spots(stack, "Skillset", "indexProjections/selectors/*/mappings/*/source")
    names = {str(value(stack, spot)).removeprefix("/document/") for spot in paths}
    outputs = spots(stack, "Skillset", "skills/*/outputs/*/targetName")
    return names - {value(stack, spot) for spot in outputs}
