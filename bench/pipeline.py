"""What the embedded service's data plane does: hits of text, vector and hybrid; documents a second.

Everything goes through the front door: `apply --wait` on a copy of the repository's project, then
queries over HTTP.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from ruamel.yaml import YAML

from bench.measure import run

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "handbook"
INDEX = "/indexes('docs-v1')"
HIT_WITHIN = 3
DOCUMENTS = 1_000
CHUNKS_EACH = 10
CHUNK_CHARACTERS = 1_000
QUERIES = 50
DIMENSIONS = 1_024
KEY = "bench"

Body = dict[str, Any]


class Service:
    """A running emulator with a project applied to it."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self._process = process
        self.url = url
        self.http = httpx.Client(base_url=url, headers={"api-key": KEY}, timeout=60)

    def search(self, body: Body) -> list[Body]:
        """The documents that a query finds, best first."""
        path = f"{INDEX}/docs/search.post.search"
        reply = self.http.post(path, params={"api-version": "2026-04-01"}, json=body)
        found: list[Body] = reply.raise_for_status().json()["value"]
        return found

    def run_seconds(self) -> float:
        """How long the indexer's last run took, as its status has it."""
        path = "/indexers('docs')/search.status"
        reply = self.http.get(path, params={"api-version": "2026-04-01"})
        last = reply.raise_for_status().json()["lastResult"]
        started_indexers, ended = (
            datetime.fromisoformat(last[name]) for name in ("startTime", "endTime")
        )
        return (ended - started_indexers).total_seconds()

    def cpu(self) -> float:
        """The seconds of CPU that the process has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """The most memory that the process ever held, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024


