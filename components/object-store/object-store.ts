import type * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../core/cloud.ts";
import { AwsObjectStore, type AwsObjectStoreArgs } from "./aws.ts";
import { GcpObjectStore, type GcpObjectStoreArgs } from "./gcp.ts";
import { OnpremObjectStore, type OnpremObjectStoreArgs } from "./onprem.ts";

/** What a bucket of every cloud has. */
export interface BucketContract {
  /** Physical name. */
  readonly bucketName: pulumi.Output<string>;
  /** `s3://<bucket>` or `gs://<bucket>`. */
  readonly uri: pulumi.Output<string>;
}

/** What the object store of every cloud has. */
export interface ObjectStoreContract {
  readonly cloud: Cloud;
  /** By the key that the manifest gives each. */
  readonly buckets: Readonly<Record<string, BucketContract>>;
}

export type ObjectStore = AwsObjectStore | GcpObjectStore | OnpremObjectStore;

/** The arguments of one cloud's object store, told apart by `cloud`. */
export type ObjectStoreArgs =
  | ({ readonly cloud: "aws" } & AwsObjectStoreArgs)
  | ({ readonly cloud: "gcp" } & GcpObjectStoreArgs)
  | ({ readonly cloud: "onprem" } & OnpremObjectStoreArgs);

/** The object store of a cell on its cloud. */
export function createObjectStore(
  name: string,
  args: { readonly cloud: "aws" } & AwsObjectStoreArgs,
  opts?: pulumi.ComponentResourceOptions,
): AwsObjectStore;
export function createObjectStore(
  name: string,
  args: { readonly cloud: "gcp" } & GcpObjectStoreArgs,
  opts?: pulumi.ComponentResourceOptions,
): GcpObjectStore;
export function createObjectStore(
  name: string,
  args: { readonly cloud: "onprem" } & OnpremObjectStoreArgs,
  opts?: pulumi.ComponentResourceOptions,
): OnpremObjectStore;
export function createObjectStore(
  name: string,
  args: ObjectStoreArgs,
  opts?: pulumi.ComponentResourceOptions,
): ObjectStore {
  switch (args.cloud) {
    case "aws":
      return new AwsObjectStore(name, args, opts);
    case "gcp":
      return new GcpObjectStore(name, args, opts);
    case "onprem":
      return new OnpremObjectStore(name, args, opts);
  }
}
