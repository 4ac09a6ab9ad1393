"""The enrichment tree and the skills that grow it."""

from reconciler.emulator.skills.enrich import Note, enrich, ready
from reconciler.emulator.skills.inputs import value_of
from reconciler.emulator.skills.skill import NotEmulated
from reconciler.emulator.skills.tree import Tree

__all__ = ["NotEmulated", "Note", "Tree", "enrich", "ready", "value_of"]
