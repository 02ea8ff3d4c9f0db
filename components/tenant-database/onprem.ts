import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { readyTimeouts } from "../core/until-ready.ts";
import { cnpg } from "../database/onprem-objects.ts";
import { postgresPort } from "../database/onprem-operated.ts";
import { namespaceOf, tenantObject } from "../tenant-namespaces/names.ts";
import type { TenantDatabaseAccess, TenantDatabases } from "./contract.ts";
import type { Declaration } from "./function/declaration.mjs";
import { groupsOf, objectName } from "./names.ts";
import {
  certificateOf,
  clientsPolicy,
  databaseSpec,
  jobName,
  jobSpec,
  rightsScript,
  rolesOf,
  untilApplied,
} from "./onprem-objects.ts";
import { type OnpremTenantDatabaseSpec, onpremTenantDatabaseSpec } from "./schema.ts";

export interface OnpremTenantDatabasesArgs extends ComponentArgs {
  readonly spec: z.input<typeof onpremTenantDatabaseSpec>;
  readonly cluster: { readonly provider: kubernetes.Provider };
  readonly postgres: {
    /** The name of the Cluster. */
    readonly cluster: pulumi.Input<string>;
    /** Host of the primary: certificates do not pass a pooler. */
    readonly host: pulumi.Input<string>;
  };
  /** Created before roles. @default none */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * The databases of a tenant with CloudNativePG: roles with client certificates, a database, and a job that sets rights. The tenant's
 * service accounts may read the certificates of their users.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremTenantDatabases extends BlueprintComponent implements TenantDatabases {
  readonly cloud = "onprem";
  readonly spec: OnpremTenantDatabaseSpec;
  readonly databases: TenantDatabases["databases"];
  readonly #args: OnpremTenantDatabasesArgs;
  readonly #cluster: pulumi.Output<string>;

  constructor(
    name: string,
    args: OnpremTenantDatabasesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const spec = parseSpec(onpremTenantDatabaseSpec, args.spec, name);
    const { tenant, isolation } = spec;
    super("tenant-database", "OnpremTenantDatabases", name, args, { tenant, isolation }, opts);
    this.spec = spec;
    this.#args = args;
    this.#cluster = pulumi.output(args.postgres.cluster);
    // The policies of a tenant's own cluster already allow its namespaces.
    if (spec.cluster === undefined && !spec.suspended) this.#clients();
    this.databases = Object.fromEntries(
      Object.entries(spec.databases).map(([key, declaration]) => [
        key,
        this.#database(key, declaration),
      ]),
    );
    this.registerOutputs({ databases: this.databases });
  }

  #clients(): void {
    const { tenant, clients, namespace } = this.spec;
    new kubernetes.networking.v1.NetworkPolicy(
      this.named("clients"),
      {
        metadata: { name: tenantObject(tenant), namespace },
        spec: this.#cluster.apply((cluster) => clientsPolicy(cluster, clients)),
      },
      this.#options(),
    );
  }

