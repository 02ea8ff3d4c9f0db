import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { databaseGrant } from "../database/grant.ts";
import type { GcpRole } from "../section/grant.ts";
import type { TenantDatabaseAccess, TenantDatabases } from "./contract.ts";
import type { Declaration } from "./function/declaration.mjs";
import { accessStatements, contentStatements, groupStatements } from "./function/sql.mjs";
import { sqlAdministrators } from "./gcp-deployer.ts";
import { databaseGrants } from "./grants.ts";
import { groupsOf } from "./names.ts";
import { type GcpTenantDatabaseSpec, gcpTenantDatabaseSpec } from "./schema.ts";

export interface GcpTenantDatabasesArgs extends ComponentArgs {
  readonly spec: z.input<typeof gcpTenantDatabaseSpec>;
  readonly instance: {
    readonly name: pulumi.Input<string>;
    /** `<project>:<region>:<instance>` */
    readonly connectionName: pulumi.Input<string>;
    readonly host: pulumi.Input<string>;
  };
  /** Created before SQL can run. @default none */
  readonly after?: readonly pulumi.Resource[];
}

/** The database that every instance has. */
const maintenance = "postgres";

const port = 5432;

/**
 * The databases of a tenant on Cloud SQL, their groups, and the rights of these. Users are the service accounts of the tenant's services,
 * which its identities create as members of the groups.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantDatabases extends BlueprintComponent implements TenantDatabases {
  readonly cloud = "gcp";
  readonly spec: GcpTenantDatabaseSpec;
  readonly databases: TenantDatabases["databases"];
  /** The instance and `databaseRoles` of the user that a service signs in as: `web/storefront`. */
  readonly users: Readonly<
    Record<string, { readonly instance: pulumi.Output<string>; readonly databaseRoles: string[] }>
  >;
  readonly #args: GcpTenantDatabasesArgs;

  constructor(name: string, args: GcpTenantDatabasesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpTenantDatabaseSpec, args.spec, name);
    const { tenant, isolation } = spec;
    super("tenant-database", "GcpTenantDatabases", name, args, { tenant, isolation }, opts);
    this.spec = spec;
    this.#args = args;
    const made = Object.entries(spec.databases).map(
      ([key, declaration]) => [key, this.#database(key, declaration)] as const,
    );
    this.databases = Object.fromEntries(made.map(([key, { access }]) => [key, access]));
    const groups = made.map(([, { groups: script }]) => script.id);
    this.users = Object.fromEntries(
      databaseGrants(spec).map(({ service, groups: databaseRoles }) => [
        service,
        {
          // Known once the groups exist.
          instance: pulumi.all([args.instance.name, pulumi.all(groups)]).apply(([known]) => known),
          databaseRoles: [...databaseRoles],
        },
      ]),
    );
    this.registerOutputs({ databases: this.databases });
  }

  /** What the service account of a service needs to connect and to sign in. @param service `web/storefront` */
  roles(service: string): GcpRole[] {
    const { [service]: user } = this.users;
    if (user === undefined) return [];
    const { instance } = user;
    const grant = { kind: "database", name: "main", may: ["connect"] } as const;
    return databaseGrant.gcp.roles({ ...grant, may: [...grant.may] }, { instance }, this.spec);
  }

  #database(key: string, declaration: Declaration) {
    const { instance, after = [] } = this.#args;
    const { name, users } = declaration;
    const groups = this.#script(
      `${key}-groups`,
      maintenance,
      groupStatements(declaration),
      `Groups of ${name}`,
      after,
    );
    const database = new gcp.sql.Database(
      this.named(key),
      {
        project: this.spec.project,
        instance: instance.name,
        name,
        deletionPolicy: "DELETE",
      },
      this.stateful({ dependsOn: [...after] }),
    );
    // Users are members of groups, and have other names.
    const ofGroups = { ...declaration, users: [] };
    const rights = this.#script(
      `${key}-rights`,
      name,
      [...accessStatements(ofGroups), ...contentStatements(ofGroups)],
      `Rights in ${name}`,
      [database, groups],
    );
    const { services, storage } = this.spec;
    const access: TenantDatabaseAccess = {
      // Known once rights are set.
      host: pulumi.all([instance.host, rights.id]).apply(([host]) => host),
      port,
      database: name,
      connectionName: instance.connectionName,
      storage,
      users: Object.fromEntries(
        users.map(({ name: user, may }) => [
          user,
          {
            service: services[key]?.[user] ?? "",
            may,
            ...(may === "own" ? { role: groupsOf(name).own } : {}),
            signIn: "google-iam" as const,
          },
        ]),
      ),
    };
    return { access, groups };
  }

  /** SQL that the API runs as the identity that runs the stack. A changed script runs again. */
  #script(
    key: string,
    database: string,
    statements: readonly string[],
    description: string,
    after: readonly pulumi.Resource[],
  ): gcp.sql.ProvisionScript {
    // Attributes of roles are not inherited: roles are created by acting as the one that may.
    const all = [`SET ROLE ${sqlAdministrators}`, ...statements];
    return new gcp.sql.ProvisionScript(
      this.named(key),
      {
        project: this.spec.project,
        instance: this.#args.instance.name,
        database,
        description,
        script: all.map((statement) => `${statement};\n`).join(""),
      },
      this.child({ dependsOn: [...after] }),
    );
  }
}
