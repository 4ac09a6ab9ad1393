"""One blob to the documents that its parsing mode makes of it (SKILLS 2.2, 2.3)."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from typing import Any

from reconciler.emulator.cracking import images, markdown, metadata, rows
from reconciler.emulator.cracking.content_types import PDF
from reconciler.emulator.cracking.extract import extract
from reconciler.emulator.cracking.item import CrackFailed, Item
from reconciler.emulator.cracking.texts import LOOKS_UTF16, decode, looks_utf16
from reconciler.emulator.storage.blob import Blob

Body = dict[str, Any]


def parse(data: bytes, blob: Blob, configuration: Body) -> Iterator[Item]:
    """The documents of a blob; `configuration` is the indexer's parameters.configuration.

    Raises CrackFailed. With dataToExtract storageMetadata, `data` is not looked at.
    """
    storage = metadata.of_storage(blob)
    wanted = configuration.get("dataToExtract") or "contentAndMetadata"
    if wanted == "storageMetadata":
        yield Item(None, storage)
        return
    if wanted == "allMetadata" or metadata.says(blob, "AzureSearch_SkipContent"):
        found = extract(data, blob.name, blob.content_type, images=True)
        yield Item(None, storage | found.metadata)
        return
    if configuration.get("allowSkillsetToReadFileData"):
        storage["file_data"] = {"$type": "file", "data": base64.b64encode(data).decode("ascii")}
    mode = configuration.get("parsingMode") or "default"
    if mode == "default":
        yield _cracked(data, blob, configuration, storage)
        return
    warnings = (LOOKS_UTF16,) if looks_utf16(data) else ()
    encoding = configuration.get("encoding") if mode == "text" else None
    yield from _parsed(mode, decode(data, encoding), configuration, storage, warnings)


def _cracked(data: bytes, blob: Blob, configuration: Body, storage: Body) -> Item:
    action = configuration.get("imageAction") or "none"
    found = extract(data, blob.name, blob.content_type, images=action != "none")
    values = storage | found.metadata | {"content": found.content}
    warnings: list[str] = []
    if action != "none":
        if action == images.PER_PAGE and found.metadata["metadata_content_type"] == PDF:
            raise CrackFailed(f"The emulator does not render PDF pages (imageAction '{action}').")
        nodes, warnings = images.normalized(found.pictures, configuration, blob.url)
        values["normalized_images"] = nodes
    return Item(None, values, tuple(warnings))


def _parsed(
    mode: str, text: str, configuration: Body, storage: Body, warnings: tuple[str, ...]
) -> Iterator[Item]:
    match mode:
        case "text":
            yield Item(None, storage | {"content": text}, warnings)
        case "json":
            yield Item(None, storage | rows.whole(text), warnings)
        case "markdown":
            depth = markdown.depth_of(configuration.get("markdownHeaderDepth"))
            sections = markdown.sections(text, depth)
            if configuration.get("markdownParsingSubmode") == "oneToOne":
                yield Item(None, storage | markdown.one(sections), warnings)
            else:
                yield from _many(markdown.many(sections, depth), storage, warnings)
        case "jsonArray":
            found = rows.array(text, configuration.get("documentRoot") or "")
            yield from _many(found, storage, warnings)
        case "jsonLines":
            yield from _many(rows.lines(text), storage, warnings)
        case "delimitedText":
            yield from _many(rows.delimited(text, configuration), storage, warnings)
        case _:
            raise CrackFailed(f"The parsing mode '{mode}' is not emulated.")


def _many(documents: Iterable[Body], storage: Body, warnings: tuple[str, ...]) -> Iterator[Item]:
    """SKILLS 2.2: the key of the n-th document, from 1, is `<path>;<n>`."""
    for number, document in enumerate(documents, 1):
        suffix = f";{number}"
        key = {"AzureSearch_DocumentKey": storage["metadata_storage_path"] + suffix}
        yield Item(suffix, storage | document | key, warnings if number == 1 else ())
