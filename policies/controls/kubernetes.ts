import type { Control } from "../control.ts";
import { firstOf, isUnknown } from "../known-values.ts";
import type { StackResource } from "../stack.ts";

type Namespace = StackResource<"kubernetes:core/v1:Namespace">;
type Policy = StackResource<"kubernetes:networking.k8s.io/v1:NetworkPolicy">;

const enforceLabel = "pod-security.kubernetes.io/enforce";
const directions = ["Ingress", "Egress"] as const;

const initialNamespaces: ReadonlySet<string> = new Set([
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
]);

export const kubernetesControls: readonly Control[] = [
  {
    id: "K5",
    policy: "k5-missing-namespace-isolation",
    title: "Every namespace denies traffic by default and enforces a Pod Security standard",
    severity: "high",
    remedy: `label the namespace ${enforceLabel} "restricted" or "baseline", and add a NetworkPolicy with an empty podSelector and policyTypes Ingress and Egress without rules`,
    requirements: {
      soc2: ["CC6.6"],
      "pci-dss-4": ["1.3.1"],
      hipaa: ["164.312(a)(1)"],
      "cis-eks": ["4.3.2"],
      "cis-gke": ["4.2.1"],
      "cis-kubernetes": ["5.2.1", "5.3.2"],
    },
    stack: (stack, on) => {
      const policies = stack.all("kubernetes:networking.k8s.io/v1:NetworkPolicy");
      for (const namespace of stack.all("kubernetes:core/v1:Namespace")) {
        // A stack can only read them: they come with the cluster.
        if (initialNamespaces.has(String(namespace.props.metadata?.name))) continue;
        on(namespace).part(() => {
          const level = namespace.props.metadata?.labels?.[enforceLabel];
          const path = `metadata.labels["${enforceLabel}"]`;
          if (!level) on(namespace).lacking(path, "is not set: pods are unrestricted");
          else if (level !== "restricted" && level !== "baseline") {
            on(namespace).wrong(path, level, "pods are unrestricted");
          }
        });
        on(namespace).part(() => {
          const open = directions.filter(
            (direction) =>
              !firstOf(policies, (policy) => isIn(policy, namespace) && denies(policy, direction)),
          );
          if (open.length > 0) {
            on(namespace).lacking(
              "",
              `has no NetworkPolicy that denies all ${open.join(" and ")} by default`,
            );
          }
        });
      }
    },
  },
];

/**
 * Namespaces of two clusters may have the same name; clusters are distinguished by provider. Names that are unknown in a preview
 * are distinguished by the namespaces that they come from.
 */
function isIn({ props, origin }: Policy, namespace: Namespace): boolean {
  if (origin.provider?.urn !== namespace.origin.provider?.urn) return false;
  const given = () => props.metadata?.namespace;
  const name = () => namespace.props.metadata?.name;
  const origins = (origin.propertyDependencies.metadata ?? []).filter(
    ({ type }) => type === namespace.origin.type,
  );
  if (origins.length > 0 && (isUnknown(given) || isUnknown(name))) {
    return origins.some(({ urn }) => urn === namespace.urn);
  }
  // Without a name the provider generates one, which is unknown.
  return name() !== undefined && given() === name();
}

function denies({ props: { spec } }: Policy, direction: (typeof directions)[number]): boolean {
  const selector = spec?.podSelector;
  const rules = direction === "Ingress" ? spec?.ingress : spec?.egress;
  return (
    Object.keys(selector?.matchLabels ?? {}).length === 0 &&
    (selector?.matchExpressions?.length ?? 0) === 0 &&
    (spec?.policyTypes ?? ["Ingress"]).includes(direction) &&
    (rules?.length ?? 0) === 0
  );
}
