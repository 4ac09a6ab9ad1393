"""What each pricing tier allows.

Counts: FACTS f (search-limits-quotas-capacity). Basic's numbers and Free's indexes and storage were
recorded (index_crud, recordings-2020); the other sizes are documented, so inferred.
"""

from __future__ import annotations

from dataclasses import dataclass

GB = 1024**3


@dataclass(frozen=True)
class Tier:
    objects: int  # indexes, indexers, data sources, skillsets alike
    synonym_maps: int
    synonym_rules: int
    storage: int
    vectors: int
    extraction_bytes: int
    extraction_characters: int

    def quota(self, collection: str) -> int:
        if collection == "synonymmaps":
            return self.synonym_maps
        return self.objects * 2 if collection == "aliases" else self.objects


TIERS = {
    "free": Tier(3, 3, 5_000, 52_428_800, 26_214_400, 16 << 20, 262_144),
    "basic": Tier(15, 3, 20_000, 15 * GB, 5 * GB, 16 << 20, 524_288),
    "standard": Tier(50, 5, 20_000, 160 * GB, 35 * GB, 128 << 20, 4 << 20),
    "standard2": Tier(200, 10, 20_000, 512 * GB, 150 * GB, 256 << 20, 8 << 20),
    "standard3": Tier(200, 20, 20_000, 1024 * GB, 300 * GB, 256 << 20, 16 << 20),
    "storage_optimized_l1": Tier(10, 20, 20_000, 2048 * GB, 150 * GB, 256 << 20, 4 << 20),
    "storage_optimized_l2": Tier(10, 20, 20_000, 4096 * GB, 300 * GB, 256 << 20, 4 << 20),
    # No SKU: any number of objects, to see what a large service costs.
    "unlimited": Tier(10**6, 10**6, 20_000, 4096 * GB, 300 * GB, 256 << 20, 16 << 20),
}

# Of every tier: FACTS f, and the recorded service statistics.
FIELDS_PER_INDEX = 1000
COMPLEX_COLLECTIONS_PER_INDEX = 40
NESTING_DEPTH = 10
COMPLEX_OBJECTS_PER_DOCUMENT = 3000


def tier_named(name: str) -> Tier:
    try:
        return TIERS[name.lower()]
    except KeyError:
        raise ValueError(f"unknown tier {name!r}; known: {', '.join(TIERS)}") from None
