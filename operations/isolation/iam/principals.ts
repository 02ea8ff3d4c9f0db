/** The IAM roles that tenants can use, with the session that each gets. Pure. */
import { matches } from "../glob.ts";
import { type IsolationResource, theCell } from "../model.ts";
import { at, list, record, text, texts } from "../plain.ts";
import { type CellView, registrant } from "../view.ts";
import { areMet, type Session, type Statement, statementsOf } from "./statements.ts";

export interface AwsRole {
  readonly name: string;
  readonly arn: string;
  /** The tenant that registered it, or the cell. */
  readonly owner: string;
  readonly trust: readonly Statement[];
  readonly statements: readonly Statement[];
  readonly resource: IsolationResource;
}

/** A tenant as a role. */
export interface AwsPrincipal {
  readonly tenant: string;
  /** Who it is for people: `service account tenant-acme-web/storefront`. */
  readonly name: string;
  readonly role: AwsRole;
  readonly session: Session;
}

const noTags = ["aws:principaltag/", "aws:requesttag/"];

export function rolesOf(view: CellView): AwsRole[] {
  const documents = new Map<string, unknown[]>();
  const grant = (role: unknown, document: unknown) => {
    const key = nameOf(role);
    documents.set(key, [...(documents.get(key) ?? []), document]);
  };
  const policies = new Map(
    view
      .ofType("aws:iam/policy:Policy")
      .map(({ inputs, outputs }) => [text(outputs.arn) ?? text(inputs.arn) ?? "", inputs.policy]),
  );
  const byArn = (arn: unknown) => policies.get(text(arn) ?? "") ?? managed(text(arn) ?? "");
  for (const { inputs } of view.ofType("aws:iam/rolePolicy:RolePolicy"))
    grant(inputs.role, inputs.policy);
  for (const type of [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
  ])
    for (const { inputs } of view.ofType(type))
      for (const role of [...texts(inputs.role), ...texts(inputs.roles)])
        grant(role, byArn(inputs.policyArn));
  return view.ofType("aws:iam/role:Role").map((resource) => {
    const { inputs, outputs } = resource;
    const name = text(inputs.name) ?? text(outputs.name) ?? resource.name;
    for (const arn of texts(inputs.managedPolicyArns)) grant(name, byArn(arn));
    for (const inline of list(inputs.inlinePolicies)) grant(name, record(inline).policy);
    return {
      name,
      arn: text(outputs.arn) ?? `arn:aws:iam::*:role/${name}`,
      owner: registrant(resource),
      trust: statementsOf(inputs.assumeRolePolicy),
      statements: (documents.get(name) ?? []).flatMap(statementsOf),
      resource,
    };
  });
}

/** A role by its name, its id or its ARN. */
function nameOf(role: unknown): string {
  return (text(role) ?? "").split("/").at(-1) ?? "";
}

/** AWS's own policies whose name says that they grant everything of a service; others are for nodes and operators. */
function managed(arn: string): unknown {
  const name = arn.split("/").at(-1) ?? "";
  const [, service] = /^Amazon([A-Za-z0-9]+?)(?:Full|ReadOnly)Access$/.exec(name) ?? [];
  const whole = /^(AdministratorAccess|PowerUserAccess|ReadOnlyAccess|SecretsManagerReadWrite)$/;
  const prefix: Readonly<Record<string, string>> = { S3: "s3", SQS: "sqs", SNS: "sns", RDS: "rds" };
  if (!whole.test(name) && (service === undefined || prefix[service] === undefined)) return {};
  const Action = service === undefined ? "*" : `${prefix[service]}:*`;
  return { Statement: [{ Effect: "Allow", Action, Resource: "*" }] };
}

/** Tenants as the roles that EKS Pod Identity and the cluster's OIDC provider give to their pods, and as roles of their own stacks. */
export function principalsOf(view: CellView, roles: readonly AwsRole[]): AwsPrincipal[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const found = [...ofPods(view, byName), ...ofTokens(view, roles), ...ofStores(view, byName)];
  const used = new Set(found.map(({ tenant, role }) => `${tenant} ${role.name}`));
  const own = roles
    .filter(({ owner, name }) => owner !== theCell && !used.has(`${owner} ${name}`))
    .filter(({ trust }) => !trust.every(isForServices))
    .map((role) => ({
      tenant: role.owner,
      name: `role ${role.name}`,
      role,
      session: sessionOf(role, []),
    }));
  return [...found, ...own];
}

/** Whether a role is the tenant's to use. That one acts as another tenant is one path, and not one for each of the role's rights. */
export function isOwn({ tenant, role }: AwsPrincipal): boolean {
  return role.owner === tenant || role.owner === theCell;
}

