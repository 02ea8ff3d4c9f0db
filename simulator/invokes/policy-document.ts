/** IAM policy documents as rendered by the AWS provider: a single value is not a list, several are in descending order. */
import { type Bag, isBag } from "../wire.ts";

export function policyDocument({ statements, version, policyId, ...rest }: Bag): Bag {
  const sources = [rest.sourcePolicyDocuments, rest.sourceJson]
    .flat()
    .filter((text) => typeof text === "string" && text !== "");
  const overrides = [rest.overridePolicyDocuments, rest.overrideJson]
    .flat()
    .filter((text) => typeof text === "string" && text !== "");
  const own = (Array.isArray(statements) ? statements : []).filter(isBag).map(render);
  const merged = merge(
    [...sources.flatMap((text) => statementsIn(String(text))), ...own],
    overrides.flatMap((text) => statementsIn(String(text))),
  );
  const document = {
    Version: version ?? "2012-10-17",
    ...(policyId === undefined ? {} : { Id: policyId }),
    ...(merged.length > 0 ? { Statement: merged } : {}),
  };
  return { json: JSON.stringify(document, null, 2), minifiedJson: JSON.stringify(document) };
}

function render(statement: Bag): Bag {
  const fields: Bag = {
    Sid: statement.sid === "" ? undefined : statement.sid,
    Effect: statement.effect ?? "Allow",
    Action: oneOrMany(statement.actions),
    NotAction: oneOrMany(statement.notActions),
    Resource: oneOrMany(statement.resources),
    NotResource: oneOrMany(statement.notResources),
    Principal: principals(statement.principals),
    NotPrincipal: principals(statement.notPrincipals),
    Condition: conditions(statement.conditions),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function oneOrMany(values: unknown): unknown {
  if (!Array.isArray(values) || values.length === 0) return undefined;
  return values.length === 1 ? values[0] : values.map(String).sort().reverse();
}

function principals(list: unknown): unknown {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const byType: Record<string, string[]> = {};
  for (const { type, identifiers } of list.filter(isBag)) {
    const known = byType[String(type)] ?? [];
    byType[String(type)] = [
      ...known,
      ...(Array.isArray(identifiers) ? identifiers.map(String) : []),
    ];
  }
  if (byType["*"]?.[0] === "*") return "*";
  return Object.fromEntries(
    Object.entries(byType)
      .sort()
      .map(([type, names]) => [type, oneOrMany(names)]),
  );
}

function conditions(list: unknown): unknown {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const byTest: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of list.filter(isBag)) {
    const texts = Array.isArray(values) ? values.map(String) : [];
    byTest[String(test)] = {
      ...byTest[String(test)],
      [String(variable)]: texts.length === 1 ? texts[0] : texts,
    };
  }
  return byTest;
}

function statementsIn(json: string): Bag[] {
  const parsed: unknown = JSON.parse(json);
  const list = isBag(parsed) ? parsed.Statement : undefined;
  return (Array.isArray(list) ? list : [list]).filter(isBag);
}

/** Overriding statements replace those with the same Sid. */
function merge(statements: Bag[], overrides: Bag[]): Bag[] {
  const taken = new Set(overrides.map(({ Sid }) => Sid).filter((sid) => sid !== undefined));
  return [...statements.filter(({ Sid }) => Sid === undefined || !taken.has(Sid)), ...overrides];
}
