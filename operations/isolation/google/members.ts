/** Members of IAM policies on Google Cloud, and the tenants that they stand for. Pure. */
import { theCell } from "../model.ts";
import { text, texts } from "../plain.ts";
import { type CellView, registrant } from "../view.ts";

/** A tenant as a member. */
export interface MemberOf {
  readonly tenant: string;
  /** Who it is for people. */
  readonly name: string;
}

/** Source: "About Workload Identity Federation for GKE", principal identifiers. */
const forms = {
  subject: /^principal:\/\/iam\.googleapis\.com\/.*\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/,
  namespace: /^principalSet:\/\/iam\.googleapis\.com\/.*\/namespace\/([^/]+)$/,
  older: /^serviceAccount:[^[]+\.svc\.id\.goog\[([^/\]]+)\/([^\]]+)\]$/,
  pool: /^principalSet:\/\/iam\.googleapis\.com\/.*\/(\*|kubernetes\.cluster\/.*|kubernetes\.serviceaccount\..*)$/,
};
const ofEverybody = ["allUsers", "allAuthenticatedUsers"];

/** Roles with which a member acts as a service account. */
export const actsAs = [
  "roles/iam.workloadIdentityUser",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountUser",
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.serviceAccountKeyAdmin",
  "roles/iam.serviceAccountAdmin",
  "roles/owner",
  "roles/editor",
];

/** The tenants of a member, without those that act as it. */
function directly(view: CellView, member: string): MemberOf[] {
  const owned = (tenant: string, name: string): MemberOf[] =>
    tenant === theCell ? [] : [{ tenant, name }];
  const subject = forms.subject.exec(member) ?? forms.older.exec(member);
  if (subject) {
    const [, namespace = "", account = ""] = subject;
    const tenant = view.ownerOfAccount(namespace, account);
    return owned(tenant, `service account ${namespace}/${account}`);
  }
  const [, inNamespace] = forms.namespace.exec(member) ?? [];
  if (inNamespace !== undefined)
    return owned(view.ownerOf(inNamespace), `service accounts of ${inNamespace}`);
  if (forms.pool.test(member) || ofEverybody.includes(member))
    return view.tenants.map((tenant) => ({ tenant, name: `pods of ${tenant}` }));
  return [];
}

/** The tenants of a member: as itself, or as a service account that it may act as. */
export function membersOf(view: CellView): (member: string) => readonly MemberOf[] {
  const accounts = new Map<string, Map<string, MemberOf>>();
  const learn = (email: string, member: MemberOf) => {
    const key = `serviceAccount:${email}`;
    const known = accounts.get(key) ?? new Map<string, MemberOf>();
    accounts.set(key, known);
    if (!known.has(member.tenant)) known.set(member.tenant, member);
  };
  for (const resource of view.ofType("gcp:serviceaccount/account:Account")) {
    const { tenant, outputs, inputs } = resource;
    const email = text(outputs.email) ?? emailOf(text(inputs.accountId), text(inputs.project));
    if (tenant !== undefined) learn(email, { tenant, name: `service account ${email}` });
  }
  const owners = accountOwners(view);
  for (const { inputs } of accountBindings(view)) {
    if (!actsAs.includes(text(inputs.role) ?? "")) continue;
    const email = (text(inputs.serviceAccountId) ?? "").split("/").at(-1) ?? "";
    const owner = owners.get(email) ?? theCell;
    // That one acts as another tenant is one path, and not one for each right of the account.
    for (const member of [...texts(inputs.member), ...texts(inputs.members)])
      for (const found of directly(view, member))
        if (owner === theCell || owner === found.tenant) learn(email, found);
  }
  const known = new Map<string, readonly MemberOf[]>();
  return (member) => {
    const cached = known.get(member);
    if (cached !== undefined) return cached;
    const found = [...directly(view, member), ...(accounts.get(member)?.values() ?? [])];
    known.set(member, found);
    return found;
  };
}

export function accountBindings(view: CellView) {
  return [
    ...view.ofType("gcp:serviceaccount/iAMMember:IAMMember"),
    ...view.ofType("gcp:serviceaccount/iAMBinding:IAMBinding"),
  ];
}

/** Who registered each service account, by email. */
export function accountOwners(view: CellView): ReadonlyMap<string, string> {
  return new Map(
    view.ofType("gcp:serviceaccount/account:Account").map((resource) => {
      const { inputs, outputs } = resource;
      const email = text(outputs.email) ?? emailOf(text(inputs.accountId), text(inputs.project));
      return [email, registrant(resource)];
    }),
  );
}

function emailOf(accountId = "", project = ""): string {
  return `${accountId}@${project}.iam.gserviceaccount.com`;
}

/** The tenants that act as a service account, for ACLs of Kafka: `*` is everybody. */
export function tenantsOfEmail(view: CellView): (email: string) => readonly string[] {
  const members = membersOf(view);
  return (email) =>
    email === "*"
      ? view.tenants
      : [...new Set(members(`serviceAccount:${email}`).map(({ tenant }) => tenant))];
}
