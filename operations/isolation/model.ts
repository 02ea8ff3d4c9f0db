/** What the proof of isolation reads and what it finds. Plain data. */

export type Plain = Readonly<Record<string, unknown>>;

/** A resource as the engine registered it. */
export interface IsolationResource {
  /** Pulumi's type token: `aws:iam/role:Role`. */
  readonly type: string;
  /** Its logical name. */
  readonly name: string;
  readonly urn: string;
  /** The stack that registered it. */
  readonly stack: string;
  /** The tenant whose stack registered it. @default the cell or its environment did */
  readonly tenant?: string;
  readonly inputs: Plain;
  /** The computed properties besides the inputs. @default {} */
  readonly outputs: Plain;
}

/** A cell with all of its tenants. */
export interface IsolationCell {
  readonly name: string;
  /** The CIDR blocks that hold the addresses of its pods. */
  readonly addresses: readonly string[];
  /** The ids of its tenants. */
  readonly tenants: readonly string[];
  /** The resources of the environment, of the cell, and of its tenants. */
  readonly resources: readonly IsolationResource[];
}

/** Stands for the cell among tenants: what all of them use, and none of them may reach. No tenant can have this id. */
export const theCell = "(cell)";

/** One step of a path. */
export interface Step {
  /** Who acts: `pods of tenant-acme-web`. */
  readonly principal: string;
  /** What it can do: `connects to tenant-birch-app on every port`. */
  readonly can: string;
  /** What allows it: `network policy "deny" is missing`. */
  readonly because: string;
}

/** A way from tenants to other tenants, or to the cell. */
export interface Path {
  readonly plane: PlaneName;
  /** The tenants that can take it. */
  readonly from: readonly string[];
  /** What each of them reaches besides itself: ids of tenants, `(cell)`. */
  readonly to: readonly string[];
  /** The steps of the first of them. */
  readonly steps: readonly Step[];
  /** The resource that allows it. */
  readonly resource: Pick<IsolationResource, "urn" | "type" | "name" | "stack">;
}

export const planeNames = [
  "network",
  "rbac",
  "admission",
  "quotas",
  "nodes",
  "aws-iam",
  "google-iam",
  "keys",
  "secret-stores",
  "kafka",
  "database",
  "cache",
] as const;

export type PlaneName = (typeof planeNames)[number];

/** What was found for a cell. */
export interface Verdict {
  readonly cell: string;
  readonly tenants: readonly string[];
  readonly paths: readonly Path[];
}
