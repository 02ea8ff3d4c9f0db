/** The EC2 instance types that a pool can use, with the same result as Karpenter's from the pool's requirements. */
import type { NodeSize } from "./allocatable.ts";
import { instanceFamilies } from "./generated/aws-instances.ts";
import type { Architecture } from "./pool-schema.ts";

/** The instance settings of a pool. */
export interface InstanceChoice {
  readonly architectures: readonly Architecture[];
  readonly vcpus: { readonly min: number; readonly max: number };
  readonly families?: readonly string[] | undefined;
}

/**
 * Families for managed node groups, best first. Not the newest: EKS refuses a managed node group if one of its types is not offered,
 * and new families take years to reach every zone.
 */
const steadyFamilies: Record<Architecture, readonly string[]> = {
  amd64: ["m7i", "m6i", "m6a", "m5"],
  arm64: ["m7g", "m6g"],
};

/** All families that a manifest can use. */
export const familyNames: readonly string[] = Object.keys(instanceFamilies);

/** The matching instance types, by family and size. Families are in the given order, otherwise by name. */
export function fitting({ architectures, vcpus, families }: InstanceChoice): string[] {
  return (families ?? familyNames).flatMap((name) => {
    const family = instanceFamilies[name];
    if (family === undefined || !architectures.includes(family.architecture)) return [];
    return Object.entries(family.sizes)
      .filter(([, [cores]]) => cores >= vcpus.min && cores <= vcpus.max)
      .map(([size]) => `${name}.${size}`);
  });
}

/**
 * The types of a managed node group, best first: the smallest match of each family. EC2 tries them in this order for on-demand
 * nodes.
 */
export function steadyTypes({ architectures, vcpus, families }: InstanceChoice): string[] {
  const named = families ?? architectures.flatMap((architecture) => steadyFamilies[architecture]);
  return named.flatMap((family) =>
    fitting({ architectures, vcpus, families: [family] }).slice(0, 1),
  );
}

/** vCPUs and memory of an instance type. Undefined for an unknown one. */
export function sizeOfInstance(type: string): NodeSize | undefined {
  const [family = "", size = ""] = type.split(".");
  const [cpu, memoryGib] = instanceFamilies[family]?.sizes[size] ?? [];
  return cpu === undefined || memoryGib === undefined ? undefined : { cpu, memoryGib };
}

/** A node requirement of Karpenter's NodePool. */
export interface Requirement {
  readonly key: string;
  readonly operator: "In" | "Gt" | "Lt";
  readonly values: readonly string[];
}

/** The requirements that match exactly the types of `fitting`. */
export function instanceRequirements({
  architectures,
  vcpus,
  families,
}: InstanceChoice): Requirement[] {
  return [
    { key: "kubernetes.io/os", operator: "In", values: ["linux"] },
    { key: "kubernetes.io/arch", operator: "In", values: architectures },
    ...(families
      ? [{ key: "karpenter.k8s.aws/instance-family", operator: "In" as const, values: families }]
      : [
          {
            key: "karpenter.k8s.aws/instance-category",
            operator: "In" as const,
            values: ["c", "m", "r"],
          },
          { key: "karpenter.k8s.aws/instance-generation", operator: "Gt" as const, values: ["4"] },
        ]),
    { key: "karpenter.k8s.aws/instance-hypervisor", operator: "In", values: ["nitro"] },
    { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: [String(vcpus.min - 1)] },
    { key: "karpenter.k8s.aws/instance-cpu", operator: "Lt", values: [String(vcpus.max + 1)] },
  ];
}
