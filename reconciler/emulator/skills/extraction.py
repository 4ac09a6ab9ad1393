"""Document Extraction: cracks a file that is in the tree (SKILLS 1.1)."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.cracking.content_types import PDF
from reconciler.emulator.cracking.extract import extract
from reconciler.emulator.cracking.images import PER_PAGE, normalized
from reconciler.emulator.cracking.item import CrackFailed
from reconciler.emulator.cracking.texts import decode
from reconciler.emulator.skills.files import BadFile, content_of, name_of
from reconciler.emulator.skills.skill import UNEXPECTED, Done

Body = dict[str, Any]


def refuses(skill: Body) -> str:
    if skill.get("parsingMode") == "json":
        return "parsingMode 'json' is not emulated."
    return ""


def extract_document(skill: Body, record: Body) -> Done:
    """A file reference has no name: its format is told by its first bytes."""
    action = (skill.get("configuration") or {}).get("imageAction") or "none"
    try:
        data = content_of(record["file_data"])
        if skill.get("parsingMode") == "text":
            return Done({"content": decode(data)})
        found = extract(data, "", "", images=action != "none")
    except (BadFile, CrackFailed) as problem:
        return Done.failed(str(problem))
    if action == PER_PAGE and found.metadata["metadata_content_type"] == PDF:
        return Done.failed(f"The emulator does not render PDF pages (imageAction '{PER_PAGE}').")
    done = Done()
    if skill.get("dataToExtract") != "allMetadata":
        done.outputs["content"] = found.content
    if action != "none":
        configuration = skill.get("configuration") or {}
        nodes, warnings = normalized(found.pictures, configuration, name_of(data))
        done.outputs["normalized_images"] = nodes
        done.warnings = [(UNEXPECTED, text) for text in warnings]
    return done
