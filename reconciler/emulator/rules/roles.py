"""What Microsoft.Authorization says: role assignments, and when they count."""

from __future__ import annotations

from reconciler.emulator.rules.arm import FACTS, INFERRED, NO_BODY, SEEN, refusal
from reconciler.emulator.rules.rule import Rule

ROLES = (
    refusal(
        "role-assignment-missing",
        404,
        "RoleAssignmentNotFound",
        "The role assignment '{name}' is not found.",
        SEEN,
        f"{FACTS} 0; recordings RoleAssignment-*",
    ),
    refusal(
        "role-assignment-exists",
        409,
        "RoleAssignmentExists",
        "The role assignment already exists. The ID of the existing role assignment is {id}.",
        INFERRED,
        f"{FACTS} 4: recorded to 2024 without the second sentence, which issues of 2025 have",
    ),
    refusal(
        "role-assignment-update",
        400,
        "RoleAssignmentUpdateNotPermitted",
        "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        INFERRED,
        f"{FACTS} 1.5, 5.1 [iss]; also where the name stands at another scope",
    ),
    refusal(
        "role-assignment-name",
        400,
        "InvalidRoleAssignmentId",
        "The role assignment ID '{name}' is not valid. The role assignment ID must be a GUID.",
        INFERRED,
        f"{FACTS} 1.0: a GUID; {NO_BODY}",
    ),
    refusal(
        "role-assignment-body",
        400,
        "InvalidCreateRoleAssignmentRequest",
        "The request to create role assignment '{name}' is not valid. Role assignment property "
        "'{property}' is missing or not valid.",
        INFERRED,
        f"schemas/RoleAssignment: required; {NO_BODY}",
    ),
    refusal(
        "role-definition-missing",
        404,
        "RoleDefinitionDoesNotExist",
        "The specified role definition with ID '{role}' does not exist.",
        SEEN,
        f"{FACTS} 0 (the code); the emulator has the built-in roles of azure-management/rbac only",
    ),
    refusal(
        "principal-missing",
        400,
        "PrincipalNotFound",
        "Principal {principal} does not exist in the directory {tenant}. Check that you have the "
        "correct principal ID. If you are creating this principal and then immediately assigning "
        "a role, this error might be related to a replication delay. In this case, set the role "
        "assignment principalType property to a value, such as ServicePrincipal, User, or Group. "
        " See https://aka.ms/docs-principaltype",
        SEEN,
        f"{FACTS} 4; recordings RoleAssignment-Authorization_RoleAssignment_OnResourceGroup_CRUD. "
        "Only without principalType; a principal that is unknown for good: inferred",
    ),
    refusal(
        "principal-type",
        400,
        "UnmatchedPrincipalType",
        "The PrincipalId '{principal}' has type '{type}', which is different from specified "
        "PrincipalType '{given}'.",
        INFERRED,
        f"{FACTS} 4 [?]; {NO_BODY}",
    ),
    Rule(
        "role-assignment-answers",
        "PUT of a role assignment answers 201, also over an existing one, with createdBy null; "
        "DELETE answers 200 with what was deleted, or 204.",
        SEEN,
        f"{FACTS} 1.5; recordings RoleAssignment-role_assignment_create_update",
    ),
    Rule(
        "role-assignment-list",
        "A list has what stands at the scope, above it and beneath it; atScope() leaves out what "
        "is beneath, principalId eq '...' what is another's.",
        INFERRED,
        f"{FACTS} 1.5: atScope() lists inherited ones too (seen); the rest is documented",
    ),
    Rule(
        "role-spreads",
        "An assignment counts some time after it was made (up to ten minutes there), and as long "
        "after it was removed. One with a condition never counts: conditions are not read here.",
        INFERRED,
        f"{FACTS} 4: documented, and read in threads",
    ),
    Rule(
        "role-goes-with-scope",
        "The assignments at a resource go with it; those of an identity that is gone stay.",
        INFERRED,
        f"{FACTS} 4 (orphans of the identity); what goes with the scope is from memory",
    ),
)
