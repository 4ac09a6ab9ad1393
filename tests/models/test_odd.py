"""Whatever is sent to a model endpoint is answered or refused, never a failure of the emulator."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
TEXTS = ("input", "texts", "text", "images", "url", "input_type", "truncate", "model", "user")
NAMES = (*TEXTS, "dimensions", "output_dimension", "encoding_format", "embedding_types", "other")
GOOD = st.fixed_dictionaries(
    {},
    optional={
        "input": st.just("a text") | st.just(["a text"]) | st.just([{"image": "data:a;base64,"}]),
        "texts": st.just(["a text"]),
        "text": st.just("a text"),
        "model": st.sampled_from(["mine", "pictures", "Cohere-embed-v3-english", "none"]),
    },
)
BODIES = st.builds(
    lambda good, odd: {**good, **odd},
    GOOD,
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3),
)
PATHS = (
    "/openai/deployments/mine/embeddings",
    "/openai/v1/embeddings",
    "/embeddings",
    "/images/embeddings",
    "/v1/embed",
    "/computervision/retrieval:vectorizeText",
    "/computervision/retrieval:vectorizeImage",
)
PARAMS = {"api-version": "2024-02-01", "model-version": "2023-04-15"}
MANNERS = st.sampled_from(["error", "drop", "pass-through"])


@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=BODIES, manner=MANNERS)
def test_odd_bodies(http: httpx.Client, path: str, body: dict[str, Any], manner: str) -> None:
    reply = http.post(path, params=PARAMS, headers={"extra-parameters": manner}, json=body)
    assert reply.status_code < 500, reply.text
