"""Valid indexes, and what an index can become without a rebuild."""

from __future__ import annotations

import copy

from hypothesis import strategies as st

from tests.laws.parts import Body, Names, optional, perhaps, secret, some

_TEXT = ("searchable", "filterable", "sortable", "facetable", "stored")
_ANALYZERS = ("standard.lucene", "en.microsoft", "keyword")


def index(draw: st.DrawFn, names: Names, before: Body | None) -> Body:
    """A new index, or (with `before`) the same one after an edit that is possible in place."""
    body: Body = {"fields": _fields(draw) if before is None else _grown(draw, before["fields"])}
    for field in body["fields"]:
        if field["name"] == "title":
            optional(draw, field, "synonymMaps", *([name] for name in names["SynonymMap"]))
    vectors = any("dimensions" in field for field in body["fields"])
    kept = ("suggesters", "encryptionKey", "analyzers", "normalizers")
    body |= {name: copy.deepcopy(before[name]) for name in kept if before and name in before}
    if before is None:
        _fixed(draw, body)
    _analysis(draw, body)
    optional(draw, body, "description", "An index.", "Ein Index.")
    cors = {"allowedOrigins": some(draw, ["https://a.example", "https://b.example"], 1)}
    optional(draw, cors, "maxAgeInSeconds", 60, 300)
    optional(draw, body, "corsOptions", cors)
    optional(draw, body, "similarity", _bm25(draw))
    _scoring(draw, body)
    _semantic(draw, body)
    search = _vector_search(draw, (before or {}).get("vectorSearch"), vectors)
    if search is not None:
        body["vectorSearch"] = search
    if "encryptionKey" in body:
        body["encryptionKey"]["keyVaultKeyVersion"] = draw(st.sampled_from(("1", "2")))
    return body


def _fields(draw: st.DrawFn) -> list[Body]:
    key: Body = {"name": "id", "type": "Edm.String", "key": True}
    optional(draw, key, "analyzer", "keyword")
    content: Body = {"name": "content", "type": "Edm.String"}
    if draw(st.booleans()):
        content |= {"indexAnalyzer": "stop", "searchAnalyzer": "simple"}
    room = _text(draw, "kind")
    optional(draw, room, "sortable", False)
    vector: Body = {"name": "vector", "type": "Collection(Edm.Single)", "searchable": True}
    vector |= {"dimensions": draw(st.sampled_from((2, 256))), "vectorSearchProfile": "main"}
    if draw(st.booleans()):
        vector |= {"retrievable": False, "stored": False}
    others = [
        _text(draw, "tags", "Collection(Edm.String)"),
        {"name": "rating", "type": "Edm.Double"},
        {"name": "place", "type": "Edm.GeographyPoint"},
        {"name": "address", "type": "Edm.ComplexType", "fields": [_text(draw, "city")]},
        {"name": "rooms", "type": "Collection(Edm.ComplexType)", "fields": [room]},
        vector,
    ]
    return [key, _text(draw, "title"), content, _text(draw, "parent"), *some(draw, others)]


def _text(draw: st.DrawFn, name: str, kind: str = "Edm.String") -> Body:
    field: Body = {"name": name, "type": kind}
    optional(draw, field, "retrievable", True, False)
    if name == "tags":
        optional(draw, field, "facetable", True, False)
    if name == "title":
        optional(draw, field, "analyzer", *_ANALYZERS)
        optional(draw, field, "sortable", True, False)
    return field


def _grown(draw: st.DrawFn, before: list[Body]) -> list[Body]:
    """The same fields in any order, spelled otherwise, and perhaps new ones."""
    fields = copy.deepcopy(before)
    for field in fields:
        if field["name"] in ("title", "parent"):
            optional(draw, field, "retrievable", True, False)
            for attribute in _TEXT if draw(st.booleans()) else ():
                field.setdefault(attribute, True)
        if "indexAnalyzer" in field:
            field["searchAnalyzer"] = draw(st.sampled_from(("simple", "whitespace")))
        if field["name"] == "address" and len(field["fields"]) == 1:
            field["fields"] += some(draw, [_text(draw, "street")])
    new = f"new_{len(fields)}"
    fields += some(draw, [{"name": new, "type": "Edm.Int32"}, _text(draw, f"{new}_text")])
    return draw(st.permutations(fields))


def _fixed(draw: st.DrawFn, body: Body) -> None:
    """What stays as it is, or only grows."""
    suggester = {"name": "sg", "searchMode": "analyzingInfixMatching", "sourceFields": ["parent"]}
    perhaps(draw, body, "suggesters", [suggester])
    key = {
        "keyVaultKeyName": "key",
        "keyVaultUri": "https://vault.vault.azure.net",
        "accessCredentials": {"applicationId": "app", "applicationSecret": secret(draw)},
    }
    perhaps(draw, body, "encryptionKey", key)


