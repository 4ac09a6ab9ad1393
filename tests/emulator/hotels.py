"""The recorded hotels index and its ten documents, from the recordings of 2020."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .conftest import Client
from .recorded import entries_of

VERSION = "2020-06-30"
# The emulator has no fr.lucene, only its parts; the words are those of Snowball's French list that
# the hotels have.
STOPWORDS = (
    "avaient cet de des du en est et il ils la le les nous ont que qui se sur un une vous y à"
)
FRENCH: dict[str, Any] = {
    "analyzers": [
        {
            "@odata.type": "#Microsoft.Azure.Search.CustomAnalyzer",
            "name": "french",
            "tokenizer": "standard_v2",
            "tokenFilters": ["elision", "lowercase", "french_stop", "asciifolding", "french_stem"],
        }
    ],
    "tokenFilters": [
        {
            "@odata.type": "#Microsoft.Azure.Search.StopwordsTokenFilter",
            "name": "french_stop",
            "ignoreCase": False,
            "stopwords": STOPWORDS.split(),
        },
        {
            "@odata.type": "#Microsoft.Azure.Search.PatternReplaceTokenFilter",
            "name": "french_stem",
            "pattern": "s$",
            "replacement": "",
        },
    ],
}


def hotels(client: Client, shared: Path) -> str:
    """Makes the index and fills it; returns its name."""
    folder = shared / "recordings-2020"
    (made,) = entries_of(folder / "test_search_index_client_live.test_get_index.json")
    index = {key: item for key, item in made["response_body"].items() if not key.startswith("@")}
    index |= FRENCH | {
        "fields": json.loads(json.dumps(index["fields"]).replace("fr.lucene", "french"))
    }
    client.made(f"/indexes('{index['name']}')", index, version=VERSION)
    lookups = entries_of(folder / "test_search_client_basic_live.test_get_document.json")
    batch = {"value": [entry["response_body"] for entry in lookups]}
    path = f"/indexes('{index['name']}')/docs/search.index"
    reply = client.post(path, batch, version=VERSION)
    assert reply.status_code == 200, reply.text
    return str(index["name"])
