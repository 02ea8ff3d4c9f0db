/** What statements of a role permit with keys of AWS KMS. Pure. */
import { matches } from "../glob.ts";
import { effective } from "./permissions.ts";
import type { AwsPrincipal } from "./principals.ts";
import type { Condition, Statement } from "./statements.ts";

export interface KmsClaim {
  /** Of keys' ARNs. */
  readonly pattern: string;
  /** Pattern of the encryption context; `*` for any. */
  readonly context: string;
  readonly wide: boolean;
  /**
   * Whether a service uses the key for the caller. With S3 Bucket Keys the context is the bucket, also where tenants have folders of
   * it: what S3 has authorized is decrypted, and nothing else.
   */
  readonly authorized: boolean;
  readonly statement: Statement;
}

/** Actions that show or change no data. */
const harmless = ["kms:describekey", "kms:listaliases", "kms:getpublickey", "kms:listkeys"];

export function kmsClaims({ role, session }: AwsPrincipal): KmsClaim[] {
  const denied = effective(role.statements, session, "Deny");
  return effective(role.statements, session, "Allow").flatMap((statement) => {
    const actions = statement.actions.filter((action) => {
      const [own = "", ...rest] = action.split(":");
      if (rest.length === 0) return action === "*";
      return matches(own, "kms") && !harmless.includes(action.toLowerCase());
    });
    if (actions.length === 0 || isGrantForAws(statement)) return [];
    const contexts = contextsOf(statement.conditions);
    return statement.resources
      .filter((pattern) => !isDenied(denied, pattern))
      .flatMap((pattern) =>
        contexts.map((context) => ({
          pattern,
          context,
          wide: context === "*",
          authorized: statement.conditions.some(({ key }) => key === "kms:viaservice"),
          statement: { ...statement, actions },
        })),
      );
  });
}

/** The values that a condition allows for one key of the context: `aws:s3:arn=arn:aws:s3:::prod-acme/*`. */
function contextsOf(conditions: readonly Condition[]): string[] {
  const prefix = "kms:encryptioncontext:";
  const found = conditions.filter(
    ({ key, operator }) =>
      key.startsWith(prefix) && /^(For\w+:)?String(Equals|Like)(IgnoreCase)?$/.test(operator),
  );
  const [first] = found.map(({ key, values }) =>
    values.map((value) => `${key.slice(prefix.length)}=${value}`),
  );
  return first ?? ["*"];
}

/** A grant that only a service of AWS can use, for volumes. */
function isGrantForAws({ actions, conditions }: Statement): boolean {
  return (
    actions.every((action) => action === "kms:CreateGrant") &&
    conditions.some(
      ({ key, values }) => key === "kms:grantisforawsresource" && values[0] === "true",
    )
  );
}

function isDenied(denied: readonly Statement[], pattern: string): boolean {
  return denied.some(
    ({ actions, resources, conditions }) =>
      conditions.length === 0 &&
      actions.some((action) => action === "*" || action === "kms:*") &&
      resources.some((resource) => matches(resource, pattern)),
  );
}
