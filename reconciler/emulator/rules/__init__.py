"""Every rule of the emulator with its source; a docs page can be generated from `RULES`."""

from reconciler.emulator.rules.aliases import ALIASES
from reconciler.emulator.rules.analysis import ANALYSIS
from reconciler.emulator.rules.arm import ARM
from reconciler.emulator.rules.azure import AZURE
from reconciler.emulator.rules.behaviour import BEHAVIOUR
from reconciler.emulator.rules.changes import CHANGES
from reconciler.emulator.rules.documents import DOCUMENTS
from reconciler.emulator.rules.doors import DOORS
from reconciler.emulator.rules.enrichment import ENRICHMENT
from reconciler.emulator.rules.index import INDEX
from reconciler.emulator.rules.indexing import INDEXING
from reconciler.emulator.rules.knowledge import KNOWLEDGE
from reconciler.emulator.rules.models import MODELS
from reconciler.emulator.rules.pipeline import PIPELINE
from reconciler.emulator.rules.queries import QUERIES
from reconciler.emulator.rules.relevance import RELEVANCE
from reconciler.emulator.rules.roles import ROLES
from reconciler.emulator.rules.rule import Evidence, Rule
from reconciler.emulator.rules.wire import WIRE

RULES: dict[str, Rule] = {
    rule.id: rule
    for part in (
        WIRE,
        INDEX,
        RELEVANCE,
        CHANGES,
        ALIASES,
        PIPELINE,
        INDEXING,
        KNOWLEDGE,
        ANALYSIS,
        MODELS,
        DOCUMENTS,
        QUERIES,
        ENRICHMENT,
        BEHAVIOUR,
        DOORS,
        ARM,
        ROLES,
        AZURE,
    )
    for rule in part
}

__all__ = ["RULES", "Evidence", "Rule"]
