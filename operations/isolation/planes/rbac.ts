/** RBAC: who of a tenant has a verb in namespaces of others, or one by which it leaves its own. */
import { type IsolationResource, theCell } from "../model.ts";
import type { Paths } from "../paths.ts";
import { at, text, texts } from "../plain.ts";
import type { Plane } from "../plane.ts";
import { type Binding, bindingsOf, type Rule, rolesOf, type Subject } from "../rbac-roles.ts";
import { subjectsOf } from "../rbac-subjects.ts";
import { escalationOf, isForOwnObjects, reachesOthers } from "../rbac-verbs.ts";
import { type CellView, ownerText } from "../view.ts";

export const rbac: Plane = {
  id: "ISO2",
  title: "Nobody of a tenant has a verb in namespaces of others, nor one that leads out of its own",
  remedy:
    "bind the tenant's groups, users and service accounts to roles in its own namespaces, without verbs on namespaces, tokens, roles and policies",
  find,
};

function find(view: CellView, paths: Paths): void {
  const roles = rolesOf(view);
  const tenantsOf = subjectsOf(view);
  for (const binding of bindingsOf(view)) {
    const rules = roles(binding.role.kind, binding.role.name, binding.namespace);
    for (const subject of binding.subjects) {
      for (const tenant of tenantsOf(subject)) judge(view, paths, tenant, subject, binding, rules);
    }
  }
  for (const association of view.ofType(accessPolicies)) onEks(view, paths, association);
}

const accessPolicies = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

/** EKS grants access policies beside RBAC. Source: Amazon EKS user guide, "Review access policy permissions". */
function onEks(view: CellView, paths: Paths, resource: IsolationResource): void {
  const { tenant, inputs } = resource;
  if (tenant === undefined) return;
  const policy = text(inputs.policyArn)?.split("/").at(-1) ?? "";
  const namespaces = texts(at(inputs, "accessScope", "namespaces"));
  const whole = at(inputs, "accessScope", "type") !== "namespace";
  const foreign = namespaces.map((name) => view.ownerOf(name)).filter((one) => one !== tenant);
  // All but View and AdminView grant secrets, tokens or commands in pods.
  const wide = !/View/.test(policy);
  const to = whole || wide ? view.everyoneBut(tenant) : foreign;
  paths.add({
    key: `${policy} ${whole} ${wide}`,
    from: tenant,
    to,
    resource,
    steps: () => [
      {
        principal: `${text(inputs.principalArn) ?? "a role"} of tenant ${tenant}`,
        can: `has ${policy} in ${whole ? "the whole cluster" : namespaces.join(", ")}`,
        because: wide ? "the policy grants secrets and tokens" : "its scope is not the tenant's",
      },
    ],
  });
}

function judge(
  view: CellView,
  paths: Paths,
  tenant: string,
  subject: Subject,
  { object, namespace, role }: Binding,
  rules: readonly Rule[],
): void {
  const add = (why: string, to: readonly string[], rule: Rule, what: string) =>
    paths.add({
      key: [why, object.name, role.name, ...rule.resources, ...rule.verbs].join(" "),
      from: tenant,
      to,
      resource: object.resource,
      steps: () => [
        {
          principal: `${subject.kind} ${nameOf(subject)} of tenant ${tenant}`,
          can: `is bound to ${role.kind} ${role.name} ${what}`,
          because: `${object.kind} ${object.name} names it`,
        },
        { principal: nameOf(subject), can: ruleText(rule), because: why },
      ],
    });
  const everyone = view.everyoneBut(tenant);
  if (namespace === "") {
    for (const rule of rules)
      if (reachesOthers(rule)) add("it holds in every namespace", everyone, rule, "in the cluster");
    return;
  }
  const owner = view.ownerOf(namespace);
  for (const rule of rules) {
    if (owner === theCell && isForOwnObjects(rule, tenant)) continue;
    if (owner !== tenant) {
      if (rule.verbs.length > 0 && rule.resources.length > 0)
        add(`the namespace is of ${ownerText(owner)}`, [owner], rule, `in ${namespace}`);
      continue;
    }
    const why = escalationOf(rule, rules);
    if (why !== undefined) add(`it ${why}`, everyone, rule, `in ${namespace}`);
  }
}

function nameOf({ kind, name, namespace }: Subject): string {
  return kind === "ServiceAccount" ? `${namespace}/${name}` : name;
}

function ruleText({ verbs, resources }: Rule): string {
  return `may ${verbs.join(", ")} ${resources.join(", ")}`;
}
