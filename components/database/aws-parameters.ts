import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { PostgresMajor } from "./versions.ts";

export interface AwsDatabaseParametersArgs extends ComponentArgs {
  /** Name of the database, part of the names of the groups. */
  readonly database: string;
  readonly version: PostgresMajor;
  /** Whether connectors may read changes from the write-ahead log. */
  readonly logicalReplication: boolean;
}

/** The parameter groups. Their names contain the major version, so that an upgrade creates new ones beside the old. */
export class AwsDatabaseParameters extends BlueprintComponent {
  /** Name of the group of the whole cluster. */
  readonly clusterGroup: pulumi.Output<string>;
  /** Name of the group of each instance. */
  readonly instanceGroup: pulumi.Output<string>;

  constructor(
    name: string,
    args: AwsDatabaseParametersArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("database", "AwsDatabaseParameters", name, args, {}, opts);
    const { database, ownership, version } = args;
    const shared = {
      name: nameIn(ownership, "rds-group", database, version),
      family: `aurora-postgresql${version}`,
    };
    const cluster = new aws.rds.ClusterParameterGroup(
      this.named(`cluster-${version}`),
      {
        ...shared,
        description: `TLS and audit of PostgreSQL ${version}`,
        parameters: clusterParameters(args),
      },
      this.child(),
    );
    const instance = new aws.rds.ParameterGroup(
      this.named(`instance-${version}`),
      {
        ...shared,
        description: `Logs of instances of PostgreSQL ${version}`,
        parameters: [...instanceParameters],
      },
      this.child(),
    );
    this.clusterGroup = cluster.name;
    this.instanceGroup = instance.name;
    this.registerOutputs({});
  }
}

interface Parameter {
  readonly name: string;
  readonly value: string;
  /** Static parameters change only with a reboot, and RDS rejects `immediate` for them. */
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** For the whole cluster: required TLS, and an audit trail. */
function clusterParameters({
  version,
  logicalReplication,
}: AwsDatabaseParametersArgs): Parameter[] {
  return [
    { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
    { name: "ssl_min_protocol_version", value: "TLSv1.2", applyMethod: "immediate" },
    {
      name: "shared_preload_libraries",
      value: "pg_stat_statements,pgaudit",
      applyMethod: "pending-reboot",
    },
    // Audits changes of schema and of permissions. Reads and writes need the extension's object audit logging, by grants to a
    // role.
    { name: "pgaudit.log", value: "ddl,role", applyMethod: "immediate" },
    { name: "log_disconnections", value: "1", applyMethod: "immediate" },
    // Since version 18 it is a list and no longer a boolean.
    ...(Number(version) < 18
      ? [{ name: "log_connections", value: "1", applyMethod: "immediate" } as const]
      : []),
    ...(logicalReplication
      ? [{ name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" } as const]
      : []),
  ];
}

/** For each instance: logging of slow and blocked statements. Times in milliseconds, sizes in kB. */
const instanceParameters: readonly Parameter[] = [
  { name: "log_lock_waits", value: "1", applyMethod: "immediate" },
  { name: "log_min_duration_statement", value: "1000", applyMethod: "immediate" },
  { name: "log_temp_files", value: "10240", applyMethod: "immediate" },
];
