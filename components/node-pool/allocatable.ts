/** What pods can request of a node. Pure. */

/** A machine, or what a node has for pods. */
export interface NodeSize {
  readonly cpu: number;
  readonly memoryGib: number;
}

/** A share of each slice of a resource: up to this amount, this share. */
type Slices = readonly (readonly [upTo: number, share: number])[];

/**
 * CPUs that the kubelet reserves, the same on EKS and GKE. Sources: `nodeadm` of awslabs/amazon-eks-ami; "Plan GKE Standard node
 * sizes".
 */
const reservedCpu: Slices = [
  [1, 0.06],
  [2, 0.01],
  [4, 0.005],
  [Number.POSITIVE_INFINITY, 0.0025],
];

/** Memory that GKE reserves, by GiB. Source: "Plan GKE Standard node sizes". */
const reservedMemoryOfGke: Slices = [
  [4, 0.25],
  [8, 0.2],
  [16, 0.1],
  [128, 0.06],
  [Number.POSITIVE_INFINITY, 0.02],
];

/** The threshold of hard eviction on both. Sources: the same. */
const evictionGib = 100 / 1024;

/** Memory that EKS reserves: 255 MiB, and 11 MiB for each pod. Source: `nodeadm` of awslabs/amazon-eks-ami. */
function reservedMemoryOfEks(pods: number): number {
  return (255 + 11 * pods) / 1024;
}

/** The share of an instance's memory that the hypervisor keeps. Source: Karpenter's default of `VM_MEMORY_OVERHEAD_PERCENT`. */
const hypervisorShare = 0.075;

export function allocatableOnEks({ cpu, memoryGib }: NodeSize, pods: number): NodeSize {
  const memory = memoryGib * (1 - hypervisorShare) - reservedMemoryOfEks(pods) - evictionGib;
  return { cpu: cpu - sliced(reservedCpu, cpu), memoryGib: Math.max(0, memory) };
}

export function allocatableOnGke({ cpu, memoryGib }: NodeSize): NodeSize {
  const memory = memoryGib - sliced(reservedMemoryOfGke, memoryGib) - evictionGib;
  return { cpu: cpu - sliced(reservedCpu, cpu), memoryGib: Math.max(0, memory) };
}

/** What the agents of the platform and the cloud request on every node: networking, volumes, logs. Our choice. */
export const agentsOfANode = { cpu: 0.3, memoryGib: 0.5, pods: 8 } as const;

function sliced(slices: Slices, amount: number): number {
  let from = 0;
  let sum = 0;
  for (const [upTo, share] of slices) {
    if (amount <= from) break;
    sum += (Math.min(amount, upTo) - from) * share;
    from = upTo;
  }
  return sum;
}
