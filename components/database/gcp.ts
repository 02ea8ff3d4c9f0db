import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { tagsOf } from "../core/tags.ts";
import { wantedMajor } from "./base-schema.ts";
import { gcpCapacities } from "./capacity.ts";
import type { DatabaseContract } from "./contract.ts";
import { primaryArgs, replicaArgs } from "./gcp-args.ts";
import { GcpDatabaseEndpoint } from "./gcp-endpoint.ts";
import { type Recovery, recoveryOf } from "./recovery.ts";
import { type GcpDatabaseSpec, gcpDatabaseSpec } from "./schema.ts";
import type { PostgresMajor } from "./versions.ts";

export interface GcpDatabaseArgs extends ComponentArgs {
  /** `database` of the cell's manifest with cloud, project and region. */
  readonly spec: z.input<typeof gcpDatabaseSpec>;
  readonly network: {
    /** `projects/<project>/global/networks/<name>` */
    readonly networkId: pulumi.Input<string>;
    /** The subnetwork of the endpoints' addresses. */
    readonly subnetworkId: pulumi.Input<string>;
  };
  /** Resource name of a key in the database's region that Cloud SQL's agent may use: encrypts disks and backups. */
  readonly keys: { readonly data: pulumi.Input<string> };
}

/**
 * PostgreSQL on Cloud SQL: a primary with a standby in another zone, and an endpoint in the cell's network. There is no public
 * address and no password; users are IAM principals.
 *
 * @example
 * const database = new GcpDatabase("database", { spec, ownership, network, keys: { data } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpDatabase extends BlueprintComponent implements DatabaseContract {
  readonly cloud = "gcp";
  readonly spec: GcpDatabaseSpec;
  readonly version: PostgresMajor;
  readonly databaseName: string;
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string> | undefined;
  readonly port = 5432;
  readonly maxConnections: number;
  readonly recovery: Recovery;
  readonly instanceName: pulumi.Output<string>;
  /** `<project>:<region>:<instance>`, for Cloud SQL connectors and the Auth Proxy. */
  readonly connectionName: pulumi.Output<string>;
  readonly forTenants: DatabaseContract["forTenants"];
  readonly #args: GcpDatabaseArgs;

  constructor(name: string, args: GcpDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpDatabaseSpec, args.spec, `database "${name}"`);
    super("database", "GcpDatabase", name, args, { spec }, opts);
    this.#args = args;
    this.spec = spec;
    this.version = wantedMajor(spec);
    this.databaseName = spec.databaseName;
    this.maxConnections = gcpCapacities[spec.size].maxConnections;
    this.recovery = recoveryOf("gcp", spec.backups.retentionDays);

    const primary = this.#instance();
    new gcp.sql.Database(
      this.named("first"),
      {
        project: spec.project,
        instance: primary.name,
        name: spec.databaseName,
        // It is deleted with its instance; PostgreSQL would not drop it while clients are connected.
        deletionPolicy: "ABANDON",
      },
      this.stateful(),
    );
    const replicas = Array.from({ length: spec.readReplicas }, (_, index) =>
      this.#endpoint(this.#instance({ key: String(index + 1), primary }), String(index + 1)),
    );

    this.endpoint = this.#endpoint(primary).host;
    this.readerEndpoint = replicas[0]?.host;
    this.instanceName = primary.name;
    this.connectionName = primary.connectionName;
    this.forTenants = {
      instance: this.instanceName,
      connectionName: this.connectionName,
      networkId: args.network.networkId,
      subnetworkId: args.network.subnetworkId,
    };
    this.registerOutputs({
      endpoint: this.endpoint,
      databaseName: this.databaseName,
      connectionName: this.connectionName,
      maxConnections: this.maxConnections,
      recovery: this.recovery,
    });
  }

  /** The primary, or a replica of it. */
  #instance(replica?: {
    key: string;
    primary: gcp.sql.DatabaseInstance;
  }): gcp.sql.DatabaseInstance {
    const { spec } = this;
    const parts = {
      spec,
      name: this.#physicalName(replica?.key),
      key: this.#args.keys.data,
      // A replica has no data of its own.
      deletionProtection: this.retain && replica === undefined,
      labels: tagsOf(this.#args.ownership, "database"),
    };
    const options = {
      ignoreChanges: [
        // The disk grows automatically, and going back to the initial size would replace the instance.
        "settings.diskSize",
        // Google upgrades in place when the version changes, which requires an approved upgrade.
        ...(spec.upgrade === undefined ? ["databaseVersion"] : []),
      ],
    };
    return replica === undefined
      ? new gcp.sql.DatabaseInstance(this.named(), primaryArgs(parts), this.stateful(options))
      : new gcp.sql.DatabaseInstance(
          this.named(`replica-${replica.key}`),
          replicaArgs(parts, replica.primary.name),
          this.child(options),
        );
  }

  #endpoint(instance: gcp.sql.DatabaseInstance, replica?: string): GcpDatabaseEndpoint {
    const { ownership, network } = this.#args;
    const { project, region } = this.spec;
    return new GcpDatabaseEndpoint(
      this.named(replica === undefined ? "endpoint" : `endpoint-${replica}`),
      {
        ownership,
        retain: this.retain,
        project,
        region,
        instanceName: this.#physicalName(replica),
        instance,
        ...network,
      },
      this.child(),
    );
  }

  #physicalName(replica: string | undefined): string {
    const { generation } = this.spec;
    const parts = [
      ...(generation === 1 ? [] : [String(generation)]),
      ...(replica === undefined ? [] : ["replica", replica]),
    ];
    return nameIn(this.#args.ownership, "cloud-sql-instance", this.named(), ...parts);
  }
}
