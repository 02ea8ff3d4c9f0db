/** What a tenant's operators and pipelines may do in its namespaces. Pure. */

export interface Rule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

const look = ["get", "list", "watch"];
const manage = ["get", "list", "watch", "create", "update", "patch", "delete"];

/** The kinds that a tenant deploys. */
const deployed: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ["", ["configmaps", "services", "persistentvolumeclaims"]],
  ["apps", ["deployments", "statefulsets"]],
  ["batch", ["jobs", "cronjobs"]],
  ["autoscaling", ["horizontalpodautoscalers"]],
];

/**
 * To look at everything that is not secret, and to restart workloads. No verb on namespaces, quotas, network policies, roles or tokens;
 * `pods/exec` would give the token of any service account.
 */
const operator: readonly Rule[] = [
  ...deployed.map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: look,
  })),
  {
    apiGroups: [""],
    resources: ["pods", "pods/log", "events", "resourcequotas", "limitranges", "serviceaccounts"],
    verbs: look,
  },
  { apiGroups: ["policy"], resources: ["poddisruptionbudgets"], verbs: look },
  { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: look },
  { apiGroups: ["external-secrets.io"], resources: ["externalsecrets"], verbs: look },
  // A deleted pod is created again by its controller.
  { apiGroups: [""], resources: ["pods"], verbs: ["delete"] },
];

/**
 * To deploy workloads, and to say which of the tenant's secrets they get. It creates no pods by hand, and cannot read secrets:
 * what a workload may use is bound to its service account, which the tenant's stack creates.
 */
const ci: readonly Rule[] = [
  ...deployed.map(([group, resources]) => ({
    apiGroups: [group],
    resources: [...resources],
    verbs: manage,
  })),
  { apiGroups: ["external-secrets.io"], resources: ["externalsecrets"], verbs: manage },
  { apiGroups: [""], resources: ["pods", "pods/log", "events"], verbs: look },
];

/** The rules by role. */
export const tenantRoles: Readonly<Record<"operator" | "ci", readonly Rule[]>> = { operator, ci };