/** Services of AWS act with these roles, and no pod does. */
function isForServices({ principals }: Statement): boolean {
  return principals.every(
    (name) => name.startsWith("Service ") && name !== "Service pods.eks.amazonaws.com",
  );
}

function ofPods(view: CellView, roles: ReadonlyMap<string, AwsRole>): AwsPrincipal[] {
  return view
    .ofType("aws:eks/podIdentityAssociation:PodIdentityAssociation")
    .flatMap((resource): AwsPrincipal[] => {
      const { namespace, serviceAccount, roleArn, clusterName, disableSessionTags } =
        resource.inputs;
      const owner = view.ownerOfAccount(text(namespace) ?? "", text(serviceAccount) ?? "");
      // A tenant's stack can have an account for it in a namespace of the cell, such as that of an operator.
      const tenant = owner === theCell ? registrant(resource) : owner;
      const role = roles.get(nameOf(roleArn));
      if (tenant === theCell || role === undefined) return [];
      const tags: readonly (readonly [string, unknown])[] = [
        ["kubernetes-namespace", namespace],
        ["kubernetes-service-account", serviceAccount],
        ["eks-cluster-name", clusterName],
      ];
      const session = sessionOf(role, disableSessionTags === true ? [] : tags);
      // A role that requires other tags is of no use to the pods.
      const trusted = role.trust.some(
        (statement) =>
          statement.effect === "Allow" &&
          statement.principals.includes("Service pods.eks.amazonaws.com") &&
          areMet(statement.conditions, session) !== false,
      );
      if (!trusted) return [];
      const name = `service account ${String(namespace)}/${String(serviceAccount)}`;
      return [{ tenant, name, role, session }];
    });
}

/** Stores of External Secrets that assume a role, with the tags that they set. */
function ofStores(view: CellView, roles: ReadonlyMap<string, AwsRole>): AwsPrincipal[] {
  return ["ClusterSecretStore", "SecretStore"].flatMap((kind) =>
    view.objects(kind).flatMap(({ name, inputs, resource }): AwsPrincipal[] => {
      const { role: arn, sessionTags } = record(at(inputs, "spec", "provider", "aws"));
      const role = roles.get(nameOf(arn));
      const { tenant } = resource;
      if (tenant === undefined || role === undefined) return [];
      const tags = list(sessionTags)
        .map(record)
        .map(({ key, value }) => [text(key) ?? "", value] as const);
      const session = sessionOf(role, tags);
      const trusted = role.trust.some(
        ({ effect, conditions }) => effect === "Allow" && areMet(conditions, session) !== false,
      );
      return trusted ? [{ tenant, name: `${kind} ${name}`, role, session }] : [];
    }),
  );
}

/** Tokens of service accounts: the roles that trust their subject. */
function ofTokens(view: CellView, roles: readonly AwsRole[]): AwsPrincipal[] {
  return roles.flatMap((role) =>
    tenantsOfTokens(view, role).map(([tenant, name]) => ({
      tenant,
      name,
      role,
      session: sessionOf(role, []),
    })),
  );
}

const accountSubject = "system:serviceaccount:";

/** The tenants whose tokens a role trusts: each with the subject. */
export function tenantsOfTokens(view: CellView, { trust }: AwsRole): [string, string][] {
  return trust.flatMap((statement) => {
    const federated = statement.principals.some((name) => name.startsWith("Federated "));
    if (statement.effect !== "Allow" || !federated) return [];
    const patterns = statement.conditions
      .filter(({ key }) => key.endsWith(":sub"))
      .flatMap(({ values }) => values);
    return patterns
      .filter((pattern) => pattern.startsWith(accountSubject) || pattern === "*")
      .flatMap((pattern) => {
        const [, , namespace = "*"] = pattern.split(":");
        const exact = view.namespace(namespace);
        const met = exact
          ? [exact]
          : view.namespaces.filter(({ name }) => matches(namespace, name));
        return met.flatMap(({ tenant, name }): [string, string][] =>
          tenant === undefined ? [] : [[tenant, `service accounts of ${name}`]],
        );
      });
  });
}

function sessionOf(role: AwsRole, tags: readonly (readonly [string, unknown])[]): Session {
  const known = new Map<string, string>([["aws:principalarn", role.arn]]);
  const account = role.arn.split(":")[4];
  if (account !== undefined && account !== "*") known.set("aws:principalaccount", account);
  // A role has its own tags besides those of the session.
  for (const [key, value] of Object.entries(record(at(role.resource.inputs, "tags"))))
    known.set(`aws:principaltag/${key.toLowerCase()}`, String(value));
  for (const [key, value] of tags) {
    known.set(`aws:principaltag/${key.toLowerCase()}`, String(value));
    known.set(`aws:requesttag/${key.toLowerCase()}`, String(value));
  }
  return { known, absent: noTags };
}
