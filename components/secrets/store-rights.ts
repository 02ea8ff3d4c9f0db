/** Who may create what of External Secrets. Pure. */

const group = "external-secrets.io";

/** The rights that editors and viewers of a namespace get in place of the chart's: to use a store, not to create one. */
export const secretRights = {
  view: ["get", "list", "watch"],
  edit: ["create", "delete", "deletecollection", "patch", "update"],
} as const;

export function clusterRole(role: keyof typeof secretRights) {
  return {
    metadata: {
      name: `atoll-external-secrets-${role}`,
      labels: { [`rbac.authorization.k8s.io/aggregate-to-${role}`]: "true" },
    },
    rules: [{ apiGroups: [group], resources: ["externalsecrets"], verbs: [...secretRights[role]] }],
  };
}

/** Name of the admission policy and of its binding. */
export const storesPolicy = "atoll-external-secrets-stores";

/**
 * `spec` of an admission policy that refuses stores of namespaces, generators, and objects that write secrets elsewhere. They act
 * with the operator's own identity, past the conditions of our store. The operator's own settings do not prevent it: it uses a
 * store that it has not validated, and the chart gives administrators of namespaces the right to create all of them.
 */
export const noOtherStores = {
  failurePolicy: "Fail",
  matchConstraints: {
    resourceRules: [
      {
        apiGroups: [group],
        apiVersions: ["*"],
        operations: ["CREATE", "UPDATE"],
        resources: ["secretstores", "pushsecrets", "clusterpushsecrets", "clusterexternalsecrets"],
      },
      {
        apiGroups: [`generators.${group}`],
        apiVersions: ["*"],
        operations: ["CREATE", "UPDATE"],
        resources: ["*"],
      },
    ],
  },
  validations: [
    {
      // Finalizers and status of existing ones may change.
      expression: "oldObject != null && object.spec == oldObject.spec",
      message:
        "Atoll refuses stores of namespaces, generators and PushSecrets: use the ClusterSecretStore of the cell",
    },
  ],
};
