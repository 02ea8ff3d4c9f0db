/** Nodes: those of a tenant repel pods of all others. */
import { tenantLabel } from "../../../components/tenant-namespaces/names.ts";
import type { IsolationResource, Plain } from "../model.ts";
import type { Paths } from "../paths.ts";
import { at, list, record, text } from "../plain.ts";
import type { Plane } from "../plane.ts";
import type { CellView } from "../view.ts";

export const nodes: Plane = {
  id: "ISO5",
  title: "No pod is scheduled on nodes of another tenant",
  remedy: `give nodes of a tenant the taint ${tenantLabel}=<id>:NoSchedule`,
  find,
};

/** Where node pools have their taints. */
const taintsAt: Readonly<Record<string, readonly string[]>> = {
  // Karpenter.
  NodePool: ["spec", "template", "spec", "taints"],
  Node: ["spec", "taints"],
  "aws:eks/nodeGroup:NodeGroup": ["taints"],
  "gcp:container/nodePool:NodePool": ["nodeConfig", "taints"],
};

function find(view: CellView, paths: Paths): void {
  const pools = Object.entries(taintsAt).flatMap(([type, where]) =>
    (type.includes(":")
      ? view.ofType(type)
      : view.objects(type).map(({ resource }) => resource)
    ).map((resource) => ({ resource, taints: list(at(resource.inputs, ...where)).map(record) })),
  );
  for (const { resource, taints } of pools) {
    const { tenant } = resource;
    const marks = taints.filter(isHard).filter(({ key }) => key === tenantLabel);
    if (tenant === undefined) continue;
    const own = marks.some(({ value }) => value === tenant);
    if (!own) add(view, paths, resource, tenant, whoseTaint(marks));
  }
}

function whoseTaint(marks: readonly Plain[]): string {
  const [other] = marks.map(({ value }) => text(value));
  return other === undefined
    ? `they have no taint ${tenantLabel} that repels pods`
    : `their taint ${tenantLabel} is that of ${other}`;
}

function add(
  view: CellView,
  paths: Paths,
  resource: IsolationResource,
  tenant: string,
  because: string,
): void {
  for (const from of view.tenants) {
    paths.add({
      key: `${because} ${resource.urn}`,
      from,
      to: [tenant],
      resource,
      steps: () => [
        { principal: `pods of tenant ${from}`, can: `run on nodes of tenant ${tenant}`, because },
      ],
    });
  }
}

/** As Kubernetes and Karpenter write effects, and as EKS and GKE do. */
function isHard({ effect }: Plain): boolean {
  return ["NoSchedule", "NoExecute", "NO_SCHEDULE", "NO_EXECUTE"].includes(String(effect));
}
