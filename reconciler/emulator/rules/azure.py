"""What the resource providers say: Microsoft.Search, Microsoft.Storage, and their data planes."""

from __future__ import annotations

from reconciler.emulator.rules.arm import FACTS, INFERRED, NO_BODY, SEEN, refusal
from reconciler.emulator.rules.rule import Rule

SEARCH = (
    refusal(
        "search-service-name",
        400,
        "InvalidServiceName",
        "Service name '{name}' is not valid: 2 to 60 lower-case letters, digits and single "
        "dashes, no dash among the first two characters or at the end.",
        INFERRED,
        f"{FACTS} 1.0; the code and the text are ours",
    ),
    refusal(
        "search-service-taken",
        409,
        "ServiceNameUnavailable",
        "Service name '{name}' is not available: it is already in use.",
        INFERRED,
        f"{FACTS} 1.0: names are global; {NO_BODY}",
    ),
    refusal(
        "search-service-deleting",
        409,
        "ServiceDeleting",
        "The service '{name}' is still being deleted.",
        INFERRED,
        f"{FACTS} 1.2, 5.1: azurerm#20039 has the code, not the text",
    ),
    refusal(
        "search-service-busy",
        409,
        "Conflict",
        "Service update operations aren't allowed at this time because we're processing a "
        "previous request.",
        INFERRED,
        f"{FACTS} 1.2, 5.1: the text [iss]; the code is ours",
    ),
    refusal(
        "search-service-quota",
        409,
        "ServiceQuotaExceeded",
        "Creating search service '{name}' would exceed quota of sku '{sku}' for subscription "
        "'{subscription}'.",
        SEEN,
        f"{FACTS} 1.2; recordings SearchService-service_create_skus-2018. Here: one free service",
    ),
    refusal(
        "search-service-auth",
        400,
        "BadRequest",
        "AuthOptions must be null if DisableLocalAuth is true.",
        INFERRED,
        f"{FACTS} 1.2, 5.1: the text [iss]; the code is ours",
    ),
    refusal(
        "search-service-sku",
        400,
        "BadRequest",
        "The sku of a search service cannot change from '{old}' to '{new}'.",
        INFERRED,
        f"{FACTS} 1.2: not to or from free and storage_optimized; downgrades are taken here as of "
        "2026; the text is ours",
    ),
    refusal(
        "search-service-value",
        400,
        "BadRequest",
        "'{value}' is no value of {property} for sku '{sku}'.",
        INFERRED,
        f"{FACTS} 1.2: table of properties; the text is ours",
    ),
    refusal(
        "search-service-read-only",
        400,
        "BadRequest",
        "The property '{property}' is read-only and cannot be set.",
        INFERRED,
        f"{FACTS} 0: azurerm's source says that updates with it were rejected; the text is ours",
    ),
    Rule(
        "search-service-provisioning",
        "PUT answers 201 or 200 at once, without an operation; creation, sku, replicas, "
        "partitions, publicNetworkAccess and ipRules provision, the rest has succeeded at once.",
        SEEN,
        f"{FACTS} 1.2; recordings SearchService-*. That the first answer may have succeeded is not "
        "done here, unless a door sets the duration to 0",
    ),
    Rule(
        "search-service-defaults",
        "Defaults go by the api-version: semanticSearch since 2023-11-01, endpoint, computeType "
        "and systemData since 2025-05-01, aadOrApiKey for new services since 2026-03-01-preview.",
        SEEN,
        f"{FACTS} 1.2; recordings SearchService-*",
    ),
    Rule(
        "search-service-knowledge",
        "knowledgeRetrieval stays 'free', whatever was sent.",
        SEEN,
        f"{FACTS} 1.2; recordings SearchService-knowledge_retrieval-2026",
    ),
    Rule(
        "search-service-older-put",
        "A PUT keeps what its api-version does not know.",
        INFERRED,
        "nothing seen: one behaviour was chosen, as for the data plane (older-version-put)",
    ),
    Rule(
        "search-service-host",
        "NAME.search.windows.net answers from the end of the provisioning on; before, and after "
        "the deletion, the connection is closed without an answer: there such a name does not "
        "resolve.",
        INFERRED,
        "the emulator's own",
    ),
    Rule(
        "search-service-keys",
        "The service takes its admin keys, query keys for queries, none while local "
        "authentication is disabled (403); bearer tokens if authOptions or disableLocalAuth let "
        "them in, else 403 with an empty code. Whose token it is does not count here.",
        INFERRED,
        f"{FACTS} 4 (the 403 of a token); the rest is documented (search-security-enable-roles)",
    ),
    Rule(
        "data-plane-authorization",
        "Authorization failed.",
        INFERRED,
        f"{FACTS} 4: 403 with an empty code",
        403,
    ),
)

