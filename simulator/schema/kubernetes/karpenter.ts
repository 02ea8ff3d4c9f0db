import type { CheckFailure } from "../check-failure.ts";
import { didYouMean } from "../nearest.ts";
import { childPath, describe, isAbsent, isObject, isUnknown } from "../value.ts";

type Item = Record<string, unknown>;
type Placed = { readonly item: Item; readonly path: string };

// Source: the x-kubernetes-validations of Karpenter's custom resource definitions (karpenter-provider-aws, pkg/apis/crds), which
// the OpenAPI schema does not contain, and Karpenter's well-known labels (karpenter-provider-aws, pkg/apis/v1/labels.go).

const restrictedDomains = ["kubernetes.io", "k8s.io", "karpenter.sh", "karpenter.k8s.aws"];
const allowedSuffixes = ["node.kubernetes.io", "node-restriction.kubernetes.io", "kops.k8s.io"];
const allowedLabels = new Set([
  "failure-domain.beta.kubernetes.io/region",
  "failure-domain.beta.kubernetes.io/zone",
  "beta.kubernetes.io/arch",
  "beta.kubernetes.io/instance-type",
  "beta.kubernetes.io/os",
  "karpenter.k8s.aws/capacity-reservation-id",
  "karpenter.k8s.aws/capacity-reservation-interruptible",
  "karpenter.k8s.aws/capacity-reservation-type",
  "karpenter.k8s.aws/ec2nodeclass",
  "karpenter.k8s.aws/instance-accelerator-count",
  "karpenter.k8s.aws/instance-accelerator-manufacturer",
  "karpenter.k8s.aws/instance-accelerator-name",
  "karpenter.k8s.aws/instance-capability-flex",
  "karpenter.k8s.aws/instance-category",
  "karpenter.k8s.aws/instance-cpu",
  "karpenter.k8s.aws/instance-cpu-manufacturer",
  "karpenter.k8s.aws/instance-cpu-sustained-clock-speed-mhz",
  "karpenter.k8s.aws/instance-ebs-bandwidth",
  "karpenter.k8s.aws/instance-encryption-in-transit-supported",
  "karpenter.k8s.aws/instance-family",
  "karpenter.k8s.aws/instance-generation",
  "karpenter.k8s.aws/instance-gpu-count",
  "karpenter.k8s.aws/instance-gpu-manufacturer",
  "karpenter.k8s.aws/instance-gpu-memory",
  "karpenter.k8s.aws/instance-gpu-name",
  "karpenter.k8s.aws/instance-hypervisor",
  "karpenter.k8s.aws/instance-local-nvme",
  "karpenter.k8s.aws/instance-memory",
  "karpenter.k8s.aws/instance-network-bandwidth",
  "karpenter.k8s.aws/instance-size",
  "karpenter.k8s.aws/instance-tenancy",
  "karpenter.sh/capacity-type",
  "kubernetes.io/arch",
  "kubernetes.io/os",
  "topology.k8s.aws/zone-id",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
]);
const amiFamilies = ["al2", "al2023", "bottlerocket", "windows2019", "windows2022", "windows2025"];

/** Checks the rules of Karpenter's definitions that are not in the OpenAPI schema; empty for other kinds. */
export function checkKarpenter(apiVersion: string, kind: string, object: Item): CheckFailure[] {
  const spec = object.spec;
  if (!isObject(spec)) return [];
  if (apiVersion === "karpenter.sh/v1" && kind === "NodePool") return nodePool(spec);
  return apiVersion === "karpenter.k8s.aws/v1" && kind === "EC2NodeClass" ? nodeClass(spec) : [];
}

function nodePool(spec: Item): CheckFailure[] {
  const labels = at(spec, "template", "metadata", "labels");
  return [
    ...items(spec, "disruption", "budgets").flatMap(budget),
    ...items(spec, "template", "spec", "requirements").flatMap(requirement),
    ...Object.keys(isObject(labels) ? labels : {}).flatMap((key) =>
      restricted(key, childPath("spec.template.metadata.labels", key)),
    ),
  ];
}

function budget({ item, path }: Placed): CheckFailure[] {
  if (isAbsent(item.schedule) === isAbsent(item.duration)) return [];
  return [{ property: path, reason: "schedule and duration must be given together" }];
}

function requirement({ item, path }: Placed): CheckFailure[] {
  const values = isUnknown(item.values) ? undefined : Array.isArray(item.values) ? item.values : [];
  const failures = typeof item.key === "string" ? restricted(item.key, childPath(path, "key")) : [];
  if (values === undefined) return failures;
  const fail = (reason: string): number =>
    failures.push({ property: childPath(path, "values"), reason });
  if (item.operator === "In" && values.length === 0) fail("operator In needs at least one value");
  if (["Gt", "Lt", "Gte", "Lte"].includes(String(item.operator))) {
    const whole = values.length === 1 && (isUnknown(values[0]) || /^\d+$/.test(String(values[0])));
    if (!whole)
      fail(
        `operator ${String(item.operator)} needs exactly one whole number, got ${describe(item.values)}`,
      );
  }
  if (
    item.operator === "In" &&
    typeof item.minValues === "number" &&
    values.length < item.minValues
  ) {
    fail(`minValues is ${item.minValues}, but there are only ${values.length} values`);
  }
  return failures;
}

