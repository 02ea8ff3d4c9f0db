import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import { GcpBucket } from "../object-store/gcp-bucket.ts";
import type { TenantBucket } from "./contract.ts";
import {
  type GcpTenantObjectStoreInput,
  type GcpTenantObjectStoreSpec,
  gcpTenantObjectStoreSpec,
} from "./schema.ts";

export interface GcpTenantObjectStoreArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: GcpTenantObjectStoreInput;
  /** Name of the bucket that tenants of a pool share. Required in a pool. */
  readonly shared?: pulumi.Input<string>;
  /** Encrypts the objects of the tenant's own buckets. Required otherwise. */
  readonly keyName?: pulumi.Input<string>;
}

/** Days that deleted objects and buckets can be restored; Cloud Storage's default. */
const softDeleteDays = 7;

/**
 * The object store of a tenant on Google Cloud: managed folders of a bucket of the cell in a pool, its own buckets otherwise. A managed
 * folder has an IAM policy of its own: in the bucket's policy all tenants together could have 1,500 principals, each with conditions.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class GcpTenantObjectStore extends BlueprintComponent {
  readonly spec: GcpTenantObjectStoreSpec;
  readonly buckets: Readonly<Record<string, TenantBucket>>;

  constructor(
    name: string,
    args: GcpTenantObjectStoreArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const spec = parseSpec(gcpTenantObjectStoreSpec, args.spec, name);
    super("tenant-object-store", "GcpTenantObjectStore", name, args, { spec }, opts);
    this.spec = spec;
    this.buckets = Object.fromEntries(
      Object.keys(spec.buckets).map((key) => [
        key,
        spec.isolation === "pool" ? this.#folder(args, key) : this.#bucket(args, key),
      ]),
    );
    this.registerOutputs({
      buckets: Object.fromEntries(Object.entries(this.buckets).map(([key, { uri }]) => [key, uri])),
    });
  }

  #folder({ shared }: GcpTenantObjectStoreArgs, key: string): TenantBucket {
    const path = this.spec.buckets[key]?.folder;
    if (shared === undefined || path === undefined) {
      throw new TypeError("a pool needs the bucket that tenants share, and a folder");
    }
    const folder = new gcp.storage.ManagedFolder(
      this.named(key),
      // Its deletion would leave the objects without the folder's permissions.
      { bucket: shared, name: path, forceDestroy: !this.retain },
      this.child(),
    );
    const uri = pulumi.interpolate`gs://${folder.bucket}/${folder.name}`;
    return { bucketName: folder.bucket, folder: path, uri };
  }

  #bucket({ ownership, keyName }: GcpTenantObjectStoreArgs, key: string): TenantBucket {
    const { project, region, accessLogs, buckets } = this.spec;
    const { name, own } = buckets[key] ?? {};
    if (keyName === undefined || name === undefined || own === undefined) {
      throw new TypeError("buckets of a tenant need a key and a name");
    }
    const { bucketName } = new GcpBucket(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        bucketName: name,
        project,
        region,
        settings: { ...own, softDeleteDays },
        keyName,
        logBucket: accessLogs,
      },
      this.child(),
    );
    return { bucketName, folder: undefined, uri: pulumi.interpolate`gs://${bucketName}/` };
  }
}
