"""The two readings as text: a summary by mark, and the whole table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.readings.readings import Readings


def summary(kind: str, found: Readings) -> str:
    """How many marks agree, by sourced and inferred, and what is left to know."""
    return "\n".join(_summary(kind, found))


def _summary(kind: str, found: Readings) -> Iterator[str]:
    counts = Counter(
        (reading.row.mark, str(reading.evidence), reading.row.agrees) for reading in found.rows
    )
    agree = sum(count for (_, _, agrees), count in counts.items() if agrees)
    yield f"\n{kind}: {agree} of {len(found.rows)} readings agree"
    yield f"  {'mark':20} {'sourced':>8} {'inferred':>8} {'differ':>8}"
    for mark in sorted({mark for mark, _, _ in counts}):
        sourced, inferred = (counts[mark, word, True] for word in ("sourced", "inferred"))
        differ = counts[mark, "sourced", False] + counts[mark, "inferred", False]
        yield f"  {mark:20} {sourced:8} {inferred:8} {differ:8}"
    differing = Counter(
        (reading.reason, f"{reading.row.where.partition(': ')[2]} {reading.row.mark}")
        for reading in found.rows
        if not reading.row.agrees
    )
    for (reason, where), count in sorted(differing.items(), key=str):
        times = f" ({count} times)" if count > 1 else ""
        yield f"  differs: {where}{times}: {reason or 'WHY IS NOT KNOWN'}"
    for where, reason in found.untried.items():
        yield f"  not tried in full: {where.partition(': ')[2]}: {reason}"
    for refusal in found.missing:
        yield f"  NOT TRIED: {refusal}"


def whole(found: Readings) -> str:
    """Every reading, a line each, columns separated by `|`."""
    lines = []
    for row, evidence, reason in found.rows:
        verdict = "agrees" if row.agrees else f"differs: {reason or 'why is not known'}"
        said, seen = (" ".join(text.split())[:60] for text in (row.said, row.seen))
        cells = (row.where, row.mark, said, seen, verdict, f"{evidence} ({evidence.by})")
        lines.append(" | ".join(cells))
    return "\n".join(lines)
