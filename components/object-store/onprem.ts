import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { parseSpec } from "../core/spec.ts";
import type { BucketContract, ObjectStoreContract } from "./contract.ts";
import {
  type OnpremObjectStoreInput,
  type OnpremObjectStoreSpec,
  onpremObjectStoreSpec,
} from "./schema.ts";

export interface OnpremObjectStoreArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: OnpremObjectStoreInput;
}

/**
 * An S3-compatible store that exists already, and its buckets: nothing is made, and its credentials stay in the cluster's
 * secret, which is only named.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremObjectStore extends BlueprintComponent implements ObjectStoreContract {
  readonly cloud = "onprem";
  readonly buckets: Readonly<Record<string, BucketContract>>;
  /** Where and how the S3 interface answers. */
  readonly endpoint: Pick<OnpremObjectStoreSpec, "endpoint" | "region" | "pathStyle">;
  /** The Kubernetes secret that holds the access key. */
  readonly credentials: OnpremObjectStoreSpec["credentials"];

  constructor(name: string, args: OnpremObjectStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(onpremObjectStoreSpec, args.spec, name);
    super("object-store", "OnpremObjectStore", name, args, { spec }, opts);
    const { endpoint, region, pathStyle, credentials, buckets } = spec;
    this.endpoint = { endpoint, region, pathStyle };
    this.credentials = credentials;
    this.buckets = Object.fromEntries(
      Object.entries(buckets).map(([key, bucket]) => [
        key,
        { bucketName: pulumi.output(bucket.name), uri: pulumi.output(`s3://${bucket.name}`) },
      ]),
    );
    this.registerOutputs({ endpoint: this.endpoint, buckets: this.buckets });
  }
}