def _analysis(draw: st.DrawFn, body: Body) -> None:
    """Components can be added (at the price of a short downtime), never changed or removed."""
    for name, kind in (("analyzers", "CustomAnalyzer"), ("normalizers", "CustomNormalizer")):
        if draw(st.booleans()):
            known = body.setdefault(name, [])
            part: Body = {"@odata.type": f"#Microsoft.Azure.Search.{kind}"}
            part |= {"name": f"{name}-{len(known)}", "tokenFilters": ["lowercase"]}
            known.append(part | ({"tokenizer": "whitespace"} if name == "analyzers" else {}))


def _bm25(draw: st.DrawFn) -> Body:
    similarity: Body = {"@odata.type": "#Microsoft.Azure.Search.BM25Similarity"}
    optional(draw, similarity, "b", 0.5, 1)
    return similarity


def _scoring(draw: st.DrawFn, body: Body) -> None:
    boosted: Body = {"name": "boosted", "text": {"weights": {"title": draw(st.integers(2, 3))}}}
    optional(draw, boosted, "functionAggregation", "maximum")
    profiles = [boosted, {"name": "plain"}]
    if any(field["name"] == "rating" for field in body["fields"]):
        magnitude: Body = {"boostingRangeStart": 1, "boostingRangeEnd": 5.5}
        optional(draw, magnitude, "constantBoostBeyondRange", True)
        function = {"type": "magnitude", "fieldName": "rating", "boost": 2, "magnitude": magnitude}
        optional(draw, function, "interpolation", "constant")
        boosted["functions"] = [function]
    body["scoringProfiles"] = some(draw, profiles)
    optional(draw, body, "defaultScoringProfile", *(p["name"] for p in body["scoringProfiles"]))


def _semantic(draw: st.DrawFn, body: Body) -> None:
    """Over fields that a read shows: the service takes no others."""
    shown = {field["name"] for field in body["fields"] if field.get("retrievable") is not False}
    content = [{"fieldName": name} for name in some(draw, sorted(shown & {"content", "parent"}), 1)]
    first: Body = {"name": "first", "prioritizedFields": {"prioritizedContentFields": content}}
    configurations = [first]
    if "title" in shown:
        optional(draw, first["prioritizedFields"], "titleField", {"fieldName": "title"})
        title = {"titleField": {"fieldName": "title"}}
        configurations.append({"name": "second", "prioritizedFields": title})
    optional(draw, first, "rankingOrder", "RerankerScore")
    semantic: Body = {"configurations": some(draw, configurations, 1)}
    optional(draw, semantic, "defaultConfiguration", semantic["configurations"][0]["name"])
    optional(draw, body, "semantic", semantic)


def _vector_search(draw: st.DrawFn, before: Body | None, in_use: bool) -> Body | None:
    """What vectors were indexed with stays; vectorizers and spare parts come and go."""
    if not in_use:
        return None
    if before is None:
        main = draw(st.sampled_from((_hnsw(draw), {"name": "main", "kind": "exhaustiveKnn"})))
        profile: Body = {"name": "main", "algorithm": "main"}
        compression = {"name": "small", "kind": "binaryQuantization"}
        perhaps(draw, profile, "compression", "small")
    else:
        main = next(a for a in before["algorithms"] if a["name"] == "main")
        profile = next(copy.deepcopy(p) for p in before["profiles"] if p["name"] == "main")
        compression = {"name": "small", "kind": "binaryQuantization"}
    profile.pop("vectorizer", None)
    vectorizers = some(draw, _vectorizers(draw))
    optional(draw, profile, "vectorizer", *(v["name"] for v in vectorizers))
    spare = {"name": "spare", "kind": "hnsw", "hnswParameters": {"m": draw(st.integers(4, 6))}}
    search: Body = {
        "algorithms": [main, *some(draw, [spare])],
        "profiles": [profile],
        "vectorizers": vectorizers,
    }
    return search | ({"compressions": [compression]} if "compression" in profile else {})


def _hnsw(draw: st.DrawFn) -> Body:
    algorithm: Body = {"name": "main", "kind": "hnsw"}
    parameters: Body = {}
    for name, value in (("m", 8), ("efConstruction", 100), ("metric", "dotProduct")):
        optional(draw, parameters, name, value)
    optional(draw, algorithm, "hnswParameters", parameters)
    return algorithm


def _vectorizers(draw: st.DrawFn) -> list[Body]:
    model = {"resourceUri": "https://a.openai.azure.com", "deploymentId": "embed"}
    model["modelName"] = f"text-embedding-3-{draw(st.sampled_from(('large', 'small')))}"
    perhaps(draw, model, "apiKey", secret(draw))
    web: Body = {"uri": "https://f.example/embed"}
    perhaps(draw, web, "httpHeaders", {"x-functions-key": secret(draw)})
    optional(draw, web, "timeout", "PT1M")
    optional(draw, web, "httpMethod", "POST")
    return [
        {"name": "openai", "kind": "azureOpenAI", "azureOpenAIParameters": model},
        {"name": "web", "kind": "customWebApi", "customWebApiParameters": web},
    ]
