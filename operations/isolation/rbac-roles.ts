/** Roles of Kubernetes with the rules that they resolve to. Pure. */
import type { Plain } from "./model.ts";
import { at, list, record, text, texts } from "./plain.ts";
import { selects } from "./selectors.ts";
import type { CellView, KubernetesObject } from "./view.ts";

export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly nonResourceUrls: readonly string[];
  /** The objects that it is limited to. @default all */
  readonly names?: readonly string[];
}

/** A role or cluster role by the reference of a binding. */
export type RoleOf = (kind: string, name: string, namespace: string) => readonly Rule[];

const everything: Rule = {
  apiGroups: ["*"],
  resources: ["*"],
  verbs: ["*"],
  nonResourceUrls: [],
};

/**
 * The parts of the built-in roles that matter here. Source: Kubernetes, "User-facing roles": `edit` reads secrets, runs commands in pods
 * and impersonates service accounts; `admin` also creates roles and bindings; `view` reads everything but secrets and roles.
 */
const builtIn: Readonly<Record<string, readonly Rule[]>> = {
  "cluster-admin": [everything],
  admin: [
    ruleOf("", ["pods", "pods/exec", "secrets", "serviceaccounts"], ["*"]),
    ruleOf("", ["serviceaccounts"], ["impersonate"]),
    ruleOf("rbac.authorization.k8s.io", ["roles", "rolebindings"], ["create", "update"]),
  ],
  edit: [
    ruleOf("", ["pods", "pods/exec", "secrets", "serviceaccounts"], ["*"]),
    ruleOf("", ["serviceaccounts"], ["impersonate"]),
  ],
  view: [ruleOf("", ["pods", "configmaps", "services"], ["get", "list", "watch"])],
  // What every user has: questions about itself.
  "system:basic-user": [],
  "system:discovery": [],
  "system:public-info-viewer": [],
};

function ruleOf(group: string, resources: readonly string[], verbs: readonly string[]): Rule {
  return { apiGroups: [group], resources, verbs, nonResourceUrls: [] };
}

export function rolesOf(view: CellView): RoleOf {
  const clusterRoles = view.objects("ClusterRole");
  const roles = new Map(
    view.objects("Role").map((role) => [`${role.namespace}/${role.name}`, role]),
  );
  const byName = new Map(clusterRoles.map((role) => [role.name, role]));
  const known = new Map<string, readonly Rule[]>();
  return (kind, name, namespace) => {
    if (kind === "Role") return rulesIn(roles.get(`${namespace}/${name}`));
    const rules = known.get(name) ?? clusterRules(name, byName.get(name), clusterRoles);
    known.set(name, rules);
    return rules;
  };
}

const aggregated = "rbac.authorization.k8s.io/aggregate-to-";

/** With the rules of the roles that are aggregated to it. */
function clusterRules(
  name: string,
  role: KubernetesObject | undefined,
  all: readonly KubernetesObject[],
): readonly Rule[] {
  const selectors = list(at(role?.inputs, "aggregationRule", "clusterRoleSelectors"));
  const parts = all.filter(
    ({ labels }) =>
      labels[`${aggregated}${name}`] === "true" ||
      selectors.some((selector) => selects(selector, labels)),
  );
  const own = role === undefined ? (builtIn[name] ?? [everything]) : rulesIn(role);
  return [...own, ...parts.flatMap(rulesIn)];
}

function rulesIn(role: KubernetesObject | undefined): Rule[] {
  return list(role?.inputs.rules).map((each) => {
    const rule: Plain = record(each);
    return {
      apiGroups: texts(rule.apiGroups),
      resources: texts(rule.resources),
      verbs: texts(rule.verbs),
      nonResourceUrls: texts(rule.nonResourceURLs),
      ...(rule.resourceNames === undefined ? {} : { names: texts(rule.resourceNames) }),
    };
  });
}

export interface Binding {
  readonly object: KubernetesObject;
  /** Empty for the whole cluster. */
  readonly namespace: string;
  readonly role: { readonly kind: string; readonly name: string };
  readonly subjects: readonly Subject[];
}

export interface Subject {
  readonly kind: "User" | "Group" | "ServiceAccount";
  readonly name: string;
  readonly namespace: string;
}

export function bindingsOf(view: CellView): Binding[] {
  return (["RoleBinding", "ClusterRoleBinding"] as const).flatMap((kind) =>
    view.objects(kind).map((object): Binding => {
      const { roleRef, subjects } = object.inputs;
      return {
        object,
        namespace: kind === "RoleBinding" ? object.namespace : "",
        role: { kind: text(at(roleRef, "kind")) ?? "", name: text(at(roleRef, "name")) ?? "" },
        subjects: list(subjects).map((each): Subject => {
          const { kind: found, name, namespace } = record(each);
          return {
            kind: found === "User" || found === "Group" ? found : "ServiceAccount",
            name: text(name) ?? "",
            namespace: text(namespace) ?? object.namespace,
          };
        }),
      };
    }),
  );
}
