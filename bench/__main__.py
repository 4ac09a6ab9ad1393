"""`make bench`: start-up, linting, plans at several sizes, retrieval and indexing, beside peers."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench import linting, peers, pipeline, stacks
from bench.measure import Measured, best, run

TOOL = [sys.executable, "-m", "reconciler"]
ENVIRON = {"BENCH_KEY": "bench", "BENCH_STORAGE": "DefaultEndpointsProtocol=https;AccountKey=k1"}
ROOT = Path(__file__).parent.parent
GROWING = (
    "first apply (cold cache)",
    "no-op plan, warm cache",
    "no-op plan, cold cache",
    "one-field change (apply)",
)


class Emulator:
    """A running emulator that counts its requests."""

    def __init__(self, url: str, log: Path) -> None:
        self.url, self._log = url, log

    def requests(self) -> int:
        """How many requests came since the last time this was asked."""
        count = self._log.read_text().count("\n")
        self._log.write_text("")
        return count


@contextmanager
def emulator(folder: Path) -> Iterator[Emulator]:
    """An emulator without limits."""
    log = folder / "access.log"
    log.touch()
    command = [*TOOL, "emulator", "--port", "0", "--tier", "unlimited", "--access-log", str(log)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Emulator(process.stdout.readline().strip(), log)
        finally:
            process.terminate()


def row(name: str, measured: Measured | None, requests: int | str = "") -> None:
    """One line of a table."""
    if measured is None:
        print(f"  {name:<34}  (terraform is not installed)", flush=True)
    else:
        numbers = f"{measured.wall:8.2f} s  {measured.cpu:8.2f} s  {measured.memory:6.0f} MB"
        print(f"  {name:<34}{numbers}  {requests:>6}", flush=True)


def workload(objects: int, kilobytes: int) -> dict[str, Measured]:
    """Everything at one size; the no-op plans are the fastest of three."""
    print(f"\n{objects} objects of {kilobytes} KB")
    print(f"  {'':<34}{'wall':>10}{'CPU':>12}{'memory':>11}  {'calls':>6}")
    found: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as name, emulator(Path(name)) as service:
        folder = Path(name) / "project"
        stacks.write(folder, service.url, objects, kilobytes)

        def measured(title: str, command: list[str], times: int = 1) -> None:
            service.requests()
            found[title] = best([*TOOL, *command], folder, ENVIRON, times)
            row(title, found[title], service.requests() // times)

        measured("first apply (cold cache)", ["apply", "--yes"])
        measured("no-op plan, warm cache", ["plan"], 3)
        shutil.rmtree(folder / ".reconciler" / "cache")
        measured("no-op plan, cold cache", ["plan"])
        path = folder / "manifests" / "indexer-000.yaml"
        path.write_text(path.read_text().replace("PT1H", "PT2H"))
        measured("one-field change (apply)", ["apply", "--yes"])
        found["floor"] = peers.floor(service.url, folder)
        row("floor: list calls and JSON parse", found["floor"])
        other = peers.terraform(Path(name) / "terraform", objects, kilobytes)
        row("terraform no-op plan", other)
        if other is not None:
            found["terraform"] = other
    return found


def start_up() -> None:
    """How long it takes until something happens."""
    print("\nStart-up (fastest of ten)")
    environ = {"RECONCILER_API_KEY": "bench"}
    bare = [sys.executable, "-c", "import pydantic, httpx, ruamel.yaml"]
    base = best(bare, ROOT, environ, 10)
    row("import pydantic, httpx, ruamel.yaml", base)
    for arguments in (["--version"], ["validate", "-e", "local"]):
        took = best([*TOOL, *arguments], ROOT, environ, 10)
        row(f"reconciler {' '.join(arguments)}", took)
        print(f"    {took.wall / base.wall:.2f} times the bare imports")


def ratios(results: dict[tuple[int, int], dict[str, Measured]]) -> None:
    """What the product promises, as ratios within this run."""
    print("\nRatios")
    warm = "no-op plan, warm cache"
    for (objects, kilobytes), found in results.items():
        peer = found.get("terraform")
        if objects == 1000 and peer is not None:
            time_, memory = found[warm].wall / peer.wall, found[warm].memory / peer.memory
            print(
                f"  {objects} x {kilobytes} KB, warm no-op beside terraform: "
                f"{time_:.2f} of its time (goal 0.25), {memory:.2f} of its memory (goal 0.50)"
            )
    for kilobytes in sorted({size for _, size in results}):
        _growth(results, kilobytes, (100, 1000), ("no-op plan, warm cache",), 11)
        _growth(results, kilobytes, (1000, 2000), GROWING, 2.2)


def _growth(
    results: Mapping[tuple[int, int], dict[str, Measured]],
    kilobytes: int,
    sizes: tuple[int, int],
    titles: tuple[str, ...],
    goal: float,
) -> None:
    """How many times more a larger stack takes than a smaller one."""
    small, large = (results.get((size, kilobytes)) for size in sizes)
    if small is None or large is None:
        return
    for title in titles:
        times = large[title].wall / small[title].wall
        print(f"  {kilobytes} KB, {sizes[1]} beside {sizes[0]}, {title}: {times:.1f} (goal {goal})")


def plans(objects: list[int], kilobytes: list[int]) -> None:
    """Every size, and the ratios between them."""
    ratios({(n, kb): workload(n, kb) for kb in kilobytes for n in objects})


def data_plane() -> None:
    """The embedded service's own work."""
    with tempfile.TemporaryDirectory() as name:
        pipeline.retrieval(TOOL, Path(name) / "retrieval")
        pipeline.throughput(TOOL, Path(name) / "throughput")


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objects", type=int, nargs="*", default=[10, 100, 1000, 2000])
    parser.add_argument("--kilobytes", type=int, nargs="*", default=[1, 10])
    parser.add_argument("--only", choices=["start-up", "linting", "plans", "pipeline"])
    chosen = parser.parse_args()
    run([*TOOL, "validate", "-e", "local"], ROOT, {"RECONCILER_API_KEY": "bench"})
    if chosen.only in (None, "start-up"):
        start_up()
    if chosen.only in (None, "linting"):
        linting.table(chosen.objects, chosen.kilobytes, ENVIRON)
    if chosen.only in (None, "plans"):
        plans(chosen.objects, chosen.kilobytes)
    if chosen.only in (None, "pipeline"):
        data_plane()


main()
