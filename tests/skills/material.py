"""Blobs, files and skillsets that the tests of this room share."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from reconciler.emulator import Settings, cracking, skills
from reconciler.emulator.models.models import Models
from reconciler.emulator.storage.blob import Blob

Body = dict[str, Any]


def blob(name: str, content_type: str = "application/octet-stream", **metadata: str) -> Blob:
    return Blob(
        name=name,
        url=f"https://account.blob.core.windows.net/files/{name}",
        size=5,
        modified=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        content_type=content_type,
        content_md5="",
        etag="e",
        metadata=metadata,
    )


def parsed(data: bytes, name: str, **configuration: Any) -> list[Body]:
    """The values of every document of a blob."""
    return [item.values for item in cracking.parse(data, blob(name), configuration)]


def skill(kind: str, inputs: Body, *outputs: str, **more: Any) -> Body:
    """A skill; `inputs` are name and source, an output may be `name=targetName`."""
    return {
        "@odata.type": f"#Microsoft.Skills.{kind}",
        "inputs": [
            {"name": name, "source": source} if isinstance(source, str) else {"name": name} | source
            for name, source in inputs.items()
        ],
        "outputs": [
            {"name": name, "targetName": target or None}
            for name, _, target in (output.partition("=") for output in outputs)
        ],
        **more,
    }


def enriched(values: Body, *given: Body, **skillset: Any) -> tuple[skills.Tree, list[skills.Note]]:
    """The tree and the notes after a run of these skills."""
    body = {"name": "skills", "skills": list(given), **skillset}
    skills.ready(body)
    tree = skills.Tree(values)
    return tree, skills.enrich(body, tree, Models(Settings()))


def shaped(values: Body, source: Any, context: str = "/document") -> Any:
    """What one input of a skill reads."""
    tree, _ = enriched(
        values, skill("Util.ShaperSkill", {"it": source}, "output=shape", context=context)
    )
    found = [value for _, value in tree.values(f"{context}/shape/it")]
    return found if "*" in context else (found[0] if found else None)


def reference(data: bytes) -> Body:
    return {"$type": "file", "data": base64.b64encode(data).decode()}


def word_file() -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.author = "Ada"
    document.add_heading("Guide", 1)
    document.add_paragraph("How to begin.")
    document.add_heading("Setup", 2)
    document.add_paragraph("Install it.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    document.add_picture(BytesIO(image_file(60, 40)))
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def pdf_file(password: str = "") -> bytes:
    from fpdf import FPDF

    document = FPDF()
    document.set_title("Report")
    document.set_author("Grace")
    document.set_font("Helvetica", size=12)
    for number in (1, 2):
        document.add_page()
        document.cell(text=f"Page {number} speaks.")
    document.image(BytesIO(image_file(60, 40)), x=10, y=40)
    if password:
        document.set_encryption(owner_password="owner", user_password=password)
    return bytes(document.output())


def image_file(width: int, height: int, kind: str = "PNG", orientation: int = 1) -> bytes:
    from PIL import Image

    image = Image.new("RGB", (width, height), "navy")
    exif = image.getexif()
    exif[0x0112] = orientation
    target = BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()
