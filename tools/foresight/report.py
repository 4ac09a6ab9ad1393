"""The measure as a table, a list and JSON."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from tools.foresight.families import FAMILIES
from tools.foresight.measure import Finding
from tools.foresight.mutator import Verdict

HARM = (Verdict.REFUSED, Verdict.RUN, Verdict.NULL, Verdict.QUERY, Verdict.EXPOSED)
HEAD: tuple[str, ...] = (
    "family", "mutants", "harmful", "refused", "run", "null", "query", "told", "told %",
    "of refused %", "in place", "place %", "false alarms",
)  # fmt: skip


def table(found: Sequence[Finding]) -> str:
    """A line a family, and one for all."""
    lines = [HEAD]
    for family in FAMILIES:
        some = [one for one in found if one.family == family]
        if some:
            lines.append(_line(family, some))
    lines.append(_line("all", found))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.rjust, line, widths)) for line in lines)


def _line(name: str, found: Sequence[Finding]) -> tuple[str, ...]:
    harmful = [one for one in found if one.harmful]
    kinds = Counter(one.truth for one in harmful)
    refused = [one for one in harmful if one.truth is Verdict.REFUSED]
    told, placed = told_of(harmful), [one for one in harmful if one.in_place]
    counts = [len(found), len(harmful), *(kinds[verdict] for verdict in HARM[:4]), len(told)]
    alarms = len(false_alarms(found))
    return (
        name, *map(str, counts), _share(told, harmful), _share(told_of(refused), refused),
        str(len(placed)), _share(placed, harmful), str(alarms),
    )  # fmt: skip


def _share(some: Sequence[Finding], every: Sequence[Finding]) -> str:
    return f"{100 * len(some) / len(every):.1f}" if every else "-"


def told_of(found: Sequence[Finding]) -> list[Finding]:
    """Those of which the linter says something."""
    return [one for one in found if one.told]


def false_alarms(found: Sequence[Finding]) -> list[Finding]:
    """Harmless mutants with a new error."""
    return [one for one in found if not one.harmful and one.errors]


def lists(found: Sequence[Finding]) -> str:
    """What was missed, what was a false alarm, and where the emulator disagrees: by mutator."""
    return "\n".join(
        [
            "\nMissed (mutator, truth, of how many; an example):",
            *_grouped([one for one in found if one.harmful], lambda one: not one.told),
            "\nFalse alarms:",
            *_grouped(found, lambda one: one in false_alarms([one])),
            "\nDisagreements (documentation: emulator):",
            *_disagreements(found),
        ]
    )


def _grouped(found: Sequence[Finding], wanted: Callable[[Finding], bool]) -> Iterator[str]:
    every: dict[str, list[Finding]] = defaultdict(list)
    for one in found:
        every[one.task.mutator].append(one)
    for name, some in sorted(every.items(), key=lambda pair: (pair[1][0].family, pair[0])):
        those = [one for one in some if wanted(one)]
        if those:
            first = those[0]
            codes = f" {', '.join(first.errors)}" if first.errors else ""
            yield (
                f"  {first.family:10} {name:42} {first.truth.value:8} {len(those)}/{len(some)}  "
                f"{first.task.stack}: {first.place}{codes}"
            )


def _disagreements(found: Sequence[Finding]) -> Iterator[str]:
    every: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for one in found:
        if one.disagreeing and one.outcome is not None:
            every[one.task.mutator, one.verdict.value, one.outcome.value].append(one)
    for (name, verdict, outcome), some in sorted(every.items(), key=_graver):
        first = some[0]
        yield (
            f"  {first.family:10} {name:42} {verdict:8}: {outcome:8} {len(some)}  "
            f"{first.task.stack}: {first.place} {first.shown[:120]}"
        )


def _graver(group: tuple[tuple[str, str, str], list[Finding]]) -> tuple[bool, str]:
    """Whether it is harmful at all is asked first, then how it shows."""
    name, verdict, outcome = group[0]
    return Verdict.HARMLESS not in (verdict, outcome), name


def as_json(found: Sequence[Finding]) -> str:
    """Every finding, for programs."""
    return json.dumps(
        [
            {
                **one._asdict(),
                "task": one.task._asdict(),
                "family": one.family,
                "told": one.told,
                "disagreeing": one.disagreeing,
            }
            for one in found
        ],
        indent=1,
    )
