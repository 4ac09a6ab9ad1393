"""Valid synonym maps, knowledge sources and knowledge bases."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.laws.parts import Body, Names, identity, optional, perhaps, secret, some


def synonym_map(draw: st.DrawFn) -> Body:
    rules = ("usa, united states", "usa, united states\n", "usa, united states\nwash. => wa")
    return {"format": "solr", "synonyms": draw(st.sampled_from(rules))}


def knowledge_source(draw: st.DrawFn, names: Names, before: Body | None) -> Body:
    """A source of the kinds that create nothing; an existing one stays of its kind."""
    kind = before["kind"] if before else draw(st.sampled_from(("searchIndex", "web")))
    body: Body = {"kind": kind}
    if kind == "web":
        # Left out, any description would do, an earlier one too.
        body["description"] = draw(st.sampled_from(("The web.", "Das Netz.")))
        optional(draw, body, "webParameters", _web(draw))
        return body
    optional(draw, body, "description", "A source.", "Eine Quelle.")
    parameters: Body = {"searchIndexName": draw(st.sampled_from(names["Index"]))}
    fields = [{"name": "title"}, {"name": "content"}]
    optional(draw, parameters, "sourceDataFields", some(draw, fields))
    optional(draw, parameters, "searchFields", some(draw, fields, 1))
    return body | {"searchIndexParameters": parameters}


def _web(draw: st.DrawFn) -> Body:
    good = {"address": "a.example", "includeSubpages": draw(st.booleans())}
    domains: Body = {}
    optional(draw, domains, "allowedDomains", some(draw, [good, {"address": "b.example"}], 1))
    optional(draw, domains, "blockedDomains", [{"address": "c.example"}])
    web: Body = {}
    optional(draw, web, "domains", domains)
    return web


def knowledge_base(draw: st.DrawFn, names: Names) -> Body:
    sources = [{"name": name} for name in names["KnowledgeSource"]]
    body: Body = {"knowledgeSources": some(draw, sources, 1)}
    optional(draw, body, "description", "A base.", "Eine Basis.")
    model = {"resourceUri": "https://a.openai.azure.com", "deploymentId": "chat"}
    model["modelName"] = draw(st.sampled_from(("gpt-5-mini", "gpt-5-nano")))
    perhaps(draw, model, "apiKey", secret(draw))
    identity(draw, model, "authIdentity")
    optional(draw, body, "models", [{"kind": "azureOpenAI", "azureOpenAIParameters": model}])
    return body
