"""Numbers in tokenizers and filters: their documented least and greatest values."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.refusals import Refusal

Body = dict[str, Any]

# Swagger: the greatest values, and the least of shingles; the other least values are inferred.
RANGES = {
    "maxTokenLength": (1, 300),
    "minGram": (1, 300),
    "maxGram": (1, 300),
    "length": (1, 300),
    "min": (0, 300),
    "max": (0, 300),
    "minShingleSize": (2, None),
    "maxShingleSize": (2, None),
    "maxTokenCount": (0, None),
    "skip": (0, None),
}
# In pairs, the first may not be greater than the second. The swagger wants it less, but the
# service's own edgeNGram goes from 1 to 1 (QUERIES 6).
PAIRS = (("minGram", "maxGram"), ("min", "max"), ("minShingleSize", "maxShingleSize"))


def check(index: Body) -> None:
    for part in ("analyzers", "tokenizers", "tokenFilters"):
        for entry in index.get(part) or ():
            _check_entry(entry)


def _check_entry(entry: Body) -> None:
    for key, (low, high) in RANGES.items():
        value = entry.get(key)
        if value is not None and (value < low or (high is not None and value > high)):
            raise Refusal("analysis-range", name=entry["name"], property=key, value=value)
    for low_key, high_key in PAIRS:
        smaller, greater = entry.get(low_key), entry.get(high_key)
        if smaller is not None and greater is not None and smaller > greater:
            raise Refusal("analysis-range", name=entry["name"], property=low_key, value=smaller)
