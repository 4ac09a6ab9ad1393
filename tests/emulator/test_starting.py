"""How the emulator starts: over https, and not at all where it could not keep what it must."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx
import pytest
from azure.core.credentials import AzureKeyCredential
from azure.search.documents.indexes import SearchIndexClient, models

from reconciler.cli import run
from reconciler.emulator import Settings, create_app

from .served import served_tls


def test_an_official_client_over_https(monkeypatch: pytest.MonkeyPatch) -> None:
    with served_tls(admin_key="key") as (url, authority):
        assert url.startswith("https://127.0.0.1:")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", authority)
        with SearchIndexClient(url, AzureKeyCredential("key")) as client:
            key = models.SearchField(name="id", type=models.SearchFieldDataType.STRING, key=True)
            client.create_index(models.SearchIndex(name="docs", fields=[key]))
            assert client.get_index("docs").name == "docs"
    assert not Path(authority).exists()


def test_our_own_client_over_https(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("API_KEY", "key")
    with served_tls(admin_key="key") as (url, authority):
        (tmp_path / "reconciler.yaml").write_text(PROJECT.replace("URL", url))
        (tmp_path / "manifests").mkdir()
        (tmp_path / "manifests" / "map.yaml").write_text(MAP)
        assert run(["apply", "--yes"]) == 1
        assert "the TLS connection failed" in capsys.readouterr().err
        monkeypatch.setenv("SSL_CERT_FILE", authority)
        assert run(["apply", "--yes"]) == 0
        assert run(["plan", "--detailed-exitcode"]) == 0


def test_the_certificate_is_for_this_machine_and_strict() -> None:
    with served_tls() as (url, authority):
        context = ssl.create_default_context(cafile=authority)
        context.verify_flags |= ssl.VERIFY_X509_STRICT
        for host in ("127.0.0.1", "localhost"):
            reply = httpx.get(f"{url}/emulator".replace("127.0.0.1", host), verify=context)
            assert reply.status_code == 200
        headers = {"api-key": "any"}
        made = httpx.get(f"{url}/indexes?api-version=2026-04-01", verify=context, headers=headers)
        assert made.json()["@odata.context"].startswith("https://")
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            httpx.get(f"{url}/emulator")
        left = [file.name for file in Path(authority).parent.iterdir()]
        assert not [name for name in left if name.endswith(".key")]


@pytest.mark.parametrize("option", ["--state", "--access-log"])
@pytest.mark.parametrize("place", ["file/inside", "file/in/side"])
def test_a_place_that_cannot_be_written(
    option: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    given = tmp_path / place
    assert run(["emulator", "--port", "0", option, str(given)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert str(given) in told.err
    assert "Not a directory" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize("content", ["", "{", "[]", '{"name": "docs"}', '{"nmae": 1}'])
def test_a_state_that_is_none(content: str, tmp_path: Path) -> None:
    file = tmp_path / "indexes" / "docs.json"
    file.parent.mkdir()
    file.write_text(content)
    with pytest.raises(ValueError, match=r"docs\.json is not an object of an emulator's state"):
        create_app(Settings(state_dir=tmp_path))


PROJECT = """\
apiVersion: reconciler/v1
kind: Project
metadata: {name: over-tls}
spec:
  environments:
    test:
      service:
        endpoint: URL
        credential: {apiKey: "${env.API_KEY}"}
"""
MAP = """\
apiVersion: azure-ai-search
kind: SynonymMap
metadata: {name: words}
spec: {format: solr, synonyms: "a, b"}
"""