@contextmanager
def service(tool: list[str], storage: Path) -> Iterator[Service]:
    """An emulator whose storage account is a folder."""
    command = [*tool, "emulator", "--port", "0", "--tier", "unlimited"]
    command += ["--storage", f"docsstorage={storage}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Service(process, process.stdout.readline().strip())
        finally:
            process.terminate()


def project(folder: Path, url: str, **changes: str) -> Path:
    """A copy of the repository's project that is for this emulator; texts in it may change."""
    shutil.copytree(ROOT / "manifests", folder / "manifests")
    text = (ROOT / "reconciler.yaml").read_text().replace("http://127.0.0.1:8471", url)
    (folder / "reconciler.yaml").write_text(text.replace("dimensions: 256", "dimensions: 1024"))
    skillset = folder / "manifests" / "skillset.yaml"
    body = skillset.read_text()
    for name, value in changes.items():
        lines = [line for line in body.splitlines() if f" {name}: " in line]
        body = body.replace(lines[0], f"{lines[0].split(':')[0]}: {value}")
    skillset.write_text(body)
    return folder


def applied(tool: list[str], folder: Path) -> float:
    """Apply and wait for the indexer; the seconds that the whole command took."""
    command = [*tool, "apply", "-e", "local", "--yes", "--wait"]
    return run(command, folder, {"RECONCILER_API_KEY": KEY}).wall


WAYS: dict[str, Callable[[str], Body]] = {
    "text": lambda text: {"search": text},
    "vector": lambda text: {"vectorQueries": [by_text(text)]},
    "hybrid": lambda text: {"search": text, "vectorQueries": [by_text(text)]},
}


def by_text(text: str) -> Body:
    return {"kind": "text", "text": text, "fields": "vector", "k": 50}


def retrieval(tool: list[str], folder: Path) -> None:
    """How often one of the first three chunks holds the answer, of the handbook's questions."""
    questions = YAML(typ="safe").load((HANDBOOK / "questions.yaml").read_text())
    with service(tool, HANDBOOK / "storage") as running:
        applied(tool, project(folder, running.url))
        print(f"\nRetrieval: {len(questions)} questions to the handbook, hits within {HIT_WITHIN}")
        for way, query in WAYS.items():
            hits = [
                held(item["passage"], running.search(query(item["question"]) | {"top": HIT_WITHIN}))
                for item in questions
            ]
            print(f"  {way:<8}{sum(hits):4} of {len(hits)}  {sum(hits) / len(hits):.2f}")


def held(passage: str, found: list[Body]) -> bool:
    """Whether a chunk holds the passage, white space apart."""
    return any(" ".join(passage.split()) in " ".join(item["chunk"].split()) for item in found)


def throughput(tool: list[str], folder: Path) -> None:
    """Indexing and queries at 10,000 chunks, beside the model alone and a bare matrix product."""
    written(folder / "storage" / "handbook")
    with service(tool, folder / "storage") as running:
        changes = {"maximumPageLength": str(CHUNK_CHARACTERS), "pageOverlapLength": "0"}
        idle = running.cpu()
        command = applied(tool, project(folder / "project", running.url, **changes))
        seconds, busy = running.run_seconds(), running.cpu() - idle
        started = time.perf_counter()
        running.search({"search": "the first query"})
        first = time.perf_counter() - started
        chunks = running.search({"count": True, "top": 1_000, "select": "chunk"})
        idle = running.cpu()
        alone = model_alone(running, [item["chunk"] for item in chunks])
        model = (running.cpu() - idle) / len(chunks)
        total = count(running)
        print(f"\nIndexing {DOCUMENTS:,} text documents, {total:,} chunks, {DIMENSIONS} dimensions")
        rate = total / seconds
        print(
            f"  the indexer's run         {seconds:7.2f} s  {DOCUMENTS / seconds:8.0f} documents/s"
        )
        print(f"  the same in chunks                  {rate:8.0f} chunks/s")
        print(f"  the model alone                     {alone:8.0f} chunks/s")
        print(f"  the run beside the model            {rate / alone:8.2f}")
        print(f"  the same in CPU                     {model * total / busy:8.2f}")
        print(f"  apply --wait              {command:7.2f} s")
        print(f"{QUERIES} queries over {total:,} chunks (median)")
        print(f"  the first text query    {first * 1000:9.2f} ms")
        texts = [item["chunk"][:60] for item in chunks[:QUERIES]]
        for way, query in WAYS.items():
            print(
                f"  {way:<24}{milliseconds(lambda t, q=query: running.search(q(t)), texts):9.2f} ms"
            )
        print(f"  exact numpy search      {numpy_alone(total):9.2f} ms")
        print(f"  peak memory of the service: {running.peak():.0f} MB (goal 1,000)")


def written(folder: Path) -> None:
    """Text documents out of the handbook's sentences, shuffled; always the same."""
    folder.mkdir(parents=True)
    sources = sorted((HANDBOOK / "storage").rglob("*.md"))
    sentences = [s.strip() for path in sources for s in path.read_text().split(".") if s.strip()]
    chance = random.Random(4)
    for number in range(DOCUMENTS):
        text = ""
        while len(text) < CHUNKS_EACH * CHUNK_CHARACTERS * 0.95:
            text += f"{chance.choice(sentences)}. "
        (folder / f"document-{number:04}.txt").write_text(text)


def count(running: Service) -> int:
    reply = running.http.get(f"{INDEX}/docs/$count", params={"api-version": "2026-04-01"})
    return int(reply.raise_for_status().content.decode("utf-8-sig"))


def model_alone(running: Service, chunks: list[str]) -> float:
    """Chunks a second at the model's own door, a hundred a call."""
    path = "/openai/deployments/text-embedding-3-large/embeddings"
    started = time.perf_counter()
    for start in range(0, len(chunks), 100):
        body = {"input": chunks[start : start + 100], "dimensions": DIMENSIONS}
        body["encoding_format"] = "base64"
        running.http.post(path, params={"api-version": "2024-06-01"}, json=body).raise_for_status()
    return len(chunks) / (time.perf_counter() - started)


def milliseconds(ask: Callable[[str], object], texts: list[str]) -> float:
    """The median of asking once with each text; the first one is not counted."""
    ask(texts[0])
    taken = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken) * 1000


def numpy_alone(rows: int) -> float:
    """One product of a (rows, DIMENSIONS) float32 matrix and a vector, and the best fifty."""
    chance = np.random.default_rng(4)
    matrix = chance.standard_normal((rows, DIMENSIONS), dtype=np.float32)
    queries = chance.standard_normal((QUERIES, DIMENSIONS), dtype=np.float32)
    return milliseconds(
        lambda n: np.argpartition(matrix @ queries[int(n)], -50)[-50:],
        [str(n) for n in range(QUERIES)],
    )
