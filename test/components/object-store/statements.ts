import { only, type Registered } from "../../support/inventory.ts";

export type Document = {
  Statement: {
    Sid: string;
    Effect: string;
    Principal?: unknown;
    Action: unknown;
    Resource: unknown;
    Condition?: unknown;
  }[];
};

/** The statements of a resource's policy, by their ids. */
export function statements(resources: readonly Registered[], type: string, name: string) {
  const { inputs } = only(resources, type, name);
  const { Statement } = JSON.parse(String(inputs.policy)) as Document;
  return Object.fromEntries(Statement.map((statement) => [statement.Sid, statement]));
}
