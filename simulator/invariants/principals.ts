/** Principals of resource and trust policies: AWS refuses roles and users of the account that do not exist, service-linked ones too. */
import { CloudError } from "../errors.ts";
import { parseArn } from "../references/forms.ts";
import { scopesOf } from "../references/index.ts";
import { isBag } from "../wire.ts";
import type { Change, Invariant } from "./invariant.ts";

/** @throws CloudError `MalformedPolicyDocumentException` when the policy of a key names a missing role or user */
export const keyPrincipals: Invariant = (change) => {
  const missing = missingIn(change, "policy");
  if (missing === undefined) return;
  throw new CloudError(
    "MalformedPolicyDocumentException",
    `Policy contains a statement with one or more invalid principals: ${missing} does not exist`,
  );
};

/** @throws CloudError `MalformedPolicy` when the policy of a bucket names a missing role or user */
export const bucketPrincipals: Invariant = (change) => {
  const missing = missingIn(change, "policy");
  if (missing === undefined) return;
  throw new CloudError("MalformedPolicy", `Invalid principal in policy: ${missing} does not exist`);
};

/** @throws CloudError `MalformedPolicyDocument` when the trust policy of a role names a missing role or user */
export const trustPrincipals: Invariant = (change) => {
  const missing = missingIn(change, "assumeRolePolicy");
  if (missing === undefined) return;
  throw new CloudError(
    "MalformedPolicyDocument",
    `Invalid principal in policy: "AWS":"${missing}" does not exist`,
  );
};

/** The first principal of a document that does not exist, of those in the account of the change. */
function missingIn({ inputs, place, store }: Change, property: string): string | undefined {
  if (place.cloud !== "aws") return undefined;
  return principalsOf(inputs[property]).find((principal) => {
    const { service, account, resource = "" } = parseArn(principal) ?? {};
    return (
      service === "iam" &&
      account === place.account &&
      /^(?:role|user)\//.test(resource) &&
      store.byHandle(scopesOf(place), [principal]) === undefined
    );
  });
}

/** The AWS principals of a policy document; none where it cannot be read. */
function principalsOf(document: unknown): string[] {
  return list(bagOf(document).Statement).flatMap((statement) => {
    if (!isBag(statement)) return [];
    return [statement.Principal, statement.NotPrincipal].flatMap((principal) =>
      isBag(principal) ? list(principal.AWS).map(String) : [],
    );
  });
}

function bagOf(document: unknown): Readonly<Record<string, unknown>> {
  if (typeof document !== "string") return {};
  try {
    const parsed: unknown = JSON.parse(document);
    return isBag(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
