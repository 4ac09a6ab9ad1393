"""A published flow by the old client that official notebooks pin, over https."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.emulator.served import served_tls

CLIENTS = Path(__file__).parents[2] / ".clients"
FLOW = Path(__file__).parent / "integrated_vectorization.py"
FILES = {
    "bread.txt": "Bread is baked from flour, water, salt and yeast. The dough rests and rises.\n",
    "ships.txt": "Ships sail the sea by wind and by engines. A captain commands the crew.\n",
    "law.txt": "A contract binds two parties. A court decides what it means when they differ.\n",
}


def test_the_integrated_vectorization_notebook(tmp_path: Path) -> None:
    """Nothing is told but endpoints and keys; the packages of this project are not there."""
    if not (CLIENTS / "azure" / "search").is_dir():
        pytest.skip("no old client: `make test` installs it into .clients where PyPI is reached")
    container = tmp_path / "acme" / "int-vec"
    container.mkdir(parents=True)
    for name, text in FILES.items():
        (container / name).write_text(text * 60)
    account = "AccountName=acme;AccountKey=c2VjcmV0;EndpointSuffix=core.windows.net"
    with served_tls(admin_key="key", storage={"acme": str(container.parent)}) as (url, authority):
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(CLIENTS),
            "REQUESTS_CA_BUNDLE": authority,
            "AZURE_SEARCH_SERVICE_ENDPOINT": url,
            "AZURE_SEARCH_ADMIN_KEY": "key",
            "BLOB_CONNECTION_STRING": f"DefaultEndpointsProtocol=https;{account}",
            "AZURE_OPENAI_ENDPOINT": "https://contoso.openai.azure.com",
        }
        ran = subprocess.run(
            [sys.executable, "-S", FLOW], env=environment, capture_output=True, text=True
        )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert found.pop("count") > len(FILES)  # of chunks
    assert found == {
        "client": "11.6.0b12",
        "status": "success",
        "errors": [],
        "vector": ["bread.txt"],
        "hybrid": ["bread.txt"],
    }
