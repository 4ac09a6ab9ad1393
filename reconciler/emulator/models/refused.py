"""Refusals of the model endpoints, in the shapes of the services that they stand for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Literal

from reconciler.emulator.exchange import Reply
from reconciler.emulator.refusals import Refusal

Shape = Literal["openai", "foundry", "cohere"]
PLAIN = {"content-type": "application/json"}  # without OData's parameters
SAFE = {"filtered": False, "severity": "safe"}
FILTERED = {"filtered": True, "severity": "medium"}


class Unprocessable(Refusal):
    """A parameter that the API knows and the model does not take."""

    def __init__(self, model: str, parameter: str, value: object) -> None:
        super().__init__("model-unprocessable", model=model, parameter=parameter)
        self.detail = {"loc": ["body", parameter], "value": str(value)}


def reply_to(refusal: Refusal, shape: Shape) -> Reply:
    """The gateway before every service says what has a code; the rest has the model's shape."""
    if refusal.rule.id == "model-key-serverless":
        body: dict[str, Any] = {"statusCode": refusal.status, "message": refusal.text}
    elif refusal.rule.id == "model-content":
        body = {"error": _filtered(refusal)}
    elif refusal.rule.code:
        body = {"error": _coded(refusal)}
    else:
        body = _shaped(refusal, shape)
    reply = Reply.json(refusal.status, body)
    reply.headers |= PLAIN
    return reply


def _coded(refusal: Refusal) -> dict[str, Any]:
    rule = refusal.rule
    inner = {"innererror": {"code": rule.detail, "message": refusal.text}} if rule.detail else {}
    return {"code": rule.code, "message": refusal.text, **inner}


def _filtered(refusal: Refusal) -> dict[str, Any]:
    results = dict.fromkeys(("hate", "self_harm", "sexual"), SAFE) | {"violence": FILTERED}
    return {
        "message": refusal.text,
        "type": None,
        "param": "prompt",
        "code": refusal.rule.code,
        "status": refusal.status,
        "innererror": {"code": "ResponsibleAIPolicyViolation", "content_filter_result": results},
    }


def _shaped(refusal: Refusal, shape: Shape) -> dict[str, Any]:
    message, status = refusal.text, refusal.status
    if shape == "cohere":
        return {"message": message}
    if shape == "openai":
        kind = "invalid_request_error"
        return {"error": {"message": message, "type": kind, "param": None, "code": None}}
    detail = {"detail": refusal.detail} if isinstance(refusal, Unprocessable) else {}
    return {"error": HTTPStatus(status).phrase, "message": message, "status": status, **detail}
