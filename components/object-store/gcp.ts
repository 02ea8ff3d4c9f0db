import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { refuseUnsuitable } from "../core/existing.ts";
import { parseSpec } from "../core/spec.ts";
import { bucketName } from "./bucket-name.ts";
import { accessLogsKey } from "./bucket-schema.ts";
import type { BucketContract, ObjectStoreContract } from "./contract.ts";
import { GcpBucket } from "./gcp-bucket.ts";
import { type GcpBucketsFacts, gcpBucketsProblems } from "./gcp-existing.ts";
import { GcpReplication } from "./gcp-replication.ts";
import { type GcpObjectStoreInput, type GcpObjectStoreSpec, gcpObjectStoreSpec } from "./schema.ts";

export interface GcpObjectStoreArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpObjectStoreInput;
  /** Encrypts the objects: a Cloud KMS key in the region, from `GcpStorageAgents`. */
  readonly keyName: pulumi.Input<string>;
  /** What Google Cloud says of existing buckets: the result of `lookUpGcpBuckets()`. @default {} */
  readonly facts?: GcpBucketsFacts;
}

/** Google's group that writes access logs. */
const logWriters = "group:cloud-storage-analytics@google.com";

/**
 * The Cloud Storage buckets of a cell, and a bucket for their access logs.
 *
 * @example
 * const store = new GcpObjectStore("object-store", {
 *   spec: {
 *     cloud: "gcp", project: "acme-prod", projectNumber: "123456789012", region: "europe-west1", buckets: { uploads: {} },
 *   },
 *   keyName, ownership,
 * });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec; `existing-unsuitable` with every failed check.
 */
export class GcpObjectStore extends BlueprintComponent implements ObjectStoreContract {
  readonly cloud = "gcp";
  readonly buckets: Readonly<Record<string, BucketContract>>;
  /** The bucket for access logs. */
  readonly accessLogsBucket: pulumi.Output<string>;

  constructor(name: string, args: GcpObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(gcpObjectStoreSpec, args.spec, name);
    refuseUnsuitable("objectStore", gcpBucketsProblems(spec, args.facts ?? {}));
    // `peers` is for checks only. If it were recorded, a change in another cell would be a change of this one.
    const { peers: _peers, ...recorded } = spec;
    super("object-store", "GcpObjectStore", name, args, { spec: recorded }, opts);
    this.accessLogsBucket = this.#accessLogs(args, spec);
    const buckets = Object.entries(spec.buckets).map(([key, settings]) => {
      const bucketName = settings.existing
        ? pulumi.output(settings.existing.name)
        : this.#bucket(args, spec, key, { settings, logBucket: this.accessLogsBucket }).bucketName;
      return [key, { bucketName, uri: bucketName.apply((at) => `gs://${at}`) }] as const;
    });
    this.buckets = Object.fromEntries(buckets);
    this.#replication(args, spec);
    this.registerOutputs({ buckets: this.buckets, accessLogsBucket: this.accessLogsBucket });
  }

  #bucket(
    { ownership, keyName }: GcpObjectStoreArgs,
    { project, region }: GcpObjectStoreSpec,
    key: string,
    rest: Pick<ConstructorParameters<typeof GcpBucket>[1], "settings" | "logBucket">,
  ): GcpBucket {
    return new GcpBucket(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        bucketName: bucketName("gcp", ownership, key, project),
        project,
        region,
        keyName,
        ...rest,
      },
      this.child(),
    );
  }

  #accessLogs(args: GcpObjectStoreArgs, spec: GcpObjectStoreSpec): pulumi.Output<string> {
    const logs = this.#bucket(args, spec, accessLogsKey, {
      settings: {
        tiering: "by-age",
        lifecycle: {
          expireAfterDays: spec.accessLogs.retentionDays,
          oldVersionsDays: 1,
          abortUploadsAfterDays: 1,
        },
        softDeleteDays: 0,
      },
    });
    const writers = new gcp.storage.BucketIAMMember(
      this.named(`${accessLogsKey}-writers`),
      { bucket: logs.bucketName, role: "roles/storage.objectCreator", member: logWriters },
      this.child(),
    );
    return writers.bucket;
  }

  #replication({ ownership }: GcpObjectStoreArgs, spec: GcpObjectStoreSpec): void {
    const { project, projectNumber } = spec;
    const pairs = Object.entries(spec.buckets).flatMap(([key, { replicateTo }]) => {
      const source = this.buckets[key]?.bucketName;
      if (!replicateTo || !source) return [];
      const target = bucketName("gcp", { ...ownership, cell: replicateTo.cell }, key, project);
      return [[key, { source, target }] as const];
    });
    if (pairs.length === 0) return;
    new GcpReplication(
      this.named("replication"),
      {
        ownership,
        retain: this.retain,
        project,
        projectNumber,
        pairs: Object.fromEntries(pairs),
      },
      this.child(),
    );
  }
}
