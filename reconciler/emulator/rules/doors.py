"""What the emulator's own control doors refuse: they are for tests on this machine."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

INFERRED = Evidence.INFERRED

DOORS = (
    Rule(
        "door-host",
        "The control doors answer requests to a local host name, from local pages.",
        INFERRED,
        "the emulator's own: no web page may use them, also not by a name of its own (DNS "
        "rebinding)",
        403,
    ),
    Rule(
        "door-content-type",
        "The control doors take JSON: Content-Type must be application/json.",
        INFERRED,
        "the emulator's own: a web page must ask before it may send that",
        415,
    ),
)
