import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { tagsOf } from "../core/tags.ts";
import { distantReplicaArgs } from "../database/gcp-args.ts";
import { GcpDatabaseEndpoint } from "../database/gcp-endpoint.ts";
import type { GcpDatabaseSpec } from "../database/schema.ts";
import { cloudSqlNames } from "./names.ts";

export interface GcpDatabaseCopyArgs extends ComponentArgs {
  /** Of the database that is copied. */
  readonly spec: GcpDatabaseSpec;
  /** Name of its primary. */
  readonly primary: pulumi.Input<string>;
  /** The other cell. */
  readonly there: {
    readonly region: string;
    readonly networkId: pulumi.Input<string>;
    readonly subnetworkId: pulumi.Input<string>;
    /** A key of its region, which Cloud SQL may use there already for the cell's own database. */
    readonly keyName: pulumi.Input<string>;
  };
}

/**
 * A database's replica in another region, in two of its zones, under a key of that region and at an address of the other cell's
 * network. It serves reads, and takes over by a switchover or a failover, after which the first one follows it.
 *
 * @example
 * new GcpDatabaseCopy("database-copy", { spec, primary, there, ownership });
 */
export class GcpDatabaseCopy extends BlueprintComponent {
  /** Host that takes writes after a failover. */
  readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: GcpDatabaseCopyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("replication", "GcpDatabaseCopy", name, args, {}, opts);
    const { ownership, there, primary } = args;
    const spec = { ...args.spec, region: there.region };
    const instanceName = cloudSqlNames(ownership, spec.generation).replica;
    const wanted = distantReplicaArgs(
      {
        spec,
        name: instanceName,
        key: there.keyName,
        deletionProtection: this.retain,
        labels: tagsOf(ownership, "replication"),
      },
      primary,
    );
    const replica = new gcp.sql.DatabaseInstance(
      this.named(),
      wanted,
      this.stateful({
        ignoreChanges: [
          // It grows by itself, and the size it began with would replace the instance.
          "settings.diskSize",
          "databaseVersion",
          // After a failover it follows nobody, or the first one follows it.
          "masterInstanceName",
        ],
      }),
    );
    const { host } = new GcpDatabaseEndpoint(
      this.named("endpoint"),
      {
        ownership,
        retain: this.retain,
        project: spec.project,
        region: there.region,
        instanceName,
        instance: replica,
        networkId: there.networkId,
        subnetworkId: there.subnetworkId,
      },
      this.child(),
    );
    this.endpoint = host;
    this.registerOutputs({ endpoint: this.endpoint });
  }
}
