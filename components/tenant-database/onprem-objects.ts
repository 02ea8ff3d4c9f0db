/** The CloudNativePG objects of a tenant's database, and the job that sets rights in it. Release 1.30. Pure. */
import { createHash } from "node:crypto";
import { type PolicySpec, podsOf, tcp } from "../core/isolated-namespace.ts";
import { tenantsGroup } from "../database/onprem-objects.ts";
import { clusterLabel, podRoleLabel, postgresPort } from "../database/onprem-operated.ts";
import type { Declaration } from "./function/declaration.mjs";
import { accessStatements, contentStatements } from "./function/sql.mjs";
import { groupsOf, membershipsOf, objectName } from "./names.ts";

/** The annotation of objects whose status says whether PostgreSQL has them. */
export const untilApplied = { "pulumi.com/waitFor": "jsonpath={.status.applied}=true" } as const;

/** The secret with the certificate of a role, which CloudNativePG names after the DatabaseRole. */
export function certificateOf(role: string): string {
  return `${objectName(role)}-client-cert`;
}

/** `spec` of a DatabaseRole. */
export interface DatabaseRoleSpec {
  readonly cluster: { readonly name: string };
  readonly name: string;
  readonly [field: string]: unknown;
}

/** Connections of the owner, for the job: people and services sign in as users. */
const ofOwner = 2;

/** The group of the users of all tenants, which the rules of the cluster are for. */
export function tenantsGroupRole(cluster: string): DatabaseRoleSpec {
  return {
    cluster: { name: cluster },
    name: tenantsGroup,
    comment: "Users of tenants: each connects to the database of its group only",
    login: false,
    disablePassword: true,
    databaseRoleReclaimPolicy: "retain",
  };
}

/** The roles of a database by name: groups first, then users. No role has a password. */
export function rolesOf(
  { name, users }: Pick<Declaration, "name" | "users">,
  cluster: string,
  retain: boolean,
): Readonly<Record<string, DatabaseRoleSpec>> {
  const groups = groupsOf(name);
  const common = {
    cluster: { name: cluster },
    disablePassword: true,
    databaseRoleReclaimPolicy: retain ? "retain" : "delete",
  };
  const group = (role: string, comment: string) =>
    [role, { ...common, name: role, comment, login: false }] as const;
  const owner: DatabaseRoleSpec = {
    ...common,
    name: groups.own,
    comment: `Owns ${name}`,
    login: true,
    clientCertificate: { enabled: true },
    connectionLimit: ofOwner,
    inRoles: [tenantsGroup, groups.all],
  };
  return Object.fromEntries([
    group(groups.all, `Connect to ${name}`),
    group(groups.write, `Change rows of ${name}`),
    group(groups.read, `Read rows of ${name}`),
    [groups.own, owner],
    ...users.map(
      ({ name: user, may, connections }) =>
        [
          user,
          {
            ...common,
            name: user,
            comment: `${may} ${name}`,
            login: true,
            clientCertificate: { enabled: true },
            connectionLimit: connections,
            // Whoever may act as the owner has to say so, so that the owner owns all tables.
            inherit: may !== "own",
            inRoles: [tenantsGroup, ...membershipsOf(name, may)],
          },
        ] as const,
    ),
  ]);
}

/** `spec` of a Database. */
export function databaseSpec(
  { name, connections, extensions }: Declaration,
  cluster: string,
  retain: boolean,
) {
  return {
    cluster: { name: cluster },
    name,
    owner: groupsOf(name).own,
    connectionLimit: connections + ofOwner,
    extensions: extensions.map((extension) => ({ name: extension, ensure: "present" })),
    databaseReclaimPolicy: retain ? "retain" : "delete",
  };
}

/** What CloudNativePG does not set: who may connect, limits of time, and who may do what with tables. Run by the owner. */
export function rightsScript(declaration: Declaration): string {
  const ofGroups = { ...declaration, extensions: [] };
  return [...accessStatements(ofGroups, ofOwner), ...contentStatements(ofGroups)]
    .map((statement) => `${statement};\n`)
    .join("");
}

/** The name of the job: a changed script is another job. */
export function jobName(name: string, script: string): string {
  const hash = createHash("sha256").update(script).digest("hex").slice(0, 8);
  return `${objectName(name)}-rights-${hash}`;
}

/** `spec` of the Job, in the namespace of the cluster, whose policies allow it to connect. */
export function jobSpec(name: string, script: string, cluster: string, image: string) {
  const owner = groupsOf(name).own;
  const secret = (folder: string, secretName: string, items: readonly string[]) => ({
    volume: {
      name: folder,
      // libpq refuses a key that others can read.
      secret: {
        secretName,
        defaultMode: 0o440,
        items: items.map((key) => ({ key, path: key })),
      },
    },
    mount: { name: folder, mountPath: `/run/${folder}`, readOnly: true },
  });
  const certificate = secret("certificate", certificateOf(owner), ["tls.crt", "tls.key"]);
  // Without its key, which is in the same secret.
  const authority = secret("authority", `${cluster}-ca`, ["ca.crt"]);
  const env = {
    PGHOST: `${cluster}-rw`,
    PGPORT: String(postgresPort),
    PGDATABASE: name,
    PGUSER: owner,
    PGSSLMODE: "verify-full",
    PGSSLCERT: "/run/certificate/tls.crt",
    PGSSLKEY: "/run/certificate/tls.key",
    PGSSLROOTCERT: "/run/authority/ca.crt",
    PGCONNECT_TIMEOUT: "10",
  };
  return {
    // The role and its certificate can take a while.
    backoffLimit: 10,
    activeDeadlineSeconds: 900,
    template: {
      spec: {
        restartPolicy: "Never",
        automountServiceAccountToken: false,
        // The user `postgres` of CloudNativePG's images.
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 26,
          runAsGroup: 26,
          fsGroup: 26,
          seccompProfile: { type: "RuntimeDefault" },
        },
        containers: [
          {
            name: "psql",
            image,
            command: ["psql", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--command", script],
            env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
            resources: {
              requests: { cpu: "50m", memory: "64Mi" },
              limits: { memory: "128Mi" },
            },
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            volumeMounts: [certificate.mount, authority.mount],
          },
        ],
        volumes: [certificate.volume, authority.volume],
      },
    },
  };
}

/** Lets the tenant's pods connect to the instances of the cluster, beside the policies of its namespace. */
export function clientsPolicy(cluster: string, clients: readonly string[]): PolicySpec {
  return {
    podSelector: { matchLabels: { [clusterLabel]: cluster, [podRoleLabel]: "instance" } },
    policyTypes: ["Ingress"],
    ingress: [{ from: [podsOf(clients)], ports: tcp(postgresPort) }],
  };
}
