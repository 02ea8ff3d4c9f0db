import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { Weekday } from "../core/schedule.ts";
import { parseSpec } from "../core/spec.ts";
import { googleDuration } from "../core/units.ts";
import { snapshotHour } from "./base-schema.ts";
import { gcpCapacities } from "./capacity.ts";
import type { CacheContract } from "./contract.ts";
import { addressOf, certificatesOf } from "./gcp-endpoints.ts";
import { type GcpCacheSpec, gcpCacheSpec } from "./schema.ts";
import { gcpVersions } from "./versions.ts";

export interface GcpCacheArgs extends ComponentArgs {
  /** `cache` of the cell's manifest with cloud, project and region. */
  readonly spec: z.input<typeof gcpCacheSpec>;
  readonly network: {
    /** `projects/<project>/global/networks/<name>` */
    readonly networkId: pulumi.Input<string>;
    /** The subnetwork of the endpoints' addresses. */
    readonly subnetworkId: pulumi.Input<string>;
  };
  /** Resource name of a key in the cache's region that Memorystore's agent may use: encrypts snapshots and backups. */
  readonly keys: { readonly data: pulumi.Input<string> };
}

const days: Readonly<Record<Weekday, string>> = {
  mon: "MONDAY",
  tue: "TUESDAY",
  wed: "WEDNESDAY",
  thu: "THURSDAY",
  fri: "FRIDAY",
  sat: "SATURDAY",
  sun: "SUNDAY",
};

/**
 * Valkey on Memorystore: each shard in several zones, with endpoints in the cell's network. TLS is required, users are IAM
 * principals with `roles/memorystore.dbConnectionUser`.
 *
 * @example
 * const cache = new GcpCache("cache", { spec, ownership, network, keys: { data } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpCache extends BlueprintComponent implements CacheContract {
  readonly cloud = "gcp";
  readonly spec: GcpCacheSpec;
  readonly endpoint: pulumi.Output<string>;
  /** Host that distributes reads over the replicas of one shard; undefined for a cluster, whose clients find them. */
  readonly readerEndpoint: pulumi.Output<string> | undefined;
  /** PEM certificates of the authorities that sign the instance's certificate: clients must trust them. */
  readonly certificateAuthorities: pulumi.Output<string[]>;
  readonly port = 6379;
  readonly clustered: boolean;
  readonly dataGiB: number;
  readonly failover = "automatic";
  /** `projects/<project>/locations/<region>/instances/<id>` */
  readonly instanceName: pulumi.Output<string>;

  constructor(name: string, args: GcpCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpCacheSpec, args.spec, `cache "${name}"`);
    super("cache", "GcpCache", name, args, { spec }, opts);
    const { shards, dataGiB } = gcpCapacities[spec.size];
    this.spec = spec;
    this.clustered = shards > 1;
    this.dataGiB = dataGiB;
    const instance = this.#instance(args);
    this.instanceName = instance.name;
    this.endpoint = instance.endpoints.apply((made) =>
      addressOf(this.clustered ? "DISCOVERY" : "PRIMARY", made),
    );
    this.readerEndpoint = this.clustered
      ? undefined
      : instance.endpoints.apply((made) => addressOf("READER", made));
    this.certificateAuthorities = instance.managedServerCas.apply(certificatesOf);
    this.registerOutputs({
      endpoint: this.endpoint,
      clustered: this.clustered,
      dataGiB: this.dataGiB,
    });
  }

  #instance(args: GcpCacheArgs): gcp.memorystore.Instance {
    const { spec } = this;
    const { project, region } = spec;
    const { nodeType, shards } = gcpCapacities[spec.size];
    const wanted: gcp.memorystore.InstanceArgs = {
      project,
      location: region,
      instanceId: nameIn(args.ownership, "memorystore-instance", this.named()),
      engineVersion: gcpVersions[spec.version],
      mode: this.clustered ? "CLUSTER" : "CLUSTER_DISABLED",
      nodeType,
      shardCount: shards,
      replicaCount: spec.replicas,
      zoneDistributionConfig: { mode: "MULTI_ZONE" },
      authorizationMode: "IAM_AUTH",
      transitEncryptionMode: "SERVER_AUTHENTICATION",
      kmsKey: args.keys.data,
      desiredAutoCreatedEndpoints: [{ network: args.network.networkId, projectId: project }],
      engineConfigs: { "maxmemory-policy": spec.eviction },
      persistenceConfig: { mode: "RDB", rdbConfig: { rdbSnapshotPeriod: "TWELVE_HOURS" } },
      automatedBackupConfig: {
        fixedFrequencySchedule: { startTime: { hours: snapshotHour(spec) } },
        retention: googleDuration(`${spec.snapshots.retentionDays} days`),
      },
      maintenancePolicy: {
        weeklyMaintenanceWindows: [
          {
            day: days[spec.maintenance.day],
            startTime: { hours: spec.maintenance.hour, minutes: 0, seconds: 0, nanos: 0 },
          },
        ],
      },
      deletionProtectionEnabled: this.retain,
    };
    return new gcp.memorystore.Instance(
      this.named(),
      wanted,
      this.stateful({ dependsOn: this.#connectionPolicy(args) }),
    );
  }

  /** Lets Memorystore allocate addresses in the network; without it no endpoint is created. */
  #connectionPolicy({ ownership, network }: GcpCacheArgs): pulumi.Resource[] {
    const { project, region, connectionPolicy } = this.spec;
    if (connectionPolicy === "present") return [];
    return [
      new gcp.networkconnectivity.ServiceConnectionPolicy(
        this.named("connections"),
        {
          project,
          location: region,
          name: nameIn(ownership, "gcp-compute", this.named()),
          description: "Endpoints of Memorystore for Valkey",
          serviceClass: "gcp-memorystore",
          network: network.networkId,
          pscConfig: { subnetworks: [network.subnetworkId] },
        },
        this.child(),
      ),
    ];
  }
}
