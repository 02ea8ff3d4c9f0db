import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { joined, type Statement } from "../core/iam.ts";
import { parseSpec } from "../core/spec.ts";
import { postgresPort } from "../database/aws-access.ts";
import type { AwsDatabaseReference } from "../database/grant.ts";
import type { TenantDatabaseAccess, TenantDatabases } from "./contract.ts";
import type { Declaration } from "./function/declaration.mjs";
import { databaseOf } from "./function/sql.mjs";
import { databaseGrants } from "./grants.ts";
import { type AwsTenantDatabaseSpec, awsTenantDatabaseSpec } from "./schema.ts";

export interface AwsTenantDatabasesArgs extends ComponentArgs {
  readonly spec: z.input<typeof awsTenantDatabaseSpec>;
  /** The name of the cell's function. Plain, so that a preview never plans to replace what it made. */
  readonly functionName: string;
  readonly server: {
    /** Host of the writer, which the function connects to. */
    readonly writer: pulumi.Input<string>;
    /** Host for clients: the proxy where there is one. */
    readonly endpoint: pulumi.Input<string>;
  };
  /** What IAM knows the cluster and its proxy as. */
  readonly reference: AwsDatabaseReference;
  /** Created before SQL can run. @default none */
  readonly after?: readonly pulumi.Resource[];
}

/**
 * The databases of a tenant on Aurora. The cell's function makes each, changes it, and drops it when it is removed. Users sign in with
 * IAM; there are no passwords.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsTenantDatabases extends BlueprintComponent implements TenantDatabases {
  readonly cloud = "aws";
  readonly spec: AwsTenantDatabaseSpec;
  readonly databases: TenantDatabases["databases"];
  readonly #reference: AwsDatabaseReference;

  constructor(name: string, args: AwsTenantDatabasesArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsTenantDatabaseSpec, args.spec, name);
    const { tenant, isolation } = spec;
    super("tenant-database", "AwsTenantDatabases", name, args, { tenant, isolation }, opts);
    this.spec = spec;
    this.#reference = args.reference;
    this.databases = Object.fromEntries(
      Object.entries(spec.databases).map(([key, declaration]) => [
        key,
        this.#database(key, declaration, args),
      ]),
    );
    this.registerOutputs({ databases: this.databases });
  }

  /** What the role of a service needs to sign in as its users. @param service `web/storefront` */
  statements(service: string): Statement[] {
    const { region, account } = this.spec;
    const users = databaseGrants(this.spec).find((grant) => grant.service === service)?.users ?? [];
    if (users.length === 0) return [];
    const { resourceId, clusterResourceId } = this.#reference;
    const arns = [resourceId, clusterResourceId].flatMap((id) =>
      id === undefined
        ? []
        : users.map((user) =>
            joined(`arn:aws:rds-db:${region}:${account}:dbuser:`, id, `/${user}`),
          ),
    );
    return [{ sid: "Databases", actions: "rds-db:connect", resources: arns }];
  }

  #database(
    key: string,
    declaration: Declaration,
    { functionName, server, after = [] }: AwsTenantDatabasesArgs,
  ): TenantDatabaseAccess {
    const { mode, name, users } = declaration;
    const { services, storage } = this.spec;
    const made = new aws.lambda.Invocation(
      this.named(key),
      {
        functionName,
        input: pulumi.jsonStringify({
          server: { host: server.writer, port: postgresPort },
          // The function refuses to drop a retained database, whoever calls it.
          retain: this.retain,
          declaration,
        }),
        lifecycleScope: "CRUD",
      },
      this.stateful({ dependsOn: [...after] }),
    );
    return {
      // Known once the database exists.
      host: pulumi.all([server.endpoint, made.result]).apply(([host]) => host),
      port: postgresPort,
      database: databaseOf(declaration),
      ...(mode === "schema" ? { schema: name } : {}),
      storage,
      users: Object.fromEntries(
        users.map(({ name: user, may }) => [
          user,
          { name: user, service: services[key]?.[user] ?? "", may, signIn: "aws-iam" as const },
        ]),
      ),
    };
  }
}
