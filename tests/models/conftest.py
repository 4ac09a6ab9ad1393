"""An emulator on a socket, the official clients of its models, and two photographs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from azure.ai.inference import EmbeddingsClient, ImageEmbeddingsClient
from azure.core.credentials import AzureKeyCredential

from tests.emulator.served import served

PICTURES = Path(__file__).with_name("pictures")
KEY = "the-model-key"
DEPLOYMENTS = {"mine": "text-embedding-3-small", "pictures": "embed-v-4-0"}


@pytest.fixture(scope="session")
def url() -> Iterator[str]:
    with served(admin_key=KEY, deployments=DEPLOYMENTS) as url:
        yield url


@pytest.fixture(scope="session")
def http(url: str) -> Iterator[httpx.Client]:
    """Carries the key; a model's first use takes a while."""
    with httpx.Client(base_url=url, headers={"api-key": KEY}, timeout=60) as client:
        yield client


@pytest.fixture
def faults(http: httpx.Client) -> Iterator[Any]:
    """Sets faults, and takes them back."""

    def put(*rules: dict[str, Any]) -> None:
        assert http.put("/emulator/faults", json=list(rules)).status_code == 204

    yield put
    http.delete("/emulator/faults")


@pytest.fixture(scope="session")
def azure(url: str) -> Iterator[openai.AzureOpenAI]:
    with openai.AzureOpenAI(
        azure_endpoint=url, api_key=KEY, api_version="2024-06-01", max_retries=0
    ) as client:
        yield client


@pytest.fixture(scope="session")
def texts(url: str) -> Iterator[EmbeddingsClient]:
    with EmbeddingsClient(url, AzureKeyCredential(KEY)) as client:
        yield client


@pytest.fixture(scope="session")
def images(url: str) -> Iterator[ImageEmbeddingsClient]:
    with ImageEmbeddingsClient(url, AzureKeyCredential(KEY)) as client:
        yield client


@pytest.fixture(scope="session")
def cat() -> bytes:
    return (PICTURES / "cat.jpg").read_bytes()


@pytest.fixture(scope="session")
def coffee() -> bytes:
    return (PICTURES / "coffee.jpg").read_bytes()