function restricted(key: string, property: string): CheckFailure[] {
  if (isUnknown(key)) return [];
  const domain = key.includes("/") ? (key.split("/")[0] ?? "") : "";
  const ends = (suffix: string): boolean => domain.endsWith(suffix);
  if (allowedLabels.has(key) || !restrictedDomains.some(ends) || allowedSuffixes.some(ends))
    return [];
  return [
    {
      property,
      reason: `the label ${key} is restricted by Karpenter${didYouMean(key, [...allowedLabels])}`,
    },
  ];
}

function nodeClass(spec: Item): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string): number =>
    failures.push({ property: `spec${property}`, reason });
  const given = ["role", "instanceProfile"].filter((name) => !isAbsent(spec[name]));
  if (given.length !== 1) fail("", "exactly one of role and instanceProfile must be given");
  for (const name of given) if (spec[name] === "") fail(`.${name}`, "must not be empty");
  const amis = items(spec, "amiSelectorTerms");
  for (const { item, path } of amis) failures.push(...ami(item, path, amis.length));
  if (
    isAbsent(spec.amiFamily) &&
    amis.length > 0 &&
    !amis.some(({ item }) => !isAbsent(item.alias))
  ) {
    fail(".amiFamily", "is required when no amiSelectorTerms has an alias");
  }
  failures.push(...terms(spec, "subnetSelectorTerms", ["tags", "id"]));
  failures.push(...terms(spec, "securityGroupSelectorTerms", ["tags", "id", "name"]));
  const roots = items(spec, "blockDeviceMappings").filter(({ item }) => item.rootVolume === true);
  if (roots.length > 1) fail(".blockDeviceMappings", "only one may be the rootVolume");
  for (const { item, path } of items(spec, "blockDeviceMappings")) {
    if (isObject(item.ebs) && isAbsent(item.ebs.snapshotID) && isAbsent(item.ebs.volumeSize)) {
      failures.push({
        property: childPath(path, "ebs"),
        reason: "snapshotID or volumeSize must be given",
      });
    }
  }
  return [...failures, ...reservedTags(spec.tags)];
}

function ami(item: Item, path: string, count: number): CheckFailure[] {
  const alias = item.alias;
  if (isAbsent(alias)) return exclusive(item, path, ["tags", "id", "name", "ssmParameter"], ["id"]);
  const failures: CheckFailure[] = [];
  const beside = Object.keys(item).filter((name) => name !== "alias" && !isAbsent(item[name]));
  if (beside.length > 0)
    failures.push({ property: path, reason: `alias excludes ${beside.join(", ")}` });
  if (count > 1)
    failures.push({ property: path, reason: "a term with an alias must be the only one" });
  if (typeof alias === "string" && !isUnknown(alias)) {
    const [family = "", version] = alias.split("@");
    const fits = amiFamilies.includes(family) && version !== undefined && version !== "";
    if (!fits) {
      const reason = `must be family@version with a family of ${amiFamilies.join(", ")}, got ${describe(alias)}`;
      failures.push({ property: childPath(path, "alias"), reason });
    } else if (family.startsWith("windows") && version !== "latest") {
      failures.push({
        property: childPath(path, "alias"),
        reason: `${family} may only be @latest`,
      });
    }
  }
  return failures;
}

function terms(spec: Item, name: string, selectors: readonly string[]): CheckFailure[] {
  const list = spec[name];
  if (Array.isArray(list) && list.length === 0)
    return [{ property: `spec.${name}`, reason: "must not be empty" }];
  return items(spec, name).flatMap(({ item, path }) =>
    exclusive(item, path, selectors, ["id", "name"]),
  );
}

/** At least one selector; selectors of a single resource exclude all others. */
function exclusive(
  item: Item,
  path: string,
  selectors: readonly string[],
  alone: readonly string[],
): CheckFailure[] {
  const given = selectors.filter((name) => !isAbsent(item[name]));
  if (given.length === 0)
    return [{ property: path, reason: `one of ${selectors.join(", ")} must be given` }];
  const single = given.length > 1 ? given.find((name) => alone.includes(name)) : undefined;
  return single === undefined
    ? []
    : [{ property: path, reason: `${single} excludes the other selectors` }];
}

function reservedTags(tags: unknown): CheckFailure[] {
  const reserved =
    /^(kubernetes\.io\/cluster|karpenter\.sh\/(nodepool|nodeclaim)|karpenter\.k8s\.aws\/ec2nodeclass|eks:eks-cluster-name)/;
  return Object.keys(isObject(tags) ? tags : {})
    .filter((key) => reserved.test(key))
    .map((key) => ({
      property: childPath("spec.tags", key),
      reason: "is set by Karpenter itself",
    }));
}

function at(value: unknown, ...names: string[]): unknown {
  return names.reduce<unknown>((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function items(spec: Item, ...names: string[]): Placed[] {
  const list = at(spec, ...names);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item, index) =>
    isObject(item) ? [{ item, path: childPath(["spec", ...names].join("."), index) }] : [],
  );
}
