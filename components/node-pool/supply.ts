/** What the nodes of a cell give its tenants. Pure. */
import { bytes } from "../core/units.ts";
import type { SupplyingCell } from "../section/section.ts";
import type { Supply } from "../tenancy/capacity.ts";
import { agentsOfANode, allocatableOnEks, allocatableOnGke, type NodeSize } from "./allocatable.ts";
import { rootVolumeGiB } from "./aws-images.ts";
import { fitting, sizeOfInstance } from "./aws-instances.ts";
import { maxPods } from "./aws-node-class.ts";
import { sizeOfMachine } from "./gcp-machines.ts";
import { planNodePools } from "./gcp-plan.ts";
import type { WorkloadClass } from "./pool-schema.ts";
import type {
  AwsNodePoolsSpec,
  GcpNodePoolsSpec,
  NodePoolsSpec,
  OnpremNodePoolsSpec,
} from "./schema.ts";

/** The nodes of a pool that tenants' pods run on. */
export interface TenantNodes {
  readonly pool: string;
  readonly most: number;
  /** What pods can request of each node at least. Undefined if it is not known. */
  readonly each: NodeSize | undefined;
  readonly podsEach: number;
  /** The whole machine. Undefined if it is not known. */
  readonly machine: NodeSize | undefined;
}

/** The maximum of GKE nodes of this blueprint: /25 each. */
const podsOnGke = 64;

/** The kubelet's default. */
const podsOfAKubelet = 110;

/** Addresses that an EKS node holds beside those of its pods at most: its own, a free prefix, and the rest of one in use. */
const addressesOfAnEksNode = 1 + 16 + 15;

interface Pool {
  readonly class: WorkloadClass;
  readonly taints: Readonly<Record<string, { readonly effect: string }>>;
  readonly capacity: string;
}

/**
 * Nodes of the classes stateless and batch without taints. Nobody guarantees capacity that is spot only. Nodes of the classes system
 * and stateful are for controllers and for the cell's own data.
 */
function isForTenants({ class: workload, taints, capacity }: Pool): boolean {
  const repels = Object.values(taints).some(({ effect }) => effect !== "PreferNoSchedule");
  return (workload === "stateless" || workload === "batch") && capacity !== "spot" && !repels;
}

/** The pools of a cell that tenants' pods run on. */
export function tenantNodes(spec: NodePoolsSpec): TenantNodes[] {
  switch (spec.cloud) {
    case "aws":
      return onAws(spec);
    case "gcp":
      return onGcp(spec);
    case "onprem":
      return onprem(spec);
  }
}

/** Karpenter chooses the instances. The smallest that a pool allows are certain. */
function onAws({ pools }: AwsNodePoolsSpec): TenantNodes[] {
  return Object.entries(pools).flatMap(([pool, settings]) => {
    if (!isForTenants(settings)) return [];
    const sizes = fitting(settings).flatMap((type) => sizeOfInstance(type) ?? []);
    const machine = {
      cpu: Math.min(...sizes.map(({ cpu }) => cpu)),
      memoryGib: Math.min(...sizes.map(({ memoryGib }) => memoryGib)),
    };
    return {
      pool,
      most: settings.size.max,
      each: allocatableOnEks(machine, maxPods),
      podsEach: maxPods,
      machine,
    };
  });
}

/** A pool with fallback can always grow to its maximum in its on-demand node pool. */
function onGcp({ pools, zones }: GcpNodePoolsSpec): TenantNodes[] {
  const plans = planNodePools(pools, zones.length).filter(({ spot }) => !spot);
  return Object.entries(pools).flatMap(([pool, settings]) => {
    const plan = plans.find((candidate) => candidate.pool === pool);
    if (plan === undefined || !isForTenants(settings)) return [];
    const machine = sizeOfMachine(plan.machine);
    return {
      pool,
      most: plan.max,
      each: allocatableOnGke(machine),
      podsEach: podsOnGke,
      machine,
    };
  });
}

function onprem({ pools }: OnpremNodePoolsSpec): TenantNodes[] {
  return Object.entries(pools).flatMap(([pool, settings]) => {
    if (!isForTenants(settings)) return [];
    const { allocatable, nodes } = settings;
    const each = allocatable && {
      cpu: allocatable.cpu,
      memoryGib: bytes(allocatable.memory) / 2 ** 30,
    };
    return {
      pool,
      most: nodes.length,
      each,
      podsEach: podsOfAKubelet,
      machine: undefined,
    };
  });
}

export function nodePoolSupply(spec: NodePoolsSpec, cell: SupplyingCell): Supply[] {
  const pools = tenantNodes(spec);
  return [
    ...pools.flatMap(supplyOf),
    ...(cell.cloud === "aws" ? ofEksNodes(spec as AwsNodePoolsSpec) : []),
  ];
}

function supplyOf({ pool, most, each, podsEach }: TenantNodes): Supply[] {
  const size = each ? ` with ${rounded(each.cpu)} CPUs and ${rounded(each.memoryGib)} GiB` : "";
  const from = `pool ${pool}: ${most} nodes${size}`;
  const pods = { has: most * podsEach, takes: most * agentsOfANode.pods };
  if (each === undefined) return [{ resource: "pods", ...pods, from }];
  return [
    { resource: "cpu", has: most * each.cpu, takes: most * agentsOfANode.cpu, from },
    {
      resource: "memoryGib",
      has: most * each.memoryGib,
      takes: most * agentsOfANode.memoryGib,
      from,
    },
    { resource: "pods", ...pods, from },
  ];
}

/** What all nodes of a cell take of its addresses and of the account's volumes. */
function ofEksNodes({ pools }: AwsNodePoolsSpec): Supply[] {
  const nodes = Object.values(pools).reduce((sum, { size }) => sum + size.max, 0);
  const from = `${nodes} nodes`;
  return [
    { resource: "addresses", takes: nodes * addressesOfAnEksNode, from },
    { resource: "storageGib", takes: nodes * rootVolumeGiB, from },
    // Karpenter and the EBS CSI driver.
    { resource: "podIdentityAssociations", takes: 2, from: "controllers of nodes and volumes" },
  ];
}

function rounded(amount: number): number {
  return Math.round(amount * 10) / 10;
}
