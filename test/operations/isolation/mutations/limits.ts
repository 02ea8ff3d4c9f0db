/** Quotas, admission and nodes. */
import { type Bag, drop, edit, type Mutation, set } from "./mutation.ts";

const quota = (what: string, change: (inputs: Bag) => void): Mutation => ({
  what,
  plane: "quotas",
  opens: ["acme", "birch"],
  change: edit("ResourceQuota", "acme-app-quota", change),
});
const hard = (key: string, value: string | undefined) => (inputs: Bag) => {
  const { hard: amounts } = inputs.spec as { hard: Bag };
  if (value === undefined) delete amounts[key];
  else amounts[key] = value;
};

const podPolicy = (what: string, change: (inputs: Bag) => void): Mutation => ({
  what,
  plane: "admission",
  opens: ["birch", "acme"],
  change: edit("ValidatingAdmissionPolicy", "tiers-pods", change),
});
const expression = (index: number, text: string) =>
  set(`spec.validations.${index}.expression`, text);

export const limits: readonly Mutation[] = [
  {
    what: "removes the quota of a namespace",
    plane: "quotas",
    opens: ["acme", "birch"],
    change: drop("ResourceQuota", "acme-app-quota"),
  },
  quota("allows node ports", hard("services.nodeports", "5")),
  quota("does not limit load balancers", hard("services.loadbalancers", undefined)),
  quota("does not limit memory", hard("limits.memory", undefined)),
  quota("does not limit volumes", hard("persistentvolumeclaims", undefined)),
  quota("gives the quota a scope", set("spec.scopes", ["NotTerminating"])),
  {
    what: "removes the limit range",
    plane: "quotas",
    opens: ["acme", "(cell)"],
    change: drop("LimitRange", "acme-jobs-limits"),
  },
  {
    what: "limits pods in place of containers",
    plane: "quotas",
    opens: ["acme", "birch"],
    change: edit("LimitRange", "acme-jobs-limits", set("spec.limits.0.type", "Pod")),
  },
  {
    what: "queues the requests of all namespaces together",
    plane: "quotas",
    opens: ["acme", "birch"],
    change: edit("FlowSchema", "acme-requests", set("spec.distinguisherMethod", undefined)),
  },
  {
    what: "removes the admission policy for pods",
    plane: "admission",
    opens: ["acme", "birch"],
    change: drop("ValidatingAdmissionPolicy", "tiers-pods"),
  },
  {
    what: "removes the binding of the admission policy",
    plane: "admission",
    opens: ["acme", "birch"],
    change: drop("ValidatingAdmissionPolicyBinding", "tiers-pods-binding"),
  },
  {
    what: "binds the admission policy to warn",
    plane: "admission",
    opens: ["acme", "birch"],
    change: edit(
      "ValidatingAdmissionPolicyBinding",
      "tiers-pods-binding",
      set("spec.validationActions", ["Warn", "Audit"]),
    ),
  },
  podPolicy("ignores failures of the admission policy", set("spec.failurePolicy", "Ignore")),
  podPolicy(
    "matches no new pods",
    set("spec.matchConstraints.resourceRules.0.operations", ["UPDATE"]),
  ),
  podPolicy(
    "leaves out pods with a label",
    set("spec.matchConstraints.objectSelector", {
      matchLabels: { "app.kubernetes.io/name": "api" },
    }),
  ),
  podPolicy("admits every toleration", expression(1, "true")),
  podPolicy("admits every priority", expression(0, "has(object.spec.priorityClassName)")),
  podPolicy(
    "admits pods that name their node",
    expression(2, "!has(object.spec.nodeName) || object.spec.nodeName != ''"),
  ),
  {
    what: "gives a namespace the label of another tenant",
    plane: "admission",
    opens: ["acme", "birch"],
    change: edit("Namespace", "acme-app", (inputs) => {
      const { labels } = inputs.metadata as { labels: Bag };
      labels["atoll.dev/tenant"] = "birch";
    }),
  },
  {
    what: "enforces the baseline pod standard",
    plane: "admission",
    opens: ["acme", "birch"],
    change: edit("Namespace", "acme-jobs", (inputs) => {
      const { labels } = inputs.metadata as { labels: Bag };
      labels["pod-security.kubernetes.io/enforce"] = "baseline";
    }),
  },
  {
    what: "forgets the taint of a silo's nodes",
    plane: "nodes",
    opens: ["birch", "acme"],
    change: edit("NodePool", "NodePool--tenant-acme", set("spec.template.spec.taints", [])),
  },
  {
    what: "only prefers other nodes",
    plane: "nodes",
    opens: ["birch", "acme"],
    change: edit(
      "NodePool",
      "NodePool--tenant-acme",
      set("spec.template.spec.taints.0.effect", "PreferNoSchedule"),
    ),
  },
  {
    what: "gives nodes the taint of another tenant",
    plane: "nodes",
    opens: ["acme2", "acme"],
    change: edit(
      "NodePool",
      "NodePool--tenant-acme",
      set("spec.template.spec.taints.0.value", "acme2"),
    ),
  },
];
