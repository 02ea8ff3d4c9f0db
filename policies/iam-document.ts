/** Parses AWS IAM policy documents, in all of their forms, into one format. */
import { widerThanPrivate } from "./addresses.ts";

export interface Condition {
  /** For example `StringEquals`. */
  readonly operator: string;
  /** In lower case: condition keys are not case-sensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** Its path, for example `Statement[0]`. */
  readonly path: string;
  readonly effect: "Allow" | "Deny";
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** Its principals, by kind; `"*"` alone is any AWS principal. Empty in identity policies. */
  readonly principals: readonly { readonly kind: string; readonly name: string }[];
  /** Whether it applies to all except the listed principals. */
  readonly exceptPrincipals: boolean;
  readonly conditions: readonly Condition[];
}

/** The statements of a document, as JSON or as an object. Empty if it is not a document, which AWS refuses. */
export function statementsOf(document: unknown): readonly Statement[] {
  const raw = read(field(parsed(document), "Statement"));
  return raw.map((statement, index) => ({
    path: `Statement[${index}]`,
    effect: field(statement, "Effect") === "Deny" ? "Deny" : "Allow",
    actions: texts(field(statement, "Action")),
    notActions: texts(field(statement, "NotAction")),
    resources: texts(field(statement, "Resource")),
    notResources: texts(field(statement, "NotResource")),
    principals: principals(field(statement, "Principal")),
    exceptPrincipals: field(statement, "NotPrincipal") !== undefined,
    conditions: conditions(field(statement, "Condition")),
  }));
}

/** Whether the statement covers an action such as `iam:PassRole`, for either effect. */
export function concerns({ actions, notActions }: Statement, action: string): boolean {
  return notActions.length > 0
    ? !notActions.some((pattern) => matches(pattern, action))
    : actions.some((pattern) => matches(pattern, action));
}

/** Whether it allows any principal: effect Allow, all principals, and no condition that limits the caller. */
export function allowsAnyone(statement: Statement): boolean {
  const anyone =
    statement.exceptPrincipals ||
    statement.principals.some(({ kind, name }) => kind === "AWS" && name === "*");
  return statement.effect === "Allow" && anyone && !isLimited(statement, callerKeys);
}

/** Condition keys of the caller, or of the resource that a service acts for. */
const callerKeys = [
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "aws:vpcsourceip",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
];

/** Operators that do not match a request without the key. */
const demanding = /^(ForAnyValue:)?((String|Arn)(Equals|Like)|StringEqualsIgnoreCase|IpAddress)$/;

/** Whether a condition on one of these keys limits the statement: it is required, and not every value matches. */
export function isLimited({ conditions }: Statement, keys: readonly string[]): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      demanding.test(operator) &&
      keys.some((wanted) => key === wanted) &&
      !values.some((value) => /^[*?]*$/.test(value) || widerThanPrivate(value)),
  );
}

function matches(pattern: string, action: string): boolean {
  const glob = pattern
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${glob}$`, "i").test(action);
}

function parsed(document: unknown): unknown {
  if (typeof document !== "string") return document;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

/** A value or list as a list. */
function read(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function texts(value: unknown): string[] {
  return read(value).map(String);
}

function principals(value: unknown): Statement["principals"] {
  if (typeof value === "string") return [{ kind: "AWS", name: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((kind) =>
    texts(field(value, kind)).map((name) => ({ kind, name })),
  );
}

function conditions(value: unknown): readonly Condition[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((operator) => {
    const keys = field(value, operator);
    if (typeof keys !== "object" || keys === null) return [];
    return Object.keys(keys).map((key) => ({
      operator,
      key: key.toLowerCase(),
      values: texts(field(keys, key)),
    }));
  });
}
