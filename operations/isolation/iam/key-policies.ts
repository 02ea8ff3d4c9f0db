/** Keys of AWS KMS with their policies. Pure. */
import type { IsolationResource } from "../model.ts";
import { text } from "../plain.ts";
import { type CellView, registrant } from "../view.ts";
import type { AwsPrincipal } from "./principals.ts";
import {
  areMet,
  type Condition,
  type Session,
  type Statement,
  statementsOf,
} from "./statements.ts";

export interface KmsKey {
  readonly arn: string;
  /** The tenant that registered it, or the cell. */
  readonly owner: string;
  readonly statements: readonly Statement[];
  readonly resource: IsolationResource;
  /** Those whom its policy allows by itself, whatever their own policies say. */
  allowed(
    principals: readonly AwsPrincipal[],
  ): readonly { readonly principal: AwsPrincipal; readonly because: string }[];
}

export function keysOf(view: CellView): KmsKey[] {
  const separate = new Map(
    view
      .ofType("aws:kms/keyPolicy:KeyPolicy")
      .map(({ inputs }) => [text(inputs.keyId) ?? "", inputs.policy]),
  );
  return view.ofType("aws:kms/key:Key").map((resource) => {
    const { inputs, outputs } = resource;
    const arn = text(outputs.arn) ?? `arn:aws:kms:*:*:key/${resource.name}`;
    const id = text(outputs.keyId) ?? arn.split("/").at(-1) ?? "";
    const policy = separate.get(id) ?? separate.get(arn) ?? inputs.policy ?? outputs.policy;
    const statements = statementsOf(policy);
    return {
      arn,
      owner: registrant(resource),
      statements,
      resource,
      allowed: (principals) => allowedBy(statements, principals),
    };
  });
}

/** Whether the key's own policy denies the session everything. */
export function deniedByKey({ statements }: KmsKey, session: Session): boolean {
  return statements.some(
    ({ effect, actions, principals, conditions }) =>
      effect === "Deny" &&
      principals.includes("*") &&
      actions.includes("kms:*") &&
      areMet(conditions, session) === true,
  );
}

function allowedBy(statements: readonly Statement[], principals: readonly AwsPrincipal[]) {
  return statements.flatMap((statement) => {
    if (statement.effect !== "Allow" || !usesData(statement)) return [];
    const anyone = statement.principals.includes("*");
    if (anyone && isLimited(statement.conditions)) return [];
    const arns = new Set(statement.principals.map((one) => one.replace(/^AWS /, "")));
    const because = `statement ${statement.sid} of the key's policy names ${anyone ? "everybody" : "its role"}`;
    return principals
      .filter(({ role, session }) => {
        const named = anyone || arns.has(role.arn);
        return (
          named &&
          areMet(
            statement.conditions.filter(({ key }) => !key.startsWith("kms:")),
            session,
          ) !== false
        );
      })
      .map((principal) => ({ principal, because }));
  });
}

function usesData({ actions }: Statement): boolean {
  return actions.some((action) =>
    /^(\*|kms:(\*|Decrypt|ReEncrypt|GenerateData|CreateGrant))/.test(action),
  );
}

/**
 * Through a service of AWS, the key serves what the service has authorized: S3 checks the caller's rights on the object first. Names of
 * callers limit it as well.
 */
function isLimited(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ key, operator }) =>
      !/Not|IfExists/.test(operator) &&
      (key === "kms:viaservice" ||
        key === "aws:principalarn" ||
        key.startsWith("aws:principaltag/")),
  );
}
