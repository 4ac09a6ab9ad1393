"""What the types of a project file do not say: times, names of environments, origins of secrets."""

from __future__ import annotations

from collections.abc import Iterator

from reconciler.manifest.reading import FILE_NAME_FIX, is_file_name, within
from reconciler.manifest.tokens import TOKEN
from reconciler.model.duration import seconds
from reconciler.model.endpoint import wrong_endpoint
from reconciler.model.json import JsonObject
from reconciler.model.problem import Problem, Where
from reconciler.model.resource_id import ResourceId
from reconciler.model.versions import is_version
from reconciler.providers.search import endpoint


def judged(spec: JsonObject, where: Where) -> Iterator[Problem]:
    """Everything wrong in the spec of a project file that has the right types."""
    if "apiVersion" in spec and not is_version(spec["apiVersion"]):
        place = where.at("spec", "apiVersion")
        yield Problem("wrong-value", "not an api-version", place, "write one such as 2026-04-01")
    for position, text in enumerate(spec.get("external", ())):
        try:
            ResourceId.parse(text)
        except ValueError as error:
            yield Problem("wrong-value", str(error), where.at("spec", "external", position))
    yield from _outside(spec.get("baseline"), "the baseline", where.at("spec", "baseline"))
    yield from _secrets(spec.get("secrets", {}), where.at("spec", "secrets"))
    folded: dict[str, str] = {}
    for name, environment in spec["environments"].items():
        here = where.at("spec", "environments", name)
        yield from _unusable(name, folded.setdefault(name.casefold(), name), here)
        service = here.at("service")
        yield from _endpoint(environment["service"]["endpoint"], service.at("endpoint"))
        for limit, text in (environment["service"].get("timeouts") or {}).items():
            if text is not None and not seconds(text):
                place = service.at("timeouts", limit)
                fix = "write 90s, 30m, 2h or ISO 8601 (PT2M)"
                yield Problem("wrong-value", "not a time, or none at all", place, fix)
        yield from _secrets(environment.get("secrets", {}), here.at("secrets"))


def _endpoint(text: str, where: Where) -> Iterator[Problem]:
    """What is wrong with the service's endpoint, which the ledger and every lock go by."""
    wrong, fix = wrong_endpoint(text), f"write {endpoint.EXAMPLE}"
    if any(token.group(1) is not None for token in TOKEN.finditer(text)):
        wrong = "the endpoint is no expression: it is known before any document is read"
        fix += ", where NAME is what Azure calls the service: of a SearchService its nameOnService"
    if wrong is not None:
        yield Problem("wrong-value", wrong, where, fix)


def _unusable(name: str, other: str, where: Where) -> Iterator[Problem]:
    """Why files cannot be called after an environment: the ledger's are.

    Args:
        other: the first environment whose name differs in nothing but case.
    """
    place = Where(where.file, where.document, where.path, of_key=True)
    if not is_file_name(name):
        text = f"an environment cannot be called `{name}`: its ledger is a file of that name"
        yield Problem("wrong-value", text, place, FILE_NAME_FIX)
    elif other != name:
        text = f"the environments `{other}` and `{name}` differ only in case, as file names may not"
        yield Problem("wrong-value", text, place, "rename one of them")


def _secrets(secrets: JsonObject, where: Where) -> Iterator[Problem]:
    for name, secret in secrets.items():
        origins = [key for key in ("env", "file", "keep") if secret.get(key)]
        otherwise = ", or take the secret from a variable: env"
        called, place = f"the file of secret `{name}`", where.at(name, "file")
        yield from _outside(secret.get("file"), called, place, otherwise)
        if len(origins) != 1:
            text = f"secret `{name}` must say where it comes from"
            yield Problem("wrong-value", text, where.at(name), "write one of env, file, keep: true")


def _outside(path: str | None, called: str, where: Where, otherwise: str = "") -> Iterator[Problem]:
    """A file that a project names, and that lies elsewhere."""
    if path and within(where.file.parent, path) is None:
        fix = f"put it beneath the project's folder{otherwise}"
        yield Problem("outside-project", f"{called} lies outside the project", where, fix)