  #database(key: string, declaration: Declaration): TenantDatabaseAccess {
    const { name, users } = declaration;
    const { services, storage, namespace } = this.spec;
    const roles = Object.keys(rolesOf(declaration, "", false));
    const groups = Object.values(groupsOf(name));
    const made: Record<string, pulumi.Resource> = {};
    for (const role of roles) {
      // The owner is a member of the group of users, and users are members of all others.
      const first = roles.filter((other) => groups.includes(other) && isBefore(other, role, name));
      made[role] = this.#role(
        key,
        role,
        declaration,
        first.flatMap((each) => made[each] ?? []),
      );
    }
    const database = this.#object(
      key,
      "Database",
      objectName(name),
      this.#cluster.apply((cluster) => databaseSpec(declaration, cluster, this.retain)),
      this.stateful({ ...this.#options(Object.values(made)), customTimeouts: readyTimeouts }),
    );
    const job = this.#rights(key, declaration, database);
    for (const { name: user } of users) this.#certificate(key, user, services[key]?.[user] ?? "");
    return {
      // Known once rights are set.
      host: pulumi.all([this.#args.postgres.host, job.id]).apply(([host]) => host),
      port: postgresPort,
      database: name,
      namespace,
      storage,
      users: Object.fromEntries(
        users.map(({ name: user, may }) => [
          user,
          {
            name: user,
            service: services[key]?.[user] ?? "",
            may,
            ...(may === "own" ? { role: groupsOf(name).own } : {}),
            signIn: "certificate" as const,
            secret: certificateOf(user),
          },
        ]),
      ),
    };
  }

  #role(key: string, role: string, declaration: Declaration, after: readonly pulumi.Resource[]) {
    const suffix = role === declaration.name ? "users" : role.slice(declaration.name.length + 1);
    return this.#object(
      `${key}-${suffix.replaceAll("_", "-")}-role`,
      "DatabaseRole",
      objectName(role),
      this.#cluster.apply((cluster) => {
        const { [role]: spec } = rolesOf(declaration, cluster, this.retain);
        return spec ?? {};
      }),
      this.child(this.#options(after)),
    );
  }

  #rights(key: string, declaration: Declaration, database: pulumi.Resource) {
    const { namespace, image } = this.spec;
    const { name } = declaration;
    const script = rightsScript(declaration);
    return new kubernetes.batch.v1.Job(
      this.named(`${key}-rights`),
      {
        metadata: { name: jobName(name, script), namespace },
        spec: this.#cluster.apply((cluster) => jobSpec(name, script, cluster, image)),
      },
      this.#options([database]),
    );
  }

  /** Lets the service's account read the certificate of its user, and nothing else of the namespace. */
  #certificate(key: string, user: string, service: string): void {
    const { namespace, tenant } = this.spec;
    const [space = "", account = ""] = service.split("/");
    const name = objectName(user);
    const metadata = { name, namespace };
    const apiGroup = "rbac.authorization.k8s.io";
    const local = user.slice(`${this.spec.databases[key]?.name ?? ""}_`.length);
    const child = `${key}-${local.replaceAll("_", "-")}-certificate`;
    const role = new kubernetes.rbac.v1.Role(
      this.named(child),
      {
        metadata,
        rules: [
          {
            apiGroups: [""],
            resources: ["secrets"],
            resourceNames: [certificateOf(user)],
            verbs: ["get"],
          },
        ],
      },
      this.#options(),
    );
    new kubernetes.rbac.v1.RoleBinding(
      this.named(`${child}-binding`),
      {
        metadata,
        roleRef: { apiGroup, kind: "Role", name: role.metadata.name },
        subjects: [
          { kind: "ServiceAccount", name: account, namespace: namespaceOf(tenant, space) },
        ],
      },
      this.#options(),
    );
  }

  #object(
    key: string,
    kind: string,
    name: string,
    spec: pulumi.Input<object>,
    options: pulumi.CustomResourceOptions,
  ): kubernetes.apiextensions.CustomResource {
    const metadata = { name, namespace: this.spec.namespace, annotations: { ...untilApplied } };
    return new kubernetes.apiextensions.CustomResource(
      this.named(key),
      { apiVersion: cnpg, kind, metadata, spec },
      options,
    );
  }

  #options(after: readonly pulumi.Resource[] = []): pulumi.CustomResourceOptions {
    const { cluster, after: first = [] } = this.#args;
    return this.child({ provider: cluster.provider, dependsOn: [...first, ...after] });
  }
}

/** Whether a group is made before a role: groups before their members. */
function isBefore(group: string, role: string, name: string): boolean {
  const groups = groupsOf(name);
  if (group === role) return false;
  const isGroup = [groups.all, groups.write, groups.read].includes(role);
  if (isGroup) return false;
  return role === groups.own ? group === groups.all : true;
}
