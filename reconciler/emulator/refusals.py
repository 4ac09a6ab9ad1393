"""The one exception of the emulator: a request refused by a rule, in the service's error shape."""

from __future__ import annotations

from typing import Any

from reconciler.emulator.rules import RULES


class Refusal(Exception):
    """Raised with a rule's id and the values for its text; never with a secret."""

    def __init__(self, rule_id: str, **values: object) -> None:
        super().__init__(rule_id)
        self.rule = RULES[rule_id]
        self.text = self.rule.text.format(**values)

    @property
    def status(self) -> int:
        return self.rule.status

    @property
    def body(self) -> dict[str, Any]:
        """FACTS b, two shapes: index errors have code and details, the others have neither."""
        rule, text = self.rule, self.text
        message = text
        if rule.parameter:
            message = f"The request is invalid. Details: {rule.parameter} : {text}"
            text = f"{text} Parameters: {rule.parameter}"
        error: dict[str, Any] = {"code": rule.code, "message": message}
        if rule.detail:
            text = text.partition("\r\nParameter name:")[0]
            error["details"] = [{"code": rule.detail, "message": text}]
        return {"error": error}
