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
 * An existing S3-compatible store and its buckets. It creates no resources. Credentials stay in the cluster's secret, which is only
 * referenced.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class OnpremObjectStore extends BlueprintComponent implements ObjectStoreContract {
  readonly cloud = "onprem";
  readonly buckets: Readonly<Record<string, BucketContract>>;
  /** URL, region and addressing style of the S3 API. */
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
