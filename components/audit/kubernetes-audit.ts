/** What an API server records: `audit.k8s.io/v1`, the first rule that matches a request wins. */
export interface AuditRule {
  readonly level: "None" | "Metadata" | "Request" | "RequestResponse";
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly {
    readonly group: string;
    readonly resources?: readonly string[];
  }[];
  readonly nonResourceURLs?: readonly string[];
}

export interface AuditPolicy {
  readonly apiVersion: "audit.k8s.io/v1";
  readonly kind: "Policy";
  readonly omitStages: readonly string[];
  readonly rules: readonly AuditRule[];
}

/**
 * The audit policy of an on-premises API server: metadata for every request, request bodies for changes, response bodies for
 * changes of permissions. The contents of secrets and tokens are never recorded. Health checks and routine requests of the
 * control plane are omitted.
 */
export const kubernetesAuditPolicy: AuditPolicy = {
  apiVersion: "audit.k8s.io/v1",
  kind: "Policy",
  omitStages: ["RequestReceived"],
  rules: [
    // First, so that no later rule logs the contents of these.
    {
      level: "Metadata",
      resources: [
        { group: "", resources: ["secrets", "configmaps", "serviceaccounts/token"] },
        { group: "authentication.k8s.io", resources: ["tokenreviews"] },
      ],
    },
    {
      level: "None",
      nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/openapi*"],
    },
    {
      level: "None",
      resources: [{ group: "", resources: ["events"] }, { group: "events.k8s.io" }],
    },
    {
      level: "None",
      users: [
        "system:kube-controller-manager",
        "system:kube-scheduler",
        "system:apiserver",
        "system:kube-proxy",
      ],
      verbs: ["get", "list", "watch"],
    },
    {
      level: "None",
      userGroups: ["system:nodes"],
      resources: [{ group: "coordination.k8s.io", resources: ["leases"] }],
    },
    {
      level: "RequestResponse",
      verbs: ["create", "update", "patch", "delete", "deletecollection"],
      resources: [
        { group: "rbac.authorization.k8s.io" },
        { group: "admissionregistration.k8s.io" },
      ],
    },
    {
      level: "Request",
      resources: [
        {
          group: "",
          resources: ["pods/exec", "pods/attach", "pods/portforward", "pods/ephemeralcontainers"],
        },
      ],
    },
    { level: "Request", verbs: ["create", "update", "patch", "delete", "deletecollection"] },
    { level: "Metadata" },
  ],
};

/** Where to find the audit logs of each cloud's clusters. */
export const kubernetesAuditLogs = {
  aws: "CloudWatch Logs, group /aws/eks/<cluster>/cluster, streams kube-apiserver-audit-*; GuardDuty reads it beside",
  gcp: "Cloud Logging, cloudaudit.googleapis.com/activity and /data_access of resource k8s_cluster; the sink archives it",
  onprem: "the API server's disk, by the flags and the policy of OnpremAudit; a collector ships it",
} as const;

/** The audit log flags of an on-premises API server. */
export function apiServerFlags(logPath: string, retentionDays: number): Record<string, string> {
  return {
    "audit-policy-file": "/etc/kubernetes/audit-policy.yaml",
    "audit-log-path": logPath,
    "audit-log-format": "json",
    "audit-log-maxage": String(retentionDays),
    "audit-log-maxbackup": "0",
    "audit-log-maxsize": "100",
    "audit-log-compress": "true",
  };
}
