/** Mistakes in the resources of a cell, as data. */
import assert from "node:assert/strict";
import type { IsolationResource, PlaneName } from "../../../../operations/isolation/model.ts";

export interface Mutation {
  /** What somebody did. */
  readonly what: string;
  /** The only plane that it opens. */
  readonly plane: PlaneName;
  /** A pair that it opens: tenants, or `(cell)`. */
  readonly opens: readonly [from: string, to: string];
  change(resources: readonly IsolationResource[]): IsolationResource[];
}

type Change = Mutation["change"];
export type Bag = Record<string, unknown>;

/** Changes the inputs of the one resource of a kind and name. @param kind the end of its type */
export function edit(kind: string, name: string, change: (inputs: Bag) => void): Change {
  return (resources) => {
    const [found, ...others] = resources.filter((one) => isThis(one, kind, name));
    assert.ok(found !== undefined && others.length === 0, `no or several ${kind} ${name}`);
    const inputs = structuredClone(found.inputs) as Bag;
    change(inputs);
    return resources.map((one) => (one === found ? { ...one, inputs } : one));
  };
}

export function drop(kind: string, name: string): Change {
  return (resources) => resources.filter((one) => !isThis(one, kind, name));
}

export function plus(...more: IsolationResource[]): Change {
  return (resources) => [...resources, ...more];
}

export function several(...changes: Change[]): Change {
  return (resources) => changes.reduce((now, change) => change(now), [...resources]);
}

function isThis({ type, name }: IsolationResource, kind: string, wanted: string): boolean {
  return type.endsWith(`:${kind}`) && name === wanted;
}

/** Sets a field by path, where a number is an index. */
export function set(path: string, value: unknown): (inputs: Bag) => void {
  return (inputs) => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const target = keys.reduce<Bag>((at, key) => at[key] as Bag, inputs);
    if (value === undefined) delete target[last];
    else target[last] = value;
  };
}

/** Changes the first of these parts of a JSON document in a field. */
export function rewrite(field: string, from: string, to: string): (inputs: Bag) => void {
  return (inputs) => {
    const text = String(inputs[field]);
    assert.ok(text.includes(from), `${field} has no ${from}`);
    inputs[field] = text.replace(from, () => to);
  };
}

/** Changes the statement with a Sid in the document of a field. */
export function statement(
  field: string,
  sid: string,
  change: (statement: Bag) => Bag | undefined,
): (inputs: Bag) => void {
  return (inputs) => {
    const document = JSON.parse(String(inputs[field])) as { Statement: Bag[] };
    assert.ok(
      document.Statement.some(({ Sid }) => Sid === sid),
      `no statement ${sid}`,
    );
    const Statement = document.Statement.flatMap((one) =>
      one.Sid === sid ? (change(one) ?? []) : [one],
    );
    inputs[field] = JSON.stringify({ ...document, Statement });
  };
}

/** Adds a statement to the document of a field. */
export function also(field: string, added: Bag): (inputs: Bag) => void {
  return (inputs) => {
    const document = JSON.parse(String(inputs[field])) as { Statement: Bag[] };
    inputs[field] = JSON.stringify({ ...document, Statement: [...document.Statement, added] });
  };
}
