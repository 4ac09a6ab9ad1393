"""`wrong-model`: an EmbeddingModel says something that its protocol does not have.

Passes: `protocol: azureOpenAI` with a `deployment`. Fails: without one; with `inputTypes`, which
only `foundry` has; with images, which Azure OpenAI does not embed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reconciler.lint.stack import Stack
from reconciler.model.endpoint import in_clear
from reconciler.model.problem import Problem, Where

_ONLY = {
    "deployment": ("azureOpenAI",),
    "model": ("azureOpenAI", "foundry"),
    "modelVersion": ("vision",),
    "inputTypes": ("foundry",),
    "encodingFormats": ("azureOpenAI", "foundry"),
    "batch": ("azureOpenAI", "foundry"),
    "imageBatch": ("foundry",),
}
"""Which protocols have a property (FACTS i)."""
_FORMATS = ("float", "base64")  # of Azure OpenAI: FACTS i


def check(stack: Stack) -> Iterator[Problem]:
    for resource in stack.local:
        if resource.id.kind == "EmbeddingModel":
            yield from _wrong(resource.body, resource.where.at("spec"))


def _wrong(body: dict[str, Any], where: Where) -> Iterator[Problem]:
    protocol, endpoint = body.get("protocol"), body.get("endpoint")
    if isinstance(endpoint, str) and endpoint and not endpoint.startswith(("https://", "http://")):
        fix = "write https://NAME.openai.azure.com, or where the model is"
        yield Problem("wrong-value", "the endpoint is not a URL", where.at("endpoint"), fix)
    elif isinstance(endpoint, str) and endpoint and in_clear(endpoint):
        text = "over plain http the key or token could be read on the way"
        yield Problem("wrong-value", text, where.at("endpoint"), "write https://")
    for name, protocols in _ONLY.items():
        if body.get(name) is not None and isinstance(protocol, str) and protocol not in protocols:
            text = f"the protocol {protocol} has no `{name}`"
            place = where.at(name, of_key=True)
            yield Problem("wrong-model", text, place, f"only {' and '.join(protocols)}: delete it")
    if protocol != "azureOpenAI":
        return
    if not body.get("deployment"):
        fix = "write the name of the deployment, not of the model"
        yield Problem("wrong-model", "azureOpenAI needs a `deployment`", where, fix)
    if body.get("modality") not in (None, "text"):
        text = "Azure OpenAI has no embeddings of images"
        yield Problem("wrong-model", text, where.at("modality"), "use foundry or vision")
    formats = body.get("encodingFormats")
    for position, format_ in enumerate(formats if isinstance(formats, list) else ()):
        if format_ not in _FORMATS:
            place = where.at("encodingFormats", position)
            text = "Azure OpenAI has only the formats float and base64"
            yield Problem("wrong-model", text, place, "delete it")
