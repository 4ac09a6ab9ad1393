"""What helps when the search service refuses."""

from __future__ import annotations

from reconciler.wire import ServiceProfile

SEARCH = ServiceProfile(
    "Azure AI Search",
    {
        401: "no valid credential: check credential.apiKey, or that the service allows RBAC",
        403: "not allowed: the identity needs the role Search Service Contributor on the service "
        "(or the api key is a query key or a wrong one)",
        429: "too many requests also at attempt {attempts}, or a quota is used up: try again later",
        503: "the service was overloaded also at attempt {attempts}: try again later",
    },
)
