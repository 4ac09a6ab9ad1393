"""Customer-managed keys: a second encryption at rest, with a key from your Azure Key Vault.

https://learn.microsoft.com/azure/search/search-security-manage-encryption-keys
"""

from __future__ import annotations

from typing import Annotated

from reconciler.model.effect import Effect
from reconciler.providers.search.kinds.identity import Credential, OptionalIdentity
from reconciler.providers.search.kinds.scalars import AzureId, Endpoint
from reconciler.schema.body import Body
from reconciler.schema.marks import Changes, EditContext, Since


class ApplicationCredentials(Body):
    """An Entra application that may use the key, where a managed identity cannot."""

    applicationId: AzureId
    applicationSecret: Credential | None = None


class EncryptionKey(Body):
    """A key of your own that encrypts the object besides the service's, and who may use it."""

    keyVaultKeyName: str
    keyVaultKeyVersion: str | None = None
    keyVaultUri: Endpoint
    accessCredentials: ApplicationCredentials | None = None
    identity: Annotated[OptionalIdentity, Since("2021-04-30-preview|2026-04-01")] = None
    isServiceLevelKey: Annotated[bool | None, Since("2026-08-01-preview")] = None


def _rekeyed(context: EditContext) -> Effect:
    """Keys rotate in place, but an object that exists can neither gain nor lose encryption."""
    return Effect.IN_PLACE if _encrypted(context) else Effect.RECREATE


def _rekeyed_index(context: EditContext) -> Effect:
    """Keys rotate in place, but an index that exists can neither gain nor lose encryption."""
    return Effect.IN_PLACE if _encrypted(context) else Effect.REBUILD


def _encrypted(context: EditContext) -> bool:
    """Whether there is a key before and after."""
    return bool(context.before.get("encryptionKey") and context.after.get("encryptionKey"))


OptionalKey = Annotated[EncryptionKey | None, Changes(_rekeyed)]
OptionalIndexKey = Annotated[EncryptionKey | None, Changes(_rekeyed_index)]
