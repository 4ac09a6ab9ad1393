"""What the skills of a skillset call that somebody has to implement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reconciler.lint.enrichment.nodes import Missing
from reconciler.lint.skills import DESCRIBED, OUTSIDE, DeclaredSkill, called, method
from reconciler.model.json import JsonObject
from reconciler.model.sensitive import Sensitive
from reconciler.model.unknown import Unknown
from reconciler.providers.search.kinds.skillset.types import ANY, Type
from reconciler.report.tables import columns
from reconciler.report.values import Enriched


class Expected(NamedTuple):
    """One API: how it is called, what it gets and what it is to answer; types by name."""

    skill: DeclaredSkill
    method: str
    uri: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    contract: str | None


def text(enriched: Enriched) -> Iterator[str]:
    """A table under a heading, if anything is called."""
    rows: list[tuple[str, ...]] = []
    for one in _expected(enriched):
        without = "no contract" if one.skill.type in DESCRIBED else ""
        rows.append((one.skill.name, one.method, one.uri, one.contract or without))
        rows += [("  input", *pair, "") for pair in one.inputs.items()]
        rows += [("  output", *pair, "") for pair in one.outputs.items()]
    if rows:
        yield "\n".join(["Endpoints that somebody implements:", *columns(rows)])


def json(enriched: Enriched) -> list[JsonObject]:
    """The same for programs."""
    return [
        {
            "skill": one.skill.called,
            "type": one.skill.type,
            "method": one.method,
            "uri": one.uri,
            "inputs": one.inputs,
            "outputs": one.outputs,
            "contract": one.contract,
        }
        for one in _expected(enriched)
    ]


def _expected(enriched: Enriched) -> Iterator[Expected]:
    for skill in enriched.pipelines[0].skills:
        if skill.type in OUTSIDE:
            contract = str(skill.endpoint.file) if skill.endpoint is not None else None
            inputs = {name: _sent(enriched, skill, name) for name, _ in called(skill, "inputs")}
            outputs = {name: _wanted(enriched, skill, name) for name in skill.outputs}
            yield Expected(skill, method(skill), _uri(skill), inputs, outputs, contract)


def _uri(skill: DeclaredSkill) -> str:
    """Where it is, without what may be a key: a secret, a query, a user."""
    uri = skill.body.get("uri") or skill.body.get("resourceId")
    if not isinstance(uri, str):
        return str(uri) if isinstance(uri, Sensitive | Unknown) else "(not known)"
    return re.sub(r"(?<=://)[^/@]*@|[?#].*", "", uri, flags=re.DOTALL)


def _sent(enriched: Enriched, skill: DeclaredSkill, name: str) -> str:
    """What an input is in each pipeline that runs the skill, or what is known to be taken."""
    takes = (skill.data.reads or {}).get(name)
    otherwise = takes.type if takes is not None else ANY
    given = (facts.program.given.get(skill.where, {}) for facts in enriched.pipelines)
    return _types(otherwise if one.get(name, ANY) == ANY else one[name] for one in given)


def _wanted(enriched: Enriched, skill: DeclaredSkill, name: str) -> str:
    """What an output is to be."""
    path = (*skill.context, skill.outputs[name][0])
    nodes = (facts.tree.node(path) for facts in enriched.pipelines)
    return _types(ANY if isinstance(node, Missing) else node.type for node in nodes)


def _types(found: Iterable[Type]) -> str:
    return " or ".join(dict.fromkeys(map(str, found)))
