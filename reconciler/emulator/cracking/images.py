"""Normalized images: JPEG, upright, not too large (SKILLS 2.3)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from reconciler.emulator.cracking.extracted import Picture

Body = dict[str, Any]

PER_PAGE = "generateNormalizedImagePerPage"
MOST = 1000
SIDE = 2000
# EXIF orientation -> counter-clockwise degrees that make it upright.
TURNS = {3: 180, 4: 180, 5: 270, 6: 270, 7: 90, 8: 90}
ORIENTATION = 0x0112


def normalized(
    pictures: Sequence[Picture], configuration: Body, path: str
) -> tuple[list[Body], list[str]]:
    """The nodes of `normalized_images`, and warnings. `boundingPolygon` is not emulated."""
    size = (
        configuration.get("normalizedImageMaxWidth") or SIDE,
        configuration.get("normalizedImageMaxHeight") or SIDE,
    )
    warnings: list[str] = []
    if len(pictures) > MOST:
        warnings.append(f"Only the first {MOST} of {len(pictures)} images were extracted.")
    nodes: list[Body] = []
    for picture in pictures[:MOST]:
        node = _node(picture, size)
        if node is None:
            warnings.append("An image could not be read and was left out.")
            continue
        node["imagePath"] = f"{_token(path)}/normalized_images_{len(nodes)}.jpg"
        nodes.append(node)
    return nodes, warnings


def _node(picture: Picture, size: tuple[int, int]) -> Body | None:
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(picture.data)) as image:
            width, height = image.size
            turn = TURNS.get(image.getexif().get(ORIENTATION, 1), 0)
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    upright.thumbnail(size)
    target = BytesIO()
    upright.save(target, "JPEG", quality=90)
    return {
        "$type": "file",
        "data": base64.b64encode(target.getvalue()).decode("ascii"),
        "width": upright.width,
        "height": upright.height,
        "originalWidth": width,
        "originalHeight": height,
        "rotationFromOriginal": turn,
        "contentOffset": picture.offset,
        "pageNumber": picture.page,
    }


def _token(path: str) -> str:
    """As HttpServerUtility.UrlTokenEncode: padding becomes one digit."""
    encoded = base64.urlsafe_b64encode(path.encode()).decode("ascii")
    bare = encoded.rstrip("=")
    return f"{bare}{len(encoded) - len(bare)}"
