"""What Azure Resource Manager itself says, and of its resource groups.

A rule whose id begins with `arm-` is answered by the gateway, the others by a resource provider.
"""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED
FACTS = "azure-management FACTS"
NO_BODY = "the body is from memory: no recording has it"


def refusal(id: str, status: int, code: str, text: str, evidence: Evidence, source: str) -> Rule:
    """What Azure Resource Manager answers with: `{"error": {"code", "message"}}`."""
    return Rule(id, text, evidence, source, status, code)


ARM = (
    refusal(
        "arm-no-token",
        401,
        "AuthenticationFailed",
        "Authentication failed. The 'Authorization' header is missing.",
        INFERRED,
        f"{FACTS} 6: a bearer token a call; {NO_BODY}. Any token is taken",
    ),
    refusal(
        "arm-authorization",
        403,
        "AuthorizationFailed",
        "The client '{client}' with object id '{client}' does not have authorization to perform "
        "action '{action}' over scope '{scope}' or the scope is invalid. If access was recently "
        "granted, please refresh your credentials.",
        SEEN,
        "recordings/errors.json; here only where a door has said so",
    ),
    refusal(
        "arm-no-api-version",
        400,
        "MissingApiVersionParameter",
        "The api-version query parameter (?api-version=) is required for all requests.",
        INFERRED,
        f"{FACTS} 0: every call needs api-version; {NO_BODY}",
    ),
    refusal(
        "arm-api-version",
        400,
        "NoRegisteredProviderFound",
        "No registered resource provider found for location '' and API version '{version}' for "
        "type '{type}'. The supported api-versions are '{known}'.",
        INFERRED,
        f"{FACTS} 1.0 and schemas/ name the versions; {NO_BODY}",
    ),
    refusal(
        "arm-not-emulated",
        501,
        "NotEmulated",
        "The emulator does not do {what}.",
        INFERRED,
        "the emulator's own: what it does not do, it refuses by name",
    ),
    refusal(
        "arm-method",
        405,
        "MethodNotAllowed",
        "The requested resource does not support http method '{method}'.",
        INFERRED,
        "recordings/errors.json has the text, without a code",
    ),
    refusal(
        "arm-body",
        400,
        "InvalidRequestContent",
        "The request content was invalid and could not be deserialized: '{reason}'.",
        SEEN,
        "recordings/errors.json (for an identity without type). That unknown properties of "
        "`properties` are refused as well is inferred",
    ),
    refusal(
        "arm-subscription",
        404,
        "SubscriptionNotFound",
        "The subscription '{subscription}' could not be found.",
        INFERRED,
        NO_BODY,
    ),
    refusal(
        "arm-group",
        404,
        "ResourceGroupNotFound",
        "Resource group '{group}' could not be found.",
        SEEN,
        f"{FACTS} 0; recordings StorageAccount-storage_account_show_exit_codes",
    ),
    refusal(
        "arm-group-deleting",
        409,
        "ResourceGroupBeingDeleted",
        "The resource group '{group}' is in deprovisioning state and cannot perform this "
        "operation.",
        INFERRED,
        NO_BODY,
    ),
    refusal(
        "arm-resource",
        404,
        "ResourceNotFound",
        "The Resource '{type}/{name}' under resource group '{group}' was not found. For more "
        "details please go to https://aka.ms/ARMResourceNotFoundFix",
        SEEN,
        f"{FACTS} 0; recordings SearchService-Search_SearchService_CRUD",
    ),
    refusal(
        "arm-parent",
        404,
        "ParentResourceNotFound",
        "Failed to perform '{action}' on resource(s) of type '{type}', because the parent "
        "resource '{id}' could not be found.",
        SEEN,
        "recordings/errors.json",
    ),
    refusal(
        "arm-location",
        400,
        "LocationNotAvailableForResourceType",
        "The provided location '{location}' is not available for resource type '{type}'. List of "
        "available regions for the resource type is '{known}'.",
        INFERRED,
        f"after the recorded text for groups; {NO_BODY}",
    ),
    refusal(
        "arm-location-required",
        400,
        "LocationRequired",
        "The location property is required for this definition.",
        INFERRED,
        f"schemas/: location is required; {NO_BODY}",
    ),
    refusal(
        "arm-other-location",
        409,
        "InvalidResourceLocation",
        "The resource '{name}' already exists in location '{location}' in resource group "
        "'{group}'. A resource with the same name cannot be created in location '{wanted}'. "
        "Please select a new resource name.",
        INFERRED,
        f"{FACTS} 1: another location is another resource; {NO_BODY}",
    ),
    refusal(
        "arm-group-location",
        400,
        "LocationNotAvailableForResourceGroup",
        "The provided location '{location}' is not available for resource group. List of "
        "available regions is '{known}'.",
        SEEN,
        f"{FACTS} 1.1; recordings ResourceGroup-NewResourceGroup_Error; the list is ours",
    ),
    refusal(
        "arm-group-other-location",
        409,
        "InvalidResourceGroupLocation",
        "Invalid resource group location '{wanted}'. The Resource group already exists in "
        "location '{location}'.",
        INFERRED,
        f"{FACTS} 1.1 [iss]",
    ),
    refusal(
        "arm-group-name",
        400,
        "InvalidParameter",
        "The provided resource group name '{group}' has these invalid characters: '{wrong}'. The "
        "name can only be a letter, digit, '-', '.', '(', ')' or '_'.",
        INFERRED,
        f"{FACTS} 1.0: 1 to 90 characters of them, no final dot; {NO_BODY}",
    ),
    refusal(
        "arm-poll-address",
        404,
        "NotFound",
        "There is no such operation, or its address was not used as it was given.",
        INFERRED,
        f"{FACTS} 0: poll addresses are signed and used verbatim; the text is ours",
    ),
    Rule(
        "arm-group-deleted",
        "DELETE of a group answers 202 with a Location, which says 202 until everything in the "
        "group is gone, then 200; meanwhile the group is Deleting.",
        SEEN,
        f"{FACTS} 1.1; recordings ResourceGroup-*",
    ),
    Rule(
        "arm-clock",
        "A minute there is a second here, Retry-After included. A door sets every duration, and "
        "moves the clock.",
        INFERRED,
        "the emulator's own; how long things take: azure-management FACTS 2",
    ),
    Rule(
        "arm-delete-missing",
        "DELETE of what is not there answers 204; where its group is not there either, 404.",
        INFERRED,
        f"{FACTS} 0: 404 is recorded, 204 documented",
    ),
    Rule(
        "arm-identity",
        "A system-assigned identity gets its principalId with the first answer and keeps it; one "
        "that was removed and comes back is another. `identity` left out changes nothing.",
        SEEN,
        f"{FACTS} 0, 1.2; recordings SearchService-service_update_msi. What is left out: inferred",
    ),
    Rule(
        "arm-ids",
        "Ids and types are compared without case; a resource's id has its group's name as the "
        "group was created.",
        SEEN,
        f"{FACTS} 0; recordings of azure-cli (`resourcegroups` asked, `resourceGroups` answered)",
    ),
)
