"""From the bytes of a file to text, metadata, images and items."""

from reconciler.emulator.cracking.item import CrackFailed, Item
from reconciler.emulator.cracking.parse import parse

__all__ = ["CrackFailed", "Item", "parse"]
