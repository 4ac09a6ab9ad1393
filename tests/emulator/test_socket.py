"""The emulator on a real socket: `serve`, cut connections, the official client."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from azure.core import MatchConditions
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import HttpResponseError, ResourceModifiedError, ResourceNotFoundError
from azure.search.documents.indexes import SearchIndexClient, SearchIndexerClient, models

from .served import served


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(admin_key="key") as url:
        yield url


def put_faults(url: str, *rules: dict[str, Any]) -> None:
    headers = {"api-key": "key"}
    reply = httpx.put(f"{url}/emulator/faults", json=list(rules), headers=headers)
    assert reply.status_code == 204


def test_lost_replies_and_resets_cut_the_connection(url: str) -> None:
    put_faults(url, {"fault": "lost-reply", "times": 1}, {"fault": "reset", "after": 1, "times": 1})
    alias = {"name": "words", "format": "solr", "synonyms": "a, b"}
    params, headers = {"api-version": "2026-04-01"}, {"api-key": "key"}
    with httpx.Client(base_url=url, params=params, headers=headers) as http:
        with pytest.raises(httpx.TransportError):
            http.put("/synonymmaps/words", json=alias)
        with pytest.raises(httpx.TransportError):
            http.delete("/synonymmaps/words")
        assert http.get("/synonymmaps/words").status_code == 200
        assert http.delete("/synonymmaps/words").status_code == 204


def test_index_with_the_official_client(url: str) -> None:
    with SearchIndexClient(url, AzureKeyCredential("key")) as client:
        key = models.SearchField(name="id", type=models.SearchFieldDataType.STRING, key=True)
        index = client.create_index(models.SearchIndex(name="docs", fields=[key]))
        assert [found.name for found in client.list_indexes()] == ["docs"]
        stale = client.get_index("docs")
        index.description = "changed"
        newer = client.create_or_update_index(index)
        assert newer.e_tag != stale.e_tag
        with pytest.raises(ResourceModifiedError):
            client.create_or_update_index(stale, match_condition=MatchConditions.IfNotModified)
        with pytest.raises(HttpResponseError) as refused:
            client.create_index(models.SearchIndex(name="docs", fields=[key]))
        assert refused.value.status_code == 400
        client.delete_index(newer, match_condition=MatchConditions.IfNotModified)
        with pytest.raises(ResourceNotFoundError):
            client.get_index("docs")


def test_pipeline_with_the_official_client(url: str) -> None:
    credential = AzureKeyCredential("key")
    key = models.SearchField(name="id", type=models.SearchFieldDataType.STRING, key=True)
    skill = models.SplitSkill(
        inputs=[models.InputFieldMappingEntry(name="text", source="/document/content")],
        outputs=[models.OutputFieldMappingEntry(name="textItems", target_name="pages")],
    )
    with SearchIndexClient(url, credential) as indexes, SearchIndexerClient(url, credential) as c:
        indexes.create_index(models.SearchIndex(name="target", fields=[key]))
        source = c.create_or_update_data_source_connection(
            models.SearchIndexerDataSourceConnection(
                name="source",
                type="azureblob",
                connection_string="secret",
                container=models.SearchIndexerDataContainer(name="files"),
            )
        )
        assert c.get_data_source_connection("source").connection_string is None
        skillset = c.create_or_update_skillset(
            models.SearchIndexerSkillset(name="skills", skills=[skill])
        )
        made = c.create_indexer(
            models.SearchIndexer(
                name="indexer",
                data_source_name="source",
                target_index_name="target",
                skillset_name="skills",
            )
        )
        with pytest.raises(ResourceModifiedError):  # it ran, so its etag moved
            c.create_or_update_indexer(made, match_condition=MatchConditions.IfNotModified)
        c.run_indexer("indexer")
        c.reset_indexer("indexer")
        status = c.get_indexer_status("indexer")
        assert status.execution_history[0].status == "reset"
        assert [found.name for found in c.get_indexers()] == ["indexer"]
        c.delete_indexer("indexer")
        c.delete_skillset(skillset, match_condition=MatchConditions.IfNotModified)
        c.delete_data_source_connection(source, match_condition=MatchConditions.IfNotModified)
        assert not c.get_skillsets()
