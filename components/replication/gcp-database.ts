import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { tagsOf } from "../core/tags.ts";
import { distantReplicaArgs } from "../database/gcp-args.ts";
import { GcpDatabaseEndpoint } from "../database/gcp-endpoint.ts";
import type { GcpDatabaseSpec } from "../database/schema.ts";
import { cloudSqlNames } from "./names.ts";

export interface GcpDatabaseCopyArgs extends ComponentArgs {
  /** The spec of the source database. */
  readonly spec: GcpDatabaseSpec;
  /** Name of the primary instance. */
  readonly primary: pulumi.Input<string>;
  /** The target cell. */
  readonly there: {
    readonly region: string;
    readonly networkId: pulumi.Input<string>;
    readonly subnetworkId: pulumi.Input<string>;
    /** A key in its region, which Cloud SQL already uses for the cell's own database. */
    readonly keyName: pulumi.Input<string>;
  };
}

/**
 * A replica of a database in two zones of another region, encrypted with a key of that region and with an address in the target
 * cell's network. It serves reads, and takes over in a switchover or failover. The former primary then replicates from it.
 *
 * @example
 * new GcpDatabaseCopy("database-copy", { spec, primary, there, ownership });
 */
export class GcpDatabaseCopy extends BlueprintComponent {
  /** Host for writes after a failover. */
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
          // Storage grows automatically, and a return to the initial size would replace the instance.
          "settings.diskSize",
          "databaseVersion",
          // A failover changes it.
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
