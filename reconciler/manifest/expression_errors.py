"""Why an expression cannot be evaluated."""

from __future__ import annotations

from reconciler.manifest.limits import MAX_DEPTH, MAX_EXPANDED

MAX_CHAIN = 50
"""Of expressions that lead to expressions."""


class ExpressionError(Exception):
    """One expression that cannot be evaluated; without a message where that is said elsewhere."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        self.code, self.message, self.fix = code, message, fix
        super().__init__(message)


class OnceError(ExpressionError):
    """A mistake of several expressions together, to be said once: at the first of their places."""


TOO_LARGE = OnceError(
    "too-large",
    f"what expressions stand for is larger than {MAX_EXPANDED:,} characters",
    "use fewer of them: variables that are made of variables multiply",
)
TOO_FAR = OnceError(
    "expressions-too-deep",
    f"an expression leads to others more than {MAX_CHAIN} times",
    "write the value out, or a variable",
)
TOO_DEEP = OnceError(
    "nested-too-deep",
    f"nested deeper than {MAX_DEPTH} levels with what its expressions stand for",
    "flatten it",
)


def in_a_circle(names: list[str]) -> OnceError:
    """The error of expressions that lead to themselves, each with the next one."""
    if all(name.startswith("var.") for name in names):
        path = " -> ".join(name.removeprefix("var.") for name in names)
        return OnceError("variable-cycle", f"a variable is made of itself: {path}")
    path = " -> ".join(name.replace(".", "/", 1) for name in names)
    return OnceError("expression-cycle", f"expressions go in a circle: {path}")


def bad_expression(expression: str) -> ExpressionError:
    """The error of what is written as an expression and is none."""
    fix = "write var.x, env.X, secret.x, file:path or Kind.name/pointer; $${ is a literal"
    return ExpressionError("bad-expression", f"`${{{expression}}}` is not an expression", fix)
