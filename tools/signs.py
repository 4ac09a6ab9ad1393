"""The handbook's pictures: signs and drawings, and boards with words on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw, ImageFont

SIZE = (480, 360)
SHARP = 4
"""Drawings are made this many times larger and then reduced, which makes their edges smooth."""
SLATE, CHALK = (38, 50, 46), (240, 240, 228)
GREEN, WHITE, BLACK = (0, 122, 77), (255, 255, 255), (20, 20, 20)
SKY, WATER, SAND, YELLOW, GREY = (
    (207, 228, 240),
    (58, 118, 160),
    (170, 142, 98),
    (246, 200, 28),
    (120, 124, 130),
)


class Drawing:
    """A canvas of SIZE; every coordinate is in pixels of the finished picture."""

    def __init__(self, background: tuple[int, int, int]) -> None:
        self._picture = Image.new("RGB", (SIZE[0] * SHARP, SIZE[1] * SHARP), background)
        self._pen = ImageDraw.Draw(self._picture)

    def box(self, *corners: float, fill: tuple[int, int, int], radius: float = 0) -> None:
        """A rectangle from left, top to right, bottom."""
        self._pen.rounded_rectangle([c * SHARP for c in corners], radius * SHARP, fill)

    def disc(self, x: float, y: float, radius: float, fill: tuple[int, int, int]) -> None:
        """A filled circle."""
        corners = [x - radius, y - radius, x + radius, y + radius]
        self._pen.ellipse([c * SHARP for c in corners], fill)

    def shape(self, *points: float, fill: tuple[int, int, int]) -> None:
        """A polygon: x, y, x, y …"""
        self._pen.polygon([p * SHARP for p in points], fill)

    def line(self, *points: float, fill: tuple[int, int, int], width: float) -> None:
        """A line through x, y, x, y …, with round ends."""
        scaled = [p * SHARP for p in points]
        self._pen.line(scaled, fill, round(width * SHARP), joint="curve")
        for x, y in zip(points[::2], points[1::2], strict=True):
            self.disc(x, y, width / 2, fill)

    def words(self, x: float, y: float, text: str, size: int, fill: tuple[int, int, int]) -> None:
        """One line of text whose upper left corner is at x, y."""
        font = ImageFont.load_default(size * SHARP)
        self._pen.text((x * SHARP, y * SHARP), text, fill, font)

    def finished(self) -> Image.Image:
        """The picture, in at most 64 colours."""
        return self._picture.reduce(SHARP).quantize(64, dither=Image.Dither.NONE)


def board(lines: Sequence[str]) -> Image.Image:
    """Chalk on slate: the first line large, the others below it."""
    drawing = Drawing(GREY)
    drawing.box(12, 12, SIZE[0] - 12, SIZE[1] - 12, fill=SLATE, radius=6)
    drawing.words(34, 28, lines[0], 28, CHALK)
    for number, line in enumerate(lines[1:]):
        drawing.words(34, 70 + 27 * number, line, 20, CHALK)
    return drawing.finished()


def assembly_point() -> Image.Image:
    """Four people in the middle, and an arrow from every corner towards them."""
    drawing = Drawing(GREEN)
    width, height = SIZE
    for x, y in ((0, 0), (width, 0), (0, height), (width, height)):
        right, down = (1 if x == 0 else -1), (1 if y == 0 else -1)
        tip_x, tip_y = x + right * 140, y + down * 105
        drawing.line(x + right * 45, y + down * 34, tip_x, tip_y, fill=WHITE, width=18)
        corners = (tip_x - right * 55, tip_y + down * 12, tip_x - right * 2, tip_y - down * 52)
        drawing.shape(tip_x + right * 14, tip_y + down * 10, *corners, fill=WHITE)
    for x, y in ((205, 170), (275, 170), (228, 195), (252, 195)):
        person(drawing, x, y)
    return drawing.finished()


def person(drawing: Drawing, x: float, y: float) -> None:
    """Somebody seen from the front; x, y is the middle of the head."""
    drawing.box(x - 17, y + 14, x + 17, y + 72, fill=GREEN, radius=10)
    drawing.disc(x, y, 13, GREEN)
    drawing.box(x - 14, y + 16, x + 14, y + 70, fill=WHITE, radius=8)
    drawing.disc(x, y, 11, WHITE)


def mooring() -> Image.Image:
    """A Grebe on its chain, in a lake."""
    drawing = Drawing(SKY)
    drawing.box(0, 130, SIZE[0], SIZE[1], fill=WATER)
    drawing.box(0, 318, SIZE[0], SIZE[1], fill=SAND)
    chain = (200, 168, 212, 210, 236, 250, 268, 282, 310, 300)
    drawing.line(*chain, fill=BLACK, width=3)
    drawing.box(300, 286, 348, 322, fill=GREY, radius=3)
    drawing.line(188, 160, 188, 262, fill=BLACK, width=2)
    drawing.box(182, 236, 194, 272, fill=YELLOW, radius=4)
    drawing.box(138, 112, 262, 150, fill=YELLOW, radius=18)
    drawing.shape(160, 148, 240, 148, 224, 172, 176, 172, fill=BLACK)
    drawing.shape(164, 114, 236, 114, 216, 62, 184, 62, fill=GREY)
    drawing.line(200, 62, 200, 30, fill=BLACK, width=4)
    drawing.disc(200, 26, 8, YELLOW)
    for x, y, text in ((272, 104, "buoy"), (290, 228, "chain"), (356, 292, "anchor")):
        drawing.words(x, y, text, 18, BLACK if y < 130 else WHITE)
    drawing.words(120, 238, "probe", 18, WHITE)
    return drawing.finished()


DRAWN: dict[str, Callable[[], Image.Image]] = {
    "products/grebe-mooring.png": mooring,
    "safety/assembly-point.png": assembly_point,
}
"""The pictures that have no source, by the name of their blob."""
