"""Rules of HTTP and OData: what every kind of resource has in common."""

from __future__ import annotations

from reconciler.emulator.rules.rule import Evidence, Rule

SEEN, INFERRED = Evidence.SEEN, Evidence.INFERRED

WIRE = (
    Rule(
        "no-api-version",
        "Invalid or missing api-version query string parameter.",
        SEEN,
        "public logs of clients, status 400",
        400,
    ),
    Rule(
        "unknown-api-version",
        "The api-version '{version}' is not one that this emulator knows. It knows: {known}.",
        INFERRED,
        "FACTS a: api-version is required on every call; the text is ours",
        400,
    ),
    Rule(
        "not-in-version",
        "There is no '{path}' in api-version '{version}'.",
        INFERRED,
        "FACTS a and j: 2025-09-01 has no /aliases and no knowledge*; the text is ours",
        404,
    ),
    Rule(
        "not-expressible",
        "The {noun} '{name}' is of a kind that api-version '{version}' does not know ('{kind}'). "
        "Use the api-version that it was made with.",
        INFERRED,
        "nothing seen: Settings.preview_objects chooses between this, hiding the object from reads "
        "and, unless told, showing it as it is stored; the text is ours",
        400,
    ),
    Rule(
        "no-such-path",
        "The resource '{path}' cannot be found.",
        INFERRED,
        "FACTS a: schema/*.operations.json lists every URL; the text is ours",
        404,
    ),
    Rule(
        "method-not-allowed",
        "The requested resource does not support http method '{method}'.",
        INFERRED,
        "ASP.NET Web API's standard text",
        405,
    ),
    Rule(
        "unexpected",
        "The emulator failed unexpectedly ({kind}): this is a fault of the emulator, not of the "
        "request. Its stderr says where.",
        INFERRED,
        "every service has a 500; the text is ours",
        500,
    ),
    Rule(
        "not-emulated",
        "The emulator does not do '{path}'.",
        INFERRED,
        "DESIGN 9: what it does not do, it refuses by name with 501",
        501,
    ),
    Rule(
        "no-credential",
        "Access denied: the request has neither an api-key nor a bearer token.",
        INFERRED,
        "FACTS b, learn.microsoft.com http-status-codes: 401; the body is unseen",
        401,
    ),
    Rule(
        "wrong-credential",
        "Access denied: the api-key is not valid for this service.",
        INFERRED,
        "FACTS b, learn.microsoft.com http-status-codes: 403; the body is unseen",
        403,
    ),
    Rule(
        "precondition",
        "The precondition given in one of the request headers evaluated to false. No change was "
        "made to the resource from this request.",
        SEEN,
        "FACTS b; recordings-modern/datasource_crud, recordings-2020 (22 of them)",
        412,
    ),
    Rule(
        "bad-json",
        "The request is invalid. Details: {parameter} : Invalid JSON. {reason}\r\n",
        INFERRED,
        "SKILLS P133: 'Invalid JSON. The property name is not valid.'; the reason is ours",
        400,
    ),
    Rule(
        "duplicate-property",
        "The request is invalid. Details: {parameter} : Multiple properties with the name "
        "'{property}' were detected in a resource or complex value. According to OData, duplicate "
        "property names are not allowed.\r\n",
        INFERRED,
        "SKILLS P133 (duplicate keys are refused); the text is the OData library's",
        400,
    ),
    Rule(
        "unknown-property",
        "The request is invalid. Details: {parameter} : The property '{property}' does not exist "
        "on type '{type}'. Make sure to only use property names that are defined by the type.\r\n",
        SEEN,
        "SKILLS P123; github Azure/azure-sdk-for-net#2092",
        400,
    ),
    Rule(
        "unknown-nested-property",
        "The request is invalid. Details: {parameter} : Cannot find nested property '{property}' "
        "on the resource type '{type}'.\r\n",
        SEEN,
        "SKILLS P123; public logs with V2024_11_01_Preview.PrioritizedFields",
        400,
    ),
    Rule(
        "missing-property",
        "The request is invalid. Details: {parameter} : The required property '{property}' of type "
        "'{type}' is missing.\r\n",
        INFERRED,
        "swagger and schema mark it required; the text is ours",
        400,
    ),
    Rule(
        "null-value",
        "The request is invalid. Details: {parameter} : A null value was found for the property "
        "named '{property}', which has the expected type '{type}[Nullable=False]'. The expected "
        "type '{type}[Nullable=False]' does not allow null values.\r\n",
        SEEN,
        "github Azure/azure-sdk-for-net#36224 (for documents)",
        400,
    ),
    Rule(
        "wrong-literal",
        "The request is invalid. Details: {parameter} : Cannot convert the literal '{literal}' to "
        "the expected type '{type}'.\r\n",
        SEEN,
        "github Azure/azure-search-vector-samples#149 (for documents)",
        400,
    ),
    Rule(
        "wrong-node",
        "The request is invalid. Details: {parameter} : An unexpected '{found}' node was found for "
        "property named '{property}' when reading from the JSON reader. A '{expected}' node was "
        "expected.\r\n",
        SEEN,
        "github Azure/azure-sdk-for-net#39294 (for documents)",
        400,
    ),
    Rule(
        "no-type-name",
        "The request is invalid. Details: {parameter} : A resource without a type name was found, "
        "but no expected type was specified. To allow entries without type information, the "
        "expected type must also be specified when the model is specified.\r\n",
        SEEN,
        "SKILLS P27; github Azure-Samples/azure-search-python-samples#47",
        400,
    ),
    Rule(
        "unknown-type-name",
        "The request is invalid. Details: {parameter} : Incompatible type kinds were found. The "
        "type '{type}' was found to be of kind 'Complex' instead of the expected kind 'Entity'."
        "\r\n",
        SEEN,
        "SKILLS P26; github MicrosoftDocs/azure-docs#53032",
        400,
    ),
    Rule(
        "name-differs",
        "The request is invalid. Details: {parameter} : The name in the body must be the name in "
        "the URL.\r\n",
        INFERRED,
        "schema: `name` is required in the body and the URL; the text is ours",
        400,
    ),
    Rule(
        "bad-name",
        "Invalid {noun} name: {noun} name must only contain lowercase letters, digits or dashes, "
        "cannot start or end with dashes and is limited to 128 characters.",
        INFERRED,
        "FACTS f (learn.microsoft.com naming-rules)",
        400,
    ),
    Rule(
        "already-exists",
        "Cannot create {noun} '{name}' because it already exists.",
        INFERRED,
        "FACTS b: public programs expect 409 for an existing name; seen only for indexes (400)",
        409,
    ),
    Rule(
        "not-found",
        "No {noun} with the name '{name}' was found in a service named '{service}'.",
        INFERRED,
        "FACTS b: swagger 404; the text follows the one that was recorded for indexes",
        404,
    ),
    Rule(
        "quota",
        "The {noun} quota of {limit} has been exceeded for this service. You must either delete "
        "unused {noun}s first, or upgrade the service for higher limits.",
        INFERRED,
        "FACTS b and f: too many = 429",
        429,
    ),
    Rule(
        "indexer-quota",
        "Standard indexer quota of {limit} has been exceeded for this service. You currently have "
        "{count} standard indexers. You must either delete unused indexers first, change the "
        "indexer 'executionMode', or upgrade the service for higher limits.",
        SEEN,
        "Azure OpenAI 'use your data' documentation, troubleshooting; the status (429) is inferred",
        429,
    ),
    Rule(
        "unknown-select",
        "Invalid expression: Could not find a property named '{property}' on type '{type}'.\r\n"
        "Parameter name: $select",
        SEEN,
        "github MicrosoftLearning/AI-102-AIEngineer#113 (for documents)",
        400,
    ),
    Rule(
        "payload-too-large",
        "The request is larger than 16 MB.",
        INFERRED,
        "FACTS f: payload 16 MB; the text is ours",
        413,
    ),
)
