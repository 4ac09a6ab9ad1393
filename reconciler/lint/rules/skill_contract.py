"""A skill calls an API otherwise than its contract describes it.

`metadata.contracts` of a skillset names, for a skill that calls a Web API or Azure Machine
Learning, the path or operation of an OpenAPI 3 file that describes what it calls. Told are inputs
that the contract does not have, or requires and does not get; outputs that it does not have;
another path, host or method; and a contract of what is no API of skills. Nothing is said of what
the contract leaves open. The service knows none of this: an output that the API does not answer
with is null in every document. By the contract, nodes that the skill writes have types, too.

What to do: correct the skill or the contract, whichever is not what the code does.

Sources: https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-interface,
https://learn.microsoft.com/azure/search/cognitive-search-custom-skill-web-api,
https://spec.openapis.org/oas/latest.html

Beside::

    openapi: 3.0.3
    info: {title: enrich, version: "1"}
    paths:
      /api/enrich:
        post:
          requestBody:
            content:
              application/json: {schema: {$ref: "#/components/schemas/Request"}}
          responses:
            "200":
              content:
                application/json: {schema: {$ref: "#/components/schemas/Response"}}
    components:
      schemas:
        Request:
          properties:
            values:
              type: array
              items:
                properties:
                  recordId: {type: string}
                  data: {required: [text], properties: {text: {type: string}}}
        Response:
          properties:
            values:
              type: array
              items:
                properties:
                  recordId: {type: string}
                  data: {properties: {people: {type: array, items: {type: string}}}}

Fails::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs, contracts: {people: contract.yaml#/paths/~1api~1enrich}}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          name: people
          uri: https://contoso.azurewebsites.net/api/enrich
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: persons}]

Passes::

    apiVersion: azure-ai-search
    kind: Skillset
    metadata: {name: docs, contracts: {people: contract.yaml#/paths/~1api~1enrich}}
    spec:
      skills:
        - "@odata.type": "#Microsoft.Skills.Custom.WebApiSkill"
          name: people
          uri: https://contoso.azurewebsites.net/api/enrich
          inputs: [{name: text, source: /document/content}]
          outputs: [{name: people, targetName: persons}]
"""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.lint.addresses import elsewhere
from reconciler.lint.bodies import text_at
from reconciler.lint.endpoints import Endpoint, Side
from reconciler.lint.skills import DESCRIBED, DeclaredSkill, called, skills_of
from reconciler.lint.stack import Stack
from reconciler.model.problem import Problem, Severity, Where, suggestion
from reconciler.model.resource import Resource
from reconciler.providers.search.kinds.skillset.json_schema import Members

ID = "skill-contract"
SEVERITY = Severity.WARNING


def check(stack: Stack) -> Iterator[Problem]:
    for skillset in stack.resources:
        if skillset.contracts:
            listed = list(skills_of(skillset))
            yield from _unused(skillset, listed)
            for skill in listed:
                if skill.endpoint is not None:
                    yield from _judged(skill, skill.endpoint)


def _unused(skillset: Resource, listed: list[DeclaredSkill]) -> Iterator[Problem]:
    """Contracts of skills that are not there, or whose API is always the same."""
    known = {name: skill for skill in listed for name in (skill.number, skill.called)}
    for name in skillset.contracts:
        where = skillset.where.at("metadata", "contracts", name, of_key=True)
        if name not in known:
            fix = suggestion(name, known, "name a skill, or its number, such as #1")
            yield Problem(ID, f"there is no skill `{name}`", where, fix, SEVERITY)
        elif known[name].type and known[name].type not in DESCRIBED:
            text = f"the API of a {known[name].type} is always the same"
            fix = "delete it: only a Web API and Azure Machine Learning have contracts"
            yield Problem(ID, text, where, fix, SEVERITY)


def _judged(skill: DeclaredSkill, endpoint: Endpoint) -> Iterator[Problem]:
    yield from _elsewhere(skill, endpoint)
    if endpoint.method not in endpoint.operations:
        yield from _another_method(skill, endpoint)
        return
    yield from _no_records(skill, endpoint.takes, "request", endpoint)
    yield from _no_records(skill, endpoint.answers, "response", endpoint)
    if endpoint.takes.data is not None:
        yield from _undescribed(skill, "inputs", endpoint.takes.data, endpoint)
        yield from _not_given(skill, endpoint.takes.data, endpoint)
    if endpoint.answers.data is not None:
        yield from _undescribed(skill, "outputs", endpoint.answers.data, endpoint)


def _elsewhere(skill: DeclaredSkill, endpoint: Endpoint) -> Iterator[Problem]:
    uri = text_at(skill.body, "uri")
    text = elsewhere(uri, endpoint.server, endpoint.path) if uri is not None else ""
    if text:
        fix = "correct the address, or name the contract of what it calls"
        yield Problem(ID, f"{text} ({endpoint.file})", skill.where.at("uri"), fix, SEVERITY)


def _another_method(skill: DeclaredSkill, endpoint: Endpoint) -> Iterator[Problem]:
    said = text_at(skill.body, "httpMethod") is not None
    if endpoint.operations and (said or "httpMethod" not in skill.body):
        has = ", ".join(endpoint.operations)
        text = f"the skill calls by {endpoint.method}, and {endpoint.file} has {has}"
        where = skill.where.at("httpMethod") if said else _named_at(skill)
        yield Problem(ID, text, where, "write `httpMethod`, POST or PUT", SEVERITY)


def _no_records(
    skill: DeclaredSkill, side: Side, name: str, endpoint: Endpoint
) -> Iterator[Problem]:
    if side.lacks:
        text = f"the {name} of {endpoint.file} has no `{side.lacks}`: it is no API of a skill"
        fix = "describe `values`, a list of objects with `recordId` and `data`"
        yield Problem(ID, text, _named_at(skill), fix, SEVERITY)


def _undescribed(
    skill: DeclaredSkill, listed: str, data: Members, endpoint: Endpoint
) -> Iterator[Problem]:
    for name, where in called(skill, listed):
        if name not in data.properties and not data.open:
            text = f"{endpoint.file} has no {listed.removesuffix('s')} `{name}`"
            fix = suggestion(name, data.properties, f"it has {', '.join(data.properties)}")
            yield Problem(ID, text, where, fix, SEVERITY)


def _not_given(skill: DeclaredSkill, data: Members, endpoint: Endpoint) -> Iterator[Problem]:
    """Nothing where a name cannot be told: it may be the one."""
    listed = skill.body.get("inputs")
    given = {name for name, _ in called(skill, "inputs")}
    if isinstance(listed, list) and len(given) == len(listed):
        for name in sorted(data.required - given):
            text = f"{endpoint.file} requires `{name}`, and the skill does not send it"
            place = skill.where.at("inputs", of_key=True)
            yield Problem(ID, text, place, "add the input, with its source", SEVERITY)


def _named_at(skill: DeclaredSkill) -> Where:
    """Where the skillset names the contract of a skill."""
    name = skill.called if skill.called in skill.skillset.contracts else skill.number
    return skill.skillset.where.at("metadata", "contracts", name)
