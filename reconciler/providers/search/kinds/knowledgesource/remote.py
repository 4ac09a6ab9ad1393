"""Knowledge sources that ask others while a question is answered; nothing is indexed.

https://learn.microsoft.com/azure/search/agentic-knowledge-source-overview
"""

from __future__ import annotations

from typing import Annotated

from reconciler.providers.search.kinds.scalars import AzureId
from reconciler.schema.body import Body
from reconciler.schema.marks import KeyedBy, ServerChooses, Since, Unordered


class Domain(Body):
    """A web site. Whether its pages beneath count when nothing is said was never seen."""

    address: str
    includeSubpages: Annotated[bool | None, ServerChooses()] = None


class Domains(Body):
    """What may be searched, and what may not; without both, all of the web."""

    allowedDomains: Annotated[list[Domain] | None, KeyedBy("address")] = None
    blockedDomains: Annotated[list[Domain] | None, KeyedBy("address")] = None


class WebParameters(Body):
    """The web, by Bing.

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-web
    """

    domains: Domains | None = None
    language: Annotated[str | None, Since("2026-05-01-preview")] = None
    market: Annotated[str | None, Since("2026-05-01-preview")] = None
    count: Annotated[int | None, Since("2026-05-01-preview")] = None
    freshness: Annotated[str | None, Since("2026-05-01-preview")] = None


class RemoteSharePointParameters(Body):
    """SharePoint, as the user who asks may see it (preview).

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-sharepoint-remote
    """

    filterExpression: str | None = None
    resourceMetadata: Annotated[list[str] | None, Unordered()] = None
    containerTypeId: str | None = None


class FabricDataAgentParameters(Body):
    """A data agent of Microsoft Fabric (preview).

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-fabric-data-agent
    """

    workspaceId: str
    dataAgentId: str


class FabricOntologyParameters(Body):
    """An ontology of Microsoft Fabric (preview).

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-fabric-ontology
    """

    workspaceId: str
    ontologyId: str


class EntraApp(Body):
    """The Entra application that asks in the user's name; it has no secret."""

    applicationId: AzureId
    federatedCredentialId: str
    tenantId: AzureId | None = None


class WorkIQParameters(Body):
    """Microsoft 365, by Work IQ (preview).

    https://learn.microsoft.com/azure/search/agentic-knowledge-source-how-to-work-iq
    """

    entraAppAuthentication: EntraApp
