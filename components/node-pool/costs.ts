/** The planned costs of nodes. Pure. */
import type { CostItem } from "../pricing/item.ts";
import type { PriceId } from "../pricing/prices.ts";
import type { Demand } from "../tenancy/capacity.ts";
import { agentsOfANode, type NodeSize } from "./allocatable.ts";
import { sizeOfInstance, steadyTypes } from "./aws-instances.ts";
import { sizeOfMachine } from "./gcp-machines.ts";
import { planNodePools } from "./gcp-plan.ts";
import type { AwsNodePoolsSpec, GcpNodePoolsSpec, NodePoolsSpec } from "./schema.ts";
import { type TenantNodes, tenantNodes } from "./supply.ts";

type Pair = readonly [cpu: PriceId, memory: PriceId];

const prices = {
  aws: { onDemand: ["aws-vcpu", "aws-gib"], spot: ["aws-vcpu-spot", "aws-gib-spot"] },
  gcp: { onDemand: ["gcp-vcpu", "gcp-gib"], spot: ["gcp-vcpu-spot", "gcp-gib-spot"] },
} as const satisfies Record<string, Record<string, Pair>>;

export function nodePoolCosts(spec: NodePoolsSpec): CostItem[] {
  // What a site's own machines cost is not known.
  if (spec.cloud === "onprem") return [];
  const forTenants = tenantNodes(spec);
  const names = forTenants.map(({ pool }) => pool);
  const kept = (spec.cloud === "aws" ? keptOnAws(spec) : keptOnGcp(spec)).filter(
    ({ pool, nodes }) => nodes > 0 && !names.includes(pool),
  );
  const [first] = forTenants;
  return [
    ...kept.flatMap(({ pool, nodes, machine }) => ofKept(pool, nodes, machine, spec.cloud)),
    ...(first === undefined ? [] : ofTenants(first, spec)),
  ];
}

/** Nodes that a pool has without any pods of tenants. */
interface Kept {
  readonly pool: string;
  readonly nodes: number;
  readonly machine: NodeSize;
}

/** Karpenter keeps no nodes; managed node groups do. */
function keptOnAws({ pools }: AwsNodePoolsSpec): Kept[] {
  return Object.entries(pools).flatMap(([pool, settings]) => {
    const machine = settings.class === "system" && sizeOfInstance(steadyTypes(settings)[0] ?? "");
    return machine ? [{ pool, nodes: settings.size.min, machine }] : [];
  });
}

function keptOnGcp({ pools, zones }: GcpNodePoolsSpec): Kept[] {
  return planNodePools(pools, zones.length).map(({ pool, min, machine }) => ({
    pool,
    nodes: min,
    machine: sizeOfMachine(machine),
  }));
}

/** Nodes of the platform and of the cell's own data serve all tenants alike. */
function ofKept(pool: string, nodes: number, machine: NodeSize, cloud: "aws" | "gcp"): CostItem[] {
  const [cpu, memory] = prices[cloud].onDemand;
  return [
    { item: `pool ${pool}, vCPUs`, price: cpu, quantity: nodes * machine.cpu, key: "equal" },
    {
      item: `pool ${pool}, memory`,
      price: memory,
      quantity: nodes * machine.memoryGib,
      key: "equal",
    },
  ];
}

/** As many nodes of the first pool for tenants as what they are promised needs. */
function ofTenants(
  { pool, each, machine }: TenantNodes,
  { cloud, pools }: AwsNodePoolsSpec | GcpNodePoolsSpec,
): CostItem[] {
  if (each === undefined || machine === undefined) return [];
  const { [pool]: settings } = pools;
  const [cpu, memory] = prices[cloud][settings?.capacity === "on-demand" ? "onDemand" : "spot"];
  const free = {
    cpu: each.cpu - agentsOfANode.cpu,
    memoryGib: each.memoryGib - agentsOfANode.memoryGib,
  };
  const nodes = (promised: Demand) =>
    Math.max(
      settings?.size.min ?? 0,
      Math.ceil((promised.cpu ?? 0) / free.cpu),
      Math.ceil((promised.memoryGib ?? 0) / free.memoryGib),
    );
  return [
    {
      item: `pool ${pool}, vCPUs`,
      price: cpu,
      quantity: (promised) => nodes(promised) * machine.cpu,
      key: "cpu",
      whole: (promised) => nodes(promised) * free.cpu,
    },
    {
      item: `pool ${pool}, memory`,
      price: memory,
      quantity: (promised) => nodes(promised) * machine.memoryGib,
      key: "memoryGib",
      whole: (promised) => nodes(promised) * free.memoryGib,
    },
  ];
}
