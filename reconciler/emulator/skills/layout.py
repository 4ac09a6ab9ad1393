"""Document Layout, as a local approximation of the Document Intelligence model (SKILLS 1.2).

Markdown: sections from the headings of Markdown, HTML and Word files; a PDF, which has none here,
is one section. Text: the text of each page of a PDF, or of any other file as one page, in chunks.
Images are not read (no OCR), and `boundingPolygons` are empty.
"""

from __future__ import annotations

import json
from typing import Any

from reconciler.emulator.cracking.extract import extract
from reconciler.emulator.cracking.extracted import Extracted
from reconciler.emulator.cracking.images import normalized
from reconciler.emulator.cracking.item import CrackFailed
from reconciler.emulator.cracking.markdown import depth_of, many
from reconciler.emulator.cracking.outline import NO_OCR, outline
from reconciler.emulator.skills.files import BadFile, content_of, name_of
from reconciler.emulator.skills.measure import Sizes
from reconciler.emulator.skills.skill import Done
from reconciler.emulator.skills.splitting import pages

Body = dict[str, Any]

LENGTH = 500


def lay_out(skill: Body, record: Body) -> Done:
    try:
        data = content_of(record["file_data"])
        if skill.get("outputFormat") == "text":
            return _as_text(skill, data)
        return _as_markdown(skill, data)
    except (BadFile, CrackFailed) as problem:
        return Done.failed(str(problem))


def _as_markdown(skill: Body, data: bytes) -> Done:
    depth = depth_of(skill.get("markdownHeaderDepth"))
    documents = many(outline(data, depth), depth, first=0)
    for document in documents:
        document["content"] = document["content"].removesuffix("\r\n")
    return Done({"markdown_document": documents})


def _as_text(skill: Body, data: bytes) -> Done:
    options = skill.get("extractionOptions") or []
    found = extract(data, "", "", images="images" in options)
    if found.metadata["metadata_content_type"].startswith("image/"):
        raise CrackFailed(NO_OCR)
    file = name_of(data)
    done = Done({"text_sections": _chunks(skill, found, file)})
    if "images" in options:
        done.outputs["normalized_images"] = _images(found, file, "locationMetadata" in options)
    return done


def _chunks(skill: Body, found: Extracted, file: str) -> list[Body]:
    """Chunks never cross a page; ordinal positions count through the document."""
    chunking = skill.get("chunkingProperties") or {}
    length = chunking.get("maximumLength") or LENGTH
    overlap = chunking.get("overlapLength") or 0
    if overlap * 2 >= length:
        raise CrackFailed("overlapLength must be less than half of maximumLength.")
    located = "locationMetadata" in (skill.get("extractionOptions") or [])
    chunks: list[Body] = []
    for number, text in enumerate(found.pages or (found.content,), 1):
        for start, end in pages(text, Sizes(text).utf16, length, overlap):
            position = len(chunks)
            chunk: Body = {"id": f"{file}_{position}", "content": text[start:end], "sections": []}
            if located:
                chunk["locationMetadata"] = _location(number, position)
            chunks.append(chunk)
    return chunks


def _location(page: int, position: int) -> Body:
    return {
        "pageNumber": page,
        "ordinalPosition": position,
        "boundingPolygons": json.dumps([]),
    }


def _images(found: Extracted, file: str, located: bool) -> list[Body]:
    nodes, _ = normalized(found.pictures, {}, file)
    images: list[Body] = []
    for position, node in enumerate(nodes):
        image = {"$type": "file", "data": node["data"], "imagePath": node["imagePath"]}
        image["id"] = f"{file}_image_{position}"
        if located:
            image["locationMetadata"] = _location(node["pageNumber"] or 1, position)
        images.append(image)
    return images
