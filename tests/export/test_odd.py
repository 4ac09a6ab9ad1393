"""Odd content: what YAML, expressions or the schema could take for something else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.canned import showing
from tests.export.folder import at_rest, empty, exported, written
from tests.laws.bench import tried
from tests.ledger.sealing import replace_in
from tests.world import World

KEY = {"name": "id", "type": "Edm.String", "key": True}
ODD = (
    "yes",
    "No",
    "null",
    "~",
    "",
    " ",
    "1",
    "1e3",
    "0x1F",
    "0o17",
    "1_000",
    "12:30:45",
    ".inf",
    "2023-04-15",
    "2026-04-01T00:00:00Z",
    "${secret.storage}",
    "$${var.x}",
    "$$${",
    "${",
    "a: b",
    "a #b",
    "- a",
    "@a",
    "%a",
    "|",
    "{a}",
    "[a",
    '"',
    "'",
    "\\",
    "a\nb",
    "a\n\n  b\n",
    "\na",
    " a\nb",
    "a \nb",
    "a\n\n\n",
    "a\r\nb",
    "tab\there",
    "Überschrift – 検索 😀",
    "\x85\u2028\ufeff\x00\x1b[31m",
    "x" * 5000,
    "word " * 2000,
    "---",
    "...\n",
    "# no comment\nreally",
    "<<",
    "=",
)


def index(name: str, **more: Any) -> dict[str, Any]:
    return {"@odata.etag": '"0x1"', "name": name, "fields": [KEY], **more}


def test_every_odd_string_stays_what_it_is(world: World) -> None:
    empty(world)
    lists = {"indexes": [index(f"i{n}", description=text) for n, text in enumerate(ODD)]}
    with showing(lists) as url:
        exported(world, url)
    assert "description: |\n    a\n    b" in written(world).replace("|-", "|")


@tried(25)
@given(texts=st.lists(st.text(min_size=1), min_size=1, max_size=20))
def test_any_string_stays_what_it_is(world: World, texts: list[str]) -> None:
    empty(world)
    mappings = [{"sourceFieldName": text, "targetFieldName": "x" + text} for text in texts]
    indexer = {"name": "i", "dataSourceName": "d", "targetIndexName": "t"}
    with showing({"indexers": [{**indexer, "fieldMappings": mappings}]}) as url:
        exported(world, url)


@pytest.mark.parametrize("name", ["docs.v1", "1e3", "null", "2023-04-15", ".hidden", "a_b", "no"])
def test_names(world: World, name: str) -> None:
    empty(world)
    source = {"name": "s", "container": {"name": name}, "type": "azureblob"}
    lists = {"aliases": [{"name": "aa", "indexes": [name]}], "indexes": [index(name)]}
    with showing({**lists, "datasources": [source]}) as url:
        ran = world.cli("export", "--endpoint", url, "--api-key-env", "RECONCILER_API_KEY")
        assert ran.code == 0, ran.err
        at_rest(world)
        impossible = {"docs.v1", ".hidden"}
        assert ("Index/" + name in ran.err) == (name in impossible)


def test_what_is_left_out_is_external(world: World) -> None:
    empty(world)
    alias = {"name": "aa", "indexes": ["Not.A.Name"]}
    lists = {"aliases": [alias], "indexes": [index("Not.A.Name")]}
    with showing(lists) as url:
        exported(world, url)
    assert "external: [Index/Not.A.Name]" in (world.root / "reconciler.yaml").read_text()


def test_properties_of_newer_versions_stay_on_the_service(world: World) -> None:
    empty(world)
    field = {**KEY, "sparkles": "many"}
    one = index("docs", fields=[field], glitter={"a": 1}, tinsel=None, confetti=False)
    with showing({"indexes": [one]}) as url:
        exported(world, url)
        text = written(world)
        assert "# sparkles: ... # not known here; kept on the service" in text
        assert "# glitter: ..." in text
        assert "tinsel" not in text
        assert "many" not in text


def test_they_are_written_where_the_project_lets_them_pass(world: World) -> None:
    one = index("docs", fields=[{**KEY, "sparkles": "many"}], glitter={"a": [1, None]})
    one["sparkleKey"] = "a-secret-value"
    with showing({"indexes": [one]}) as url:
        project = world.root / "reconciler.yaml"
        text = project.read_text().replace(world.service.url, url)
        project.write_text(text + "  allowUnknownProperties: true\n")
        assert world.cli("export").code == 0
        at_rest(world)
    text = written(world)
    assert "sparkles: many" in text
    assert "glitter: {a: [1, null]}" in text
    assert "a-secret-value" not in text


def test_so_are_skills_that_are_not_known(world: World) -> None:
    odd = {"@odata.type": "#Microsoft.Skills.Custom.New", "name": "#1", "inputs": [], "a": None}
    skillset = {"name": "s", "skills": [odd]}
    with showing({"skillsets": [skillset]}) as url:
        project = world.root / "reconciler.yaml"
        project.write_text(project.read_text().replace(world.service.url, url))
        assert "with spec.allowUnknownProperties: true" in world.cli("export").err
        project.write_text(project.read_text() + "  allowUnknownProperties: true\n")
        ran = world.cli("export")
        assert (ran.code, ran.err) == (0, "")
        at_rest(world)
        assert len(world.plan()["changes"]) == 1


def test_a_property_of_a_preview_takes_the_object_to_it(world: World) -> None:
    empty(world)
    one = index("docs", permissionFilterOption="enabled")
    with showing({"indexes": [one, index("plain")]}) as url:
        exported(world, url)
    text = written(world)
    assert text.count("apiVersion: azure-ai-search/2025-05-01-preview\nkind: Index\n") == 1
    assert text.count("apiVersion: azure-ai-search\nkind: Index\n") == 1


def test_defaults_nulls_and_read_only_properties_are_left_out(world: World) -> None:
    empty(world)
    similarity = {"@odata.type": "#Microsoft.Azure.Search.BM25Similarity", "k1": None, "b": None}
    field = {**KEY, "retrievable": True, "sortable": True, "analyzer": None, "synonymMaps": []}
    more = {"similarity": similarity, "suggesters": [], "semantic": None, "fields": [field]}
    vectors: dict[str, Any] = {"algorithms": [], "profiles": [], "vectorizers": []}
    with showing({"indexes": [index("docs", **more, vectorSearch=vectors)]}) as url:
        exported(world, url)
    text = (world.root / "manifests/indexes/docs.yaml").read_text()
    assert text.endswith("spec:\n  fields: [{name: id, type: Edm.String, key: true}]\n")


def test_what_the_service_may_choose_is_written(world: World) -> None:
    empty(world)
    schedule = {"interval": "PT1H", "startTime": "2026-01-01T00:00:00Z"}
    indexer = {"name": "i", "dataSourceName": "d", "targetIndexName": "t", "schedule": schedule}
    indexer["parameters"] = {"batchSize": 10, "maxFailedItems": 0, "configuration": {}}
    with showing({"indexers": [indexer]}) as url:
        exported(world, url)
    text = written(world)
    assert '  schedule: {interval: PT1H, startTime: "2026-01-01T00:00:00Z"}\n' in text
    assert "  parameters: {batchSize: 10}\n" in text


SKILL = {
    "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill",
    "name": "#1",
    "inputs": [],
    "outputs": [{"name": "a", "targetName": "a"}],
}
SECRET = "a-key-in-clear/must+never=show"


def test_secrets_in_clear_are_never_written(world: World) -> None:
    empty(world)
    connection = f"DefaultEndpointsProtocol=https;AccountName=a;AccountKey={SECRET};"
    skills = [
        {**SKILL, "uri": f"https://f.example/api?code={SECRET}"},
        {
            **SKILL,
            "name": "two",
            "uri": "https://f.example/api?v=1",
            "httpHeaders": {"x-key": SECRET},
        },
    ]
    store = {"storageConnectionString": connection, "projections": []}
    account = {"@odata.type": "#Microsoft.Azure.Search.CognitiveServicesByKey", "key": SECRET}
    skillset = {"name": "s", "skills": skills, "knowledgeStore": store}
    with showing({"skillsets": [{**skillset, "cognitiveServices": account}]}) as url:
        ran = exported(world, url, "--adopt")
        assert not world.plan()["changes"]
        text = written(world)
        for name in ("s-1-uri-code", "s-two-x-key", "s-storage-connection-string", "s-key"):
            assert f"${{secret.{name}}}" in text
            assert f"{name}: {{keep: true}}" in text
        everywhere = [path for path in world.root.rglob("*") if path.is_file()]
        assert len(everywhere) > 2
        assert not [path for path in everywhere if SECRET in path.read_text()]
        assert SECRET not in ran.out + ran.err
    assert "uri: https://f.example/api?code=${secret.s-1-uri-code}" in text
    assert "uri: https://f.example/api?v=1" in text
    skills[0]["uri"] = "https://f.example/api?code=another-key"
    with showing({"skillsets": [{**skillset, "cognitiveServices": account}]}) as other:
        ledger = next(world.root.glob(".reconciler/*.ledger.json"))
        for file in (world.root / "reconciler.yaml", ledger):
            replace_in(file, url, other)
        ran = world.cli("drift")
        assert ran.code == 2
        assert "another-key" not in ran.out + ran.err
        assert "/skills/#1/uri" in ran.out


def test_a_connection_by_identity_is_no_secret(world: World) -> None:
    empty(world)
    resource = "ResourceId=/subscriptions/0/resourceGroups/g/providers/x/storageAccounts/docs;"
    store = {"storageConnectionString": resource, "projections": []}
    skillset = {"name": "s", "skills": [{**SKILL, "uri": "https://f.example"}]}
    with showing({"skillsets": [{**skillset, "knowledgeStore": store}]}) as url:
        exported(world, url)
    assert f"storageConnectionString: {resource}" in written(world)


def test_a_secret_in_an_unknown_part_is_not_written(world: World) -> None:
    empty(world)
    odd = {"@odata.type": "#Microsoft.Skills.Custom.New", "apiKey": SECRET, "inputs": []}
    skillset = {"name": "s", "skills": [odd]}
    with showing({"skillsets": [skillset], "indexes": [index("docs")]}) as url:
        ran = exported(world, url)
        assert "Skillset/s is left out" in ran.err
        project = world.root / "reconciler.yaml"
        project.write_text(project.read_text() + "  allowUnknownProperties: true\n")
        ran = world.cli("export")
        assert "Skillset/s is left out: a secret may stand in a part" in ran.err
    assert SECRET not in written(world) + ran.out + ran.err + json.dumps(world.environ)


def test_a_kept_secret_in_clear_goes_back_unseen(world: World) -> None:
    skill = {**SKILL, "name": "two", "uri": f"https://f.example/api?sig={SECRET}"}
    skill["httpHeaders"] = {"x-key": SECRET}
    skill["inputs"] = [{"name": "text", "source": "/document/content"}]
    world.service.put("Skillset/s", {"skills": [skill]})
    assert world.cli("export", "--adopt").code == 0
    file = world.root / "manifests/skillsets/s.yaml"
    file.write_text(file.read_text().replace("spec:\n", "spec:\n  description: New.\n"))
    assert world.cli("plan", "--out", "plan.json").code == 0
    assert SECRET not in (world.root / "plan.json").read_text()
    assert world.cli("apply", "--yes", "plan.json").code == 0
    stored = world.service.get("Skillset/s")
    assert stored is not None
    assert stored["description"] == "New."
    assert stored["skills"][0]["uri"] == skill["uri"]
    assert stored["skills"][0]["httpHeaders"] == {"x-key": SECRET}
    assert not world.plan()["changes"]
    ledger = next(world.root.glob(".reconciler/*.ledger.json")).read_text()
    assert SECRET not in ledger
    file.write_text(file.read_text().replace("New.", "Newer."))
    world.apply()
    assert not world.plan()["changes"]


def test_what_a_knowledge_source_made_is_left_to_it(world: World) -> None:
    empty(world)
    made = {"datasource": "k-datasource", "skillset": "k-skillset"}
    made |= {"index": "k-index", "indexer": "k-indexer"}
    blobs = {"connectionString": "<redacted>", "containerName": "c", "createdResources": made}
    source = {"name": "k", "kind": "azureBlob", "azureBlobParameters": blobs, "webParameters": None}
    base = {"name": "b", "knowledgeSources": [{"name": "k"}], "models": []}
    indexer = {"name": "k-indexer", "dataSourceName": "k-datasource", "targetIndexName": "k-index"}
    synonyms = {"name": "s", "format": "solr", "synonyms": "a, b\nc => d\n"}
    lists = {"indexes": [index("k-index"), index("docs")], "indexers": [indexer]}
    lists |= {"knowledgesources": [source], "knowledgebases": [base], "synonymmaps": [synonyms]}
    with showing({**lists, "aliases": [{"name": "aa", "indexes": ["k-index"]}]}) as url:
        ran = exported(world, url)
        ours = {"Alias/aa", "Index/docs", "KnowledgeBase/b", "KnowledgeSource/k", "SynonymMap/s"}
        assert {change["address"] for change in world.plan()["changes"]} == ours
    assert "Left to the knowledge source that made them: Index/k-index, Indexer/k-ind" in ran.err
    text = written(world)
    assert "external: [Index/k-index]" in text
    assert "createdResources" not in text
    assert "synonyms: |\n    a, b\n    c => d\n" in text


def test_headers_are_secrets_by_name_and_form_only(world: World) -> None:
    headers = {
        "defaultEntity": "person",
        "defaultLanguageCode": "en",
        "auth-type": "key",
        "x-functions-key": "abc",
        "Ocp-Apim-Subscription-Key": "abc",
        "Authorization": "Bearer abc",
        "Cookie": "a=b",
        "code": "abc",
        "x-trace": "0123456789abcdef0123456789abcdef",
    }
    skill = {**SKILL, "name": "w", "uri": "https://f.example", "httpHeaders": headers}
    world.write("kept.json", json.dumps({"name": "s", "skills": [skill]}))
    ran = world.cli("import", "kept.json", "--kind", "Skillset")
    assert ran.code == 0, ran.err
    text = written(world)
    for name, value in headers.items():
        secret = name not in ("defaultEntity", "defaultLanguageCode", "auth-type")
        place = f"Skillset/s /skills/w/httpHeaders/{name}"
        assert (place in ran.out) is secret, name
        assert (f"{name}: {value}" in text) is not secret, name


@pytest.mark.parametrize(
    ("uri", "kept"),
    [
        ("https://f.example/api?code=<redacted>", "code=${secret.s-w-uri-code}"),
        ("https://f.example/api?v=1&sig=a%2Fb&x=2", "?v=1&sig=${secret.s-w-uri-sig}&x=2"),
        ("https://me:word@f.example/api", "me:${secret.s-w-uri-password}@f.example/api"),
        ("https://f.example/api?language-code=en", "?language-code=en"),
    ],
)
def test_only_the_key_in_a_url_is_a_secret(world: World, uri: str, kept: str) -> None:
    empty(world)
    skillset = {"name": "s", "skills": [{**SKILL, "name": "w", "uri": uri}]}
    with showing({"skillsets": [skillset]}) as url:
        exported(world, url)
    assert kept in written(world)


def test_a_vectorizer_of_an_old_version_is_exported(world: World) -> None:
    empty(world)
    parameters = {"resourceUri": "https://a.openai.azure.com", "deploymentId": "embed"}
    one = {"name": "v", "kind": "azureOpenAI", "azureOpenAIParameters": parameters}
    with showing({"indexes": [index("docs", vectorSearch={"vectorizers": [one]})]}) as url:
        exported(world, url)
        assert world.cli("validate").code == 0
    assert "deploymentId: embed" in written(world)


def test_an_object_is_written_for_the_first_version_that_knows_it(world: World) -> None:
    empty(world)
    field = {"name": "g", "type": "Collection(Edm.String)", "permissionFilter": "groupIds"}
    one = index("docs", fields=[KEY, field], permissionFilterOption="enabled")
    with showing({"indexes": [one, index("plain")]}) as url:
        ran = exported(world, url)
    said = [line for line in ran.err.splitlines() if "is written for api-version" in line]
    assert len(said) == 1
    assert said[0].startswith("Index/docs is written for api-version 2025-05-01-preview")
    assert "/permissionFilterOption" in said[0]
    assert "/fields/g/permissionFilter" in said[0]


def test_what_is_deprecated_is_written_and_said(world: World) -> None:
    empty(world)
    ocr = {
        "@odata.type": "#Microsoft.Skills.Vision.OcrSkill",
        "context": "/document",
        "textExtractionAlgorithm": "printed",
        "inputs": [{"name": "image", "source": "/document/image"}],
        "outputs": [{"name": "text"}],
    }
    with showing({"skillsets": [{"name": "read", "skills": [ocr]}]}) as url:
        ran = exported(world, url)
        assert "warning: Skillset/read: /skills/0/textExtractionAlgorithm" in ran.err
        assert "left out" not in ran.err
        at_rest(world)
    assert "textExtractionAlgorithm: printed" in written(world)


def test_a_rule_that_objects_to_what_is_live_is_silenced_beside_it(world: World) -> None:
    empty(world)
    field = {"name": "text", "type": "Edm.String", "analyzer": "made-elsewhere"}
    one = index("docs", fields=[KEY, field])
    with showing({"indexes": [one, index("plain")]}) as url:
        ran = exported(world, url)
        assert "its manifest silences that" in ran.err
        at_rest(world)
        validated = world.cli("validate")
        assert (validated.code, validated.err) == (0, "")
    assert written(world).count("undefined-name: live as it is") == 1


def test_what_no_rule_can_be_silenced_for_is_left_out(world: World) -> None:
    empty(world)
    field = {"name": "text", "type": "Edm.String"}
    twice = index("docs", fields=[KEY, field, field])
    with showing({"indexes": [twice, index("plain")]}) as url:
        ran = exported(world, url)
        assert "warning: Index/docs is left out: " in ran.err
        at_rest(world)
    assert "name: plain" in written(world)
