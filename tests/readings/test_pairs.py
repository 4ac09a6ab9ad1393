"""What was sent equals what came back, for every object that was ever recorded: no phantom edits.

What a write answers counts beside the reads, but for the kinds whose reads differ from it.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from reconciler.model.resource import Live
from reconciler.planning.compare import compare
from reconciler.providers import SEARCH, kind
from tests.readings.loading import document, load
from tests.readings.pairs import Pair, pairs


def test_every_recorded_pair_is_at_rest(shared: Path, tmp_path: Path) -> None:
    passed, other, failed = Counter[str](), Counter[str](), list[str]()
    for pair in _all(shared):
        if pair.kind not in SEARCH.kinds:
            other[f"a {pair.kind}, which is not declared as a kind"] += 1
        elif not pair.by_read and kind(pair.kind).reads_differ:
            other[f"the answer to a write of a {pair.kind}, which is not what a read returns"] += 1
        elif found := _differs(tmp_path, pair):
            failed.append(f"{pair.source} {pair.kind}: {found}")
        else:
            passed[f"{pair.kind}: {'reads' if pair.by_read else 'answers to writes'}"] += 1
    total = passed.total() + len(failed)
    print(f"\nrecorded pairs: {passed.total()} of {total} at rest, none left out")
    for what, count in sorted(passed.items()):
        print(f"  {count:4} {what}")
    for reason, count in other.most_common():
        print(f"  {count:4} not counted: {reason}")
    assert not failed, "\n".join(failed)
    assert passed


def _all(shared: Path) -> list[Pair]:
    return [pair for folder in sorted(shared.glob("recordings-*")) for pair in pairs(folder)]


def _differs(folder: Path, pair: Pair) -> str:
    """What is wrong with the manifest, or how it differs from what came back."""
    resource, problems = load(folder, document(pair.kind, pair.sent, pair.version))
    if resource is None or problems:
        return str([problem.message for problem in problems])
    live = Live(resource.id, pair.shown, pair.shown.get("@odata.etag"), pair.version)
    edits = compare(kind(pair.kind), resource, live, None, str).edits
    return ", ".join(f"{edit.path}: {edit.before} -> {edit.after}" for edit in edits)
