/** The namespace of a fleet: who may do what in it, and how much may run in it at the same time. */
import { annotationsOf } from "./identities.ts";
import { type FleetPlan, type FleetSettings, fleetLabels, operatorNamespace } from "./plan.ts";

type Bag = Record<string, unknown>;

export const accounts = {
  workspace: "atoll-workspace",
  preview: "atoll-preview",
  healer: "atoll-healer",
} as const;

/** Pods besides workspaces: jobs of drift and of the healer. */
const jobPods = 6;

/** The port on which the operator talks to a workspace. */
const workspacePort = 50051;

const rbac = "rbac.authorization.k8s.io";

export function fleetNamespace({ environment, namespace }: FleetPlan): Bag {
  const labels = {
    ...fleetLabels(environment),
    "pod-security.kubernetes.io/enforce": "restricted",
    "pod-security.kubernetes.io/enforce-version": "latest",
  };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } };
}

export function access(plan: FleetPlan, { identities, atOnce }: FleetSettings): Bag[] {
  const { environment, namespace } = plan;
  const labels = fleetLabels(environment);
  const inNamespace = (name: string) => ({ name, namespace, labels });
  const subject = (name: string) => ({ kind: "ServiceAccount", name, namespace });
  const account = (name: string, references: readonly string[]) => {
    const annotations = annotationsOf(references);
    const metadata = {
      ...inNamespace(name),
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    };
    return { apiVersion: "v1", kind: "ServiceAccount", metadata };
  };
  return [
    account(accounts.workspace, identities.workspace),
    account(accounts.preview, identities.preview),
    account(accounts.healer, identities.healer),
    {
      // The agent in a workspace asks the API server who calls it, and whether the caller may: TokenReview, SubjectAccessReview.
      apiVersion: `${rbac}/v1`,
      kind: "ClusterRoleBinding",
      metadata: { name: `${namespace}-auth-delegator`, labels },
      roleRef: { apiGroup: rbac, kind: "ClusterRole", name: "system:auth-delegator" },
      subjects: [subject(accounts.workspace), subject(accounts.preview)],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "Role",
      metadata: inNamespace(accounts.healer),
      rules: [
        // A patch asks the operator to try again.
        { apiGroups: ["pulumi.com"], resources: ["stacks"], verbs: ["get", "list", "patch"] },
        { apiGroups: ["auto.pulumi.com"], resources: ["updates"], verbs: ["get", "list"] },
        // The workspace of a stalled stack takes a place in the quota.
        { apiGroups: ["auto.pulumi.com"], resources: ["workspaces"], verbs: ["get", "delete"] },
      ],
    },
    {
      apiVersion: `${rbac}/v1`,
      kind: "RoleBinding",
      metadata: inNamespace(accounts.healer),
      roleRef: { apiGroup: rbac, kind: "Role", name: accounts.healer },
      subjects: [subject(accounts.healer)],
    },
    {
      // The gate: the operator creates workspaces for all Stacks at once. Those without a place wait.
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: inNamespace("atoll-fleet"),
      spec: { hard: { pods: String(atOnce + jobPods), "services.loadbalancers": "0" } },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: inNamespace("atoll-fleet"),
      spec: {
        podSelector: {},
        policyTypes: ["Ingress"],
        ingress: [
          {
            from: [
              {
                namespaceSelector: {
                  matchLabels: { "kubernetes.io/metadata.name": operatorNamespace },
                },
              },
            ],
            ports: [{ protocol: "TCP", port: workspacePort }],
          },
        ],
      },
    },
  ];
}
