/** Statements of IAM documents on AWS, with what a principal's session makes of them. Pure. */
import { matches } from "../glob.ts";
import { list, parsed, record, texts } from "../plain.ts";

export interface Condition {
  /** `StringEquals` */
  readonly operator: string;
  /** Lower case: keys of conditions are not case-sensitive. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** `["*"]` for NotAction, which is everything else. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** `AWS arn:...`, `Federated arn:...`, `Service ec2.amazonaws.com`, `*`. Empty in identity policies. */
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
}

export function statementsOf(document: unknown): Statement[] {
  return list(record(parsed(document)).Statement).map((each) => {
    const statement = record(each);
    const { Sid, Effect, Action, NotAction, Resource, NotResource, Principal } = statement;
    return {
      sid: typeof Sid === "string" ? Sid : "",
      effect: Effect === "Deny" ? "Deny" : "Allow",
      actions: NotAction === undefined ? texts(Action) : ["*"],
      resources: NotResource === undefined ? texts(Resource) : ["*"],
      notResources: texts(NotResource),
      principals: statement.NotPrincipal === undefined ? principalsOf(Principal) : ["*"],
      conditions: conditionsOf(statement.Condition),
    };
  });
}

function principalsOf(value: unknown): string[] {
  if (value === "*") return ["*"];
  return Object.entries(record(value)).flatMap(([kind, names]) =>
    texts(names).map((name) => (name === "*" ? "*" : `${kind} ${name}`)),
  );
}

function conditionsOf(value: unknown): Condition[] {
  return Object.entries(record(value)).flatMap(([operator, keys]) =>
    Object.entries(record(keys)).map(([key, values]) => ({
      operator,
      key: key.toLowerCase(),
      values: list(values).map(String),
    })),
  );
}

/** What is known of a request: keys of conditions in lower case. A key that is not here may have any value. */
export interface Session {
  readonly known: ReadonlyMap<string, string>;
  /** Prefixes of keys that are absent unless they are known: `aws:principaltag/`. */
  readonly absent: readonly string[];
}

/** A value with its policy variables. Undefined if one is not in the request: the statement then matches nothing. */
export function expanded(value: string, { known, absent }: Session): string | undefined {
  let missing = false;
  const text = value.replaceAll(
    /\$\{([^},]+)(?:,\s*'([^']*)')?\}/g,
    (_, name: string, otherwise) => {
      if (["*", "?", "$"].includes(name)) return name;
      const key = name.toLowerCase();
      const found = known.get(key) ?? (otherwise as string | undefined);
      if (found !== undefined) return found;
      if (absent.some((prefix) => key.startsWith(prefix))) missing = true;
      return "*";
    },
  );
  return missing ? undefined : text;
}

/** Whether a condition is met: not known where it depends on a key that is not known. */
export function isMet(condition: Condition, session: Session): boolean | undefined {
  const { key, values } = condition;
  const operator = condition.operator.replace(/^For(All|Any)Values?:/, "");
  const ifExists = operator.endsWith("IfExists");
  const name = operator.replace(/IfExists$/, "");
  const value = session.known.get(key);
  const isAbsent = value === undefined && session.absent.some((prefix) => key.startsWith(prefix));
  if (name === "Null") {
    if (value === undefined && !isAbsent) return undefined;
    return values.includes(String(isAbsent));
  }
  const negated = /Not/.test(name);
  if (isAbsent) return ifExists || negated;
  if (value === undefined) return undefined;
  const wanted = values.flatMap((each) => expanded(each, session) ?? []);
  const like = /^(String(Not)?Like|Arn(Not)?(Like|Equals))$/.test(name);
  const same = (one: string) =>
    name.includes("IgnoreCase")
      ? one.toLowerCase() === value.toLowerCase()
      : like
        ? matches(one, value)
        : one === value;
  if (!/^(String|Arn|Bool)/.test(name)) return undefined;
  const found = wanted.some(same);
  return negated ? !found : found;
}

/** Whether all conditions are met. */
export function areMet(conditions: readonly Condition[], session: Session): boolean | undefined {
  const results = conditions.map((condition) => isMet(condition, session));
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/** Whether an action is covered by a statement. @param action with a star for any: `s3:*` */
export function coversAction({ actions }: Statement, action: string): boolean {
  return actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
}
