import { object, resource } from "../fixture/resource.ts";
import { edit, type Mutation, plus, set, several } from "./mutation.ts";

const group = "rbac.authorization.k8s.io";
const subject = (name: string) => ({ apiGroup: group, kind: "Group", name });
const operators = subject("acme-operators@atoll.example");

/** Adds a rule to the role of a tenant's pipeline. */
const mayAlso = (what: string, rule: { resources: string[]; verbs: string[] }): Mutation => ({
  what,
  plane: "rbac",
  opens: ["acme", "birch"],
  change: edit("Role", "acme-app-ci", (inputs) => {
    inputs.rules = [...(inputs.rules as unknown[]), { apiGroups: ["", group], ...rule }];
  }),
});

const binding = (
  tenant: string | undefined,
  kind: "RoleBinding" | "ClusterRoleBinding",
  namespace: string,
  role: { kind: string; name: string },
  subjects: unknown[],
) =>
  object(tenant, group, kind, namespace, "extra", {
    roleRef: { apiGroup: group, ...role },
    subjects,
  });

export const rbac: readonly Mutation[] = [
  mayAlso("may escalate roles", { resources: ["roles"], verbs: ["escalate"] }),
  mayAlso("may bind roles", { resources: ["clusterroles"], verbs: ["bind"] }),
  mayAlso("may impersonate", { resources: ["serviceaccounts"], verbs: ["impersonate"] }),
  mayAlso("may create tokens", { resources: ["serviceaccounts/token"], verbs: ["create"] }),
  mayAlso("may label namespaces", { resources: ["namespaces"], verbs: ["patch"] }),
  mayAlso("may finalize namespaces", { resources: ["namespaces/finalize"], verbs: ["update"] }),
  mayAlso("may delete network policies", { resources: ["networkpolicies"], verbs: ["delete"] }),
  mayAlso("may change quotas", { resources: ["resourcequotas"], verbs: ["update"] }),
  mayAlso("may read everything", { resources: ["*"], verbs: ["get"] }),
  mayAlso("may do everything with pods", { resources: ["pods"], verbs: ["*"] }),
  mayAlso("may run commands beside secrets", {
    resources: ["pods/exec", "secrets"],
    verbs: ["get", "create"],
  }),
  mayAlso("may create role bindings", { resources: ["rolebindings"], verbs: ["create"] }),
  mayAlso("may create secret stores", { resources: ["secretstores"], verbs: ["create"] }),
  mayAlso("may create Kafka users", { resources: ["kafkausers"], verbs: ["create"] }),
  {
    what: "binds the operators of another tenant",
    plane: "rbac",
    opens: ["acme", "birch"],
    change: edit("RoleBinding", "birch-app-operator-binding", (inputs) => {
      inputs.subjects = [...(inputs.subjects as unknown[]), operators];
    }),
  },
  {
    what: "binds a service account of another tenant",
    plane: "rbac",
    opens: ["acme", "birch"],
    change: edit("RoleBinding", "birch-jobs-ci-binding", (inputs) => {
      inputs.subjects = [
        ...(inputs.subjects as unknown[]),
        { kind: "ServiceAccount", name: "api", namespace: "tenant-acme-app" },
      ];
    }),
  },
  {
    what: "binds every service account",
    plane: "rbac",
    opens: ["acme2", "birch"],
    change: edit(
      "RoleBinding",
      "birch-app-operator-binding",
      set("subjects", [subject("system:serviceaccounts")]),
    ),
  },
  {
    what: "binds a tenant in the whole cluster",
    plane: "rbac",
    opens: ["acme", "birch"],
    change: plus(
      binding(undefined, "ClusterRoleBinding", "", { kind: "ClusterRole", name: "view" }, [
        operators,
      ]),
    ),
  },
  {
    what: "binds everybody who has signed in, in the whole cluster",
    plane: "rbac",
    opens: ["birch", "acme"],
    change: several(
      plus(
        object(undefined, group, "ClusterRole", "", "names", {
          rules: [{ apiGroups: [""], resources: ["namespaces"], verbs: ["list"] }],
        }),
        binding(undefined, "ClusterRoleBinding", "", { kind: "ClusterRole", name: "names" }, [
          subject("system:authenticated"),
        ]),
      ),
    ),
  },
  {
    what: "binds a tenant in a namespace of the cell",
    plane: "rbac",
    opens: ["acme", "(cell)"],
    change: plus(
      binding(undefined, "RoleBinding", "kafka", { kind: "ClusterRole", name: "view" }, [
        operators,
      ]),
    ),
  },
  {
    what: "binds the built-in edit in the tenant's own namespace",
    plane: "rbac",
    opens: ["acme", "birch"],
    change: plus(
      binding("acme", "RoleBinding", "tenant-acme-app", { kind: "ClusterRole", name: "edit" }, [
        operators,
      ]),
    ),
  },
  {
    what: "aggregates secrets to the view that operators have",
    plane: "rbac",
    opens: ["acme", "birch"],
    change: plus(
      binding("acme", "RoleBinding", "tenant-acme-app", { kind: "ClusterRole", name: "view" }, [
        operators,
      ]),
      object(
        undefined,
        group,
        "ClusterRole",
        "",
        "more-for-view",
        { rules: [{ apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] }] },
        { "rbac.authorization.k8s.io/aggregate-to-view": "true" },
      ),
    ),
  },
  {
    what: "gives a pipeline an access policy of EKS for the cluster",
    plane: "rbac",
    opens: ["acme", "birch"],
    change: plus(
      resource(
        "acme",
        "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
        "acme-ci-access",
        {
          principalArn: "arn:aws:iam::111122223333:role/acme-ci",
          policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
          accessScope: { type: "cluster" },
        },
      ),
    ),
  },
  {
    what: "reads a certificate of another tenant's role",
    plane: "rbac",
    opens: ["acme", "(cell)"],
    change: edit(
      "Role",
      "Role-postgres-tenant-acme-web",
      set("rules.0.resourceNames", ["tenant-birch-app-web-client"]),
    ),
  },
  {
    what: "lists secrets beside its own certificate",
    plane: "rbac",
    opens: ["acme", "(cell)"],
    change: edit("Role", "Role-postgres-tenant-acme-web", set("rules.0.verbs", ["get", "list"])),
  },
];
