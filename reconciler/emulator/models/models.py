"""The models of one service, and the doors that they answer at."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable
from typing import NamedTuple

from reconciler.emulator.exchange import Reply, Request
from reconciler.emulator.faults import Faults
from reconciler.emulator.models import cohere, foundry, openai, vision
from reconciler.emulator.models.deployments import Deployments
from reconciler.emulator.models.refused import PLAIN, Shape, reply_to
from reconciler.emulator.refusals import Refusal
from reconciler.emulator.settings import Settings


class Door(NamedTuple):
    """A path, what answers there, the shape of its errors and what it says of a wrong key."""

    path: re.Pattern[str]
    answer: Callable[..., Reply]
    shape: Shape
    key: str = "model-key"
    method: str = "POST"


DOORS = (
    Door(
        re.compile(r"/openai/deployments/(?P<deployment>[^/]+)/embeddings"),
        openai.of_deployment,
        "openai",
    ),
    Door(re.compile(r"/openai/v1/embeddings"), openai.of_model, "openai"),
    Door(re.compile(r"/models/embeddings"), foundry.texts, "foundry"),
    Door(re.compile(r"/models/images/embeddings"), foundry.images, "foundry"),
    Door(re.compile(r"/models/info"), foundry.info, "foundry", method="GET"),
    Door(re.compile(r"/embeddings"), foundry.texts, "foundry", "model-key-serverless"),
    Door(re.compile(r"/images/embeddings"), foundry.images, "foundry", "model-key-serverless"),
    Door(re.compile(r"/info"), foundry.info, "foundry", "model-key-serverless", "GET"),
    Door(re.compile(r"/v[12]/embed"), cohere.embed, "cohere", "model-key-serverless"),
    Door(re.compile(r"/computervision/retrieval:vectorizeText"), vision.text, "openai"),
    Door(re.compile(r"/computervision/retrieval:vectorizeImage"), vision.image, "openai"),
)
OTHERS = ("/openai/", "/models/", "/computervision/", "/chat/completions")  # refused by name
KEYS = ("api-key", "ocp-apim-subscription-key")
TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")  # a JSON Web Token


class Models:
    """What answers for them. Raises ValueError for a model that is unknown or not installed."""

    def __init__(self, settings: Settings, faults: Faults | None = None) -> None:
        self.faults = faults or Faults()  # the port's: its own calls meet them too
        self.deployments = Deployments(settings)
        self._key = settings.admin_key

    def serves(self, path: str) -> bool:
        """Whether a path is a model endpoint's."""
        return _door(path) is not None or path.startswith(OTHERS)

    def answer(self, request: Request) -> Reply:
        """The reply to a request from outside, which needs a credential."""
        door = _door(request.path)
        if not self._admits(request):
            return reply_to(Refusal(door.key if door else "model-key"), "openai")
        return self.respond(request)

    def respond(self, request: Request) -> Reply:
        """The reply to a request that needs no credential: the emulator's own."""
        door = _door(request.path)
        if door is None:
            return reply_to(Refusal("not-emulated", path=request.path), "openai")
        try:
            if request.method != door.method:
                raise Refusal("method-not-allowed", method=request.method)
            found = door.path.fullmatch(request.path)
            reply = door.answer(self.deployments, request, **(found.groupdict() if found else {}))
        except Refusal as refusal:
            return reply_to(refusal, door.shape)
        reply.headers |= PLAIN
        return reply

    def _admits(self, request: Request) -> bool:
        """Rule model-key: clients send a key as one, or as a bearer token."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        token = bearer.strip() if scheme.lower() == "bearer" else ""
        given = [token, *(request.headers.get(name, "") for name in KEYS)]
        if self._key is None or TOKEN.fullmatch(token):
            return any(given)
        right = self._key.encode()
        return any(hmac.compare_digest(key.encode(), right) for key in given)


def _door(path: str) -> Door | None:
    return next((door for door in DOORS if door.path.fullmatch(path)), None)
