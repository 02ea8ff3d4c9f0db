/** Which tenants a subject of RBAC stands for. Pure. */
import { theCell } from "./model.ts";
import { list, record, text, texts } from "./plain.ts";
import { bindingsOf, type Subject } from "./rbac-roles.ts";
import type { CellView } from "./view.ts";

const serviceAccountUser = /^system:serviceaccount:([^:]+):(.+)$/;
const namespaceGroup = /^system:serviceaccounts:(.+)$/;
/** Groups that every pod or every user is in. */
const ofEveryone = ["system:serviceaccounts", "system:authenticated"];
const ofAnybody = "system:unauthenticated";

/**
 * A service account is the tenant's whose namespace it is in. A group or a user is a tenant's if the tenant's stack binds it or makes
 * an access entry for it; people whom several tenants name are each of theirs.
 */
export function subjectsOf(view: CellView): (subject: Subject) => Iterable<string> {
  const named = new Map<string, Set<string>>();
  const learn = (kind: string, name: string, tenant: string | undefined) => {
    if (tenant === undefined || name.startsWith("system:")) return;
    const key = `${kind} ${name}`;
    const known = named.get(key) ?? new Set<string>();
    named.set(key, known);
    known.add(tenant);
  };
  for (const { object, subjects } of bindingsOf(view))
    for (const { kind, name } of subjects) learn(kind, name, object.resource.tenant);
  for (const entry of view.ofType("aws:eks/accessEntry:AccessEntry")) {
    const { kubernetesGroups, userName } = record(entry.inputs);
    for (const group of texts(kubernetesGroups)) learn("Group", group, entry.tenant);
    for (const user of list(userName)) learn("User", text(user) ?? "", entry.tenant);
  }
  const tenantOf = (owner: string): readonly string[] => (owner === theCell ? [] : [owner]);
  return ({ kind, name, namespace }) => {
    if (kind === "ServiceAccount") return tenantOf(view.ownerOfAccount(namespace, name));
    const [, own, account = ""] = serviceAccountUser.exec(name) ?? [];
    if (kind === "User" && own !== undefined) return tenantOf(view.ownerOfAccount(own, account));
    const [, all] = namespaceGroup.exec(name) ?? [];
    if (kind === "Group" && all !== undefined) return tenantOf(view.ownerOf(all));
    if (kind === "Group" && (ofEveryone.includes(name) || name === ofAnybody)) return view.tenants;
    return named.get(`${kind} ${name}`) ?? [];
  };
}