STORAGE = (
    refusal(
        "storage-name",
        400,
        "AccountNameInvalid",
        "{name} is not a valid storage account name. Storage account name must be between 3 and "
        "24 characters in length and use numbers and lower-case letters only.",
        SEEN,
        "recordings/errors.json",
    ),
    refusal(
        "storage-taken",
        409,
        "StorageAccountAlreadyTaken",
        "The storage account named {name} is already taken.",
        INFERRED,
        f"{FACTS} 1.3: the text is recorded in a name check, the code is from issues",
    ),
    refusal(
        "storage-other-group",
        409,
        "StorageAccountInAnotherResourceGroup",
        "The account {name} is already in another resource group in this subscription.",
        INFERRED,
        f"{FACTS} 1.3 (the code); the text is from memory",
    ),
    refusal(
        "storage-busy",
        409,
        "StorageAccountOperationInProgress",
        "An operation is currently performing on this storage account that requires exclusive "
        "access.",
        INFERRED,
        f"{FACTS} 1.3, 5.1 [?]",
    ),
    refusal(
        "storage-not-provisioned",
        409,
        "StorageAccountIsNotProvisioned",
        "The storage account provisioning state must be 'Succeeded' before executing the "
        "operation.",
        SEEN,
        "recordings/errors.json (listKeys while Creating); the same for blobServices: inferred",
    ),
    refusal(
        "storage-fixed",
        409,
        "AccountPropertyCannotBeUpdated",
        "The property '{property}' was specified in the input, but it cannot be updated as it is "
        "read-only. For more information, see - https://aka.ms/storageaccountupdate",
        INFERRED,
        f"{FACTS} 1.3: what cannot change in place; {NO_BODY}",
    ),
    refusal(
        "storage-value",
        400,
        "InvalidValuesForRequestParameters",
        "Values for request parameters are invalid: {property}.",
        INFERRED,
        f"{FACTS} 1.3, schemas/: the words; the code is recorded for a private endpoint",
    ),
    refusal(
        "container-missing",
        404,
        "ContainerNotFound",
        "The specified container does not exist.",
        SEEN,
        "recordings BlobContainer-storage_container_using_rm_main_scenario",
    ),
    refusal(
        "container-deleting",
        409,
        "ContainerOperationFailure",
        "The specified container is being deleted. Try operation later.",
        INFERRED,
        f"{FACTS} 1.3, 5.1: specs#30456",
    ),
    refusal(
        "container-name",
        400,
        "ContainerOperationFailure",
        "The specifed resource name contains invalid characters.",
        INFERRED,
        f"{FACTS} 1.0 (the rule for names); the text is that of the data plane",
    ),
    refusal(
        "container-public",
        409,
        "PublicAccessNotPermitted",
        "Public access is not permitted on this storage account.",
        INFERRED,
        f"{FACTS} 1.3: needs allowBlobPublicAccess; the text is that of the data plane",
    ),
    Rule(
        "storage-created",
        "PUT of a new account answers 202 without a body, with Location and Retry-After; GET says "
        "404 at first, then Creating, then ResolvingDns. Over an existing one it answers 200.",
        SEEN,
        f"{FACTS} 1.3; recordings StorageAccount-*",
    ),
    Rule(
        "storage-defaults",
        "An account has the defaults of 2026: TLS1_2, no public blobs, one tenant.",
        SEEN,
        f"{FACTS} 1.3; recordings StorageAccount-Storage_StorageAccount_20250601_CRUD",
    ),
    Rule(
        "storage-put-keeps",
        "PUT and PATCH of an account keep the properties that they leave out; tags are replaced.",
        INFERRED,
        "PATCH: recordings StorageAccount-create_storage_account; PUT over an existing account: "
        "the pessimistic reading",
    ),
    Rule(
        "blob-service-echo",
        "PUT of blobServices/default replaces everything and answers what was sent; GET has the "
        "defaults, and [''] for exposedHeaders that are empty.",
        SEEN,
        f"{FACTS} 1.3; recordings BlobService-*",
    ),
    Rule(
        "container-answers",
        "The answer to a container's PUT or PATCH has no etag and few properties; a list has "
        "immutableStorageWithVersioning where GET has legalHold, and no metadata.",
        SEEN,
        f"{FACTS} 1.3; recordings BlobContainer-storage_container_using_rm_main_scenario",
    ),
    Rule(
        "blobs-by-identity",
        "A data source with ResourceId= is read by the service's system-assigned identity, which "
        "needs a role with blobs/read at the container, its account, group or subscription. "
        "Without it an indexer's PUT is refused (indexer-credentials) and a run fails.",
        SEEN,
        "azure-ai-search FACTS g, k (the 400 is seen); the text of the run is inferred. A free "
        "service has no identity towards storage: FACTS 4",
    ),
    Rule(
        "blobs-by-key",
        "An account that was made here is read with one of its keys unless allowSharedKeyAccess "
        "is false; with another key the indexer's PUT is refused.",
        SEEN,
        "azure-ai-search FACTS g (bad credentials); SAS are not judged",
    ),
    Rule(
        "deleted-blobs",
        "A container that was deleted goes, blobs and all; where its account is a folder of "
        "yours, it is set aside in it under a name that begins with a dot.",
        INFERRED,
        "the emulator's own: no file of yours is deleted",
    ),
)

AZURE = (*SEARCH, *STORAGE)
