"""A real blob service on this machine: Azurite, from `.azurite` at the repository's root."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient

PROGRAM = "node_modules/azurite/dist/src/blob/main.js"
ACCOUNT = "devstoreaccount1"
# Azurite's published key: learn.microsoft.com storage-use-azurite.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class Azurite:
    """A running blob service; `blobs` is the SDK's own client of it."""

    def __init__(self, url: str) -> None:
        self.url = f"{url}/{ACCOUNT}"
        self.connection = f"BlobEndpoint={self.url};AccountName={ACCOUNT};AccountKey={KEY}"
        self.blobs = BlobServiceClient.from_connection_string(self.connection)


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """Tests that need it skip plainly where it is not installed."""
    program = Path(__file__).parents[2] / ".azurite" / PROGRAM
    node = shutil.which("node")
    if node is None or not program.is_file():
        pytest.skip("no Azurite: `make test` installs it into .azurite where npm is")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    flags = ["--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck"]
    command = [node, str(program), "--blobPort", str(port), *flags]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            running = Azurite(f"http://127.0.0.1:{port}")
            yield running
            running.blobs.close()
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "Azurite ended at once"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Azurite does not listen")
