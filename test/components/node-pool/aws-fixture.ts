import type { z } from "zod";
import { AwsCluster } from "../../../components/cluster/aws.ts";
import { AwsNodePools, type AwsNodePoolsArgs } from "../../../components/node-pool/aws.ts";
import type { awsNodePoolsSpec } from "../../../components/node-pool/schema.ts";
import { inventory, type Registered } from "../../support/inventory.ts";
import { account, clusterArgs, ownership } from "../cluster/aws-fixture.ts";

export type Pools = z.input<typeof awsNodePoolsSpec>["pools"];

export const system = {
  class: "system",
  capacity: "on-demand",
  architectures: ["arm64"],
  size: { min: 3, max: 6 },
} as const;

export const pools = {
  system: { ...system, architectures: ["arm64"] },
  general: {
    class: "stateless",
    capacity: "spot-with-fallback",
    architectures: ["amd64", "arm64"],
    size: { min: 0, max: 40 },
    vcpus: { min: 4, max: 32 },
    labels: { "example.com/tier": "web" },
    businessHours: { timeZone: "Europe/Berlin", from: "08:00", to: "18:00" },
  },
  batch: { class: "batch", capacity: "spot", size: { min: 0, max: 60 } },
  data: {
    class: "stateful",
    capacity: "on-demand",
    architectures: ["arm64"],
    size: { min: 0, max: 9 },
    taints: { "example.com/data": { effect: "NoSchedule" } },
  },
} satisfies Pools;

export function spec(given: Pools = pools): z.input<typeof awsNodePoolsSpec> {
  return { cloud: "aws", region: "us-east-1", account, pools: given };
}

/** The registered resources of these node pools, without those of the cluster. */
export async function registered(
  given: Pools = pools,
  changes: Partial<AwsNodePoolsArgs> = {},
): Promise<Registered[]> {
  const resources = await inventory(() => {
    const cluster = new AwsCluster("cluster", clusterArgs());
    new AwsNodePools("nodes", { ownership, cluster, spec: spec(given), ...changes });
  });
  return resources.filter(({ name }) => name.startsWith("nodes"));
}

export interface PlainStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** The statements of a policy document. Statements without a condition have an empty one. */
export function statements(policy: unknown): PlainStatement[] {
  const document = JSON.parse(String(policy)) as { Statement: PlainStatement[] };
  return document.Statement.map((each) => ({ ...each, Condition: each.Condition ?? {} }));
}

/** The statement with this sid. */
export function statement(policy: unknown, sid: string): PlainStatement {
  const found = statements(policy).find((each) => each.Sid === sid);
  if (found === undefined) throw new Error(`no statement ${sid} in ${policy}`);
  return found;
}
