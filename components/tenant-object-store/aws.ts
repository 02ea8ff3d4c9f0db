import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import type { Statement } from "../core/iam.ts";
import { parseSpec } from "../core/spec.ts";
import { AwsBucket } from "../object-store/aws-bucket.ts";
import { bucketArn } from "../object-store/bucket-name.ts";
import type { AwsBucketReference } from "../object-store/grant.ts";
import { namespaceTag } from "../tenant-keys/aws-policy.ts";
import { namespaceOf, namespacePrefix } from "../tenant-namespaces/names.ts";
import type { TenantBucket } from "./contract.ts";
import {
  type AwsTenantObjectStoreInput,
  type AwsTenantObjectStoreSpec,
  awsTenantObjectStoreSpec,
} from "./schema.ts";

export interface AwsTenantObjectStoreArgs extends ComponentArgs {
  /** Plain settings; see schema.ts. */
  readonly spec: AwsTenantObjectStoreInput;
  /** The bucket that tenants of a pool share. Required in a pool. */
  readonly shared?: AwsBucketReference;
  /** Encrypts the objects of the tenant's own buckets. Required otherwise. */
  readonly keyArn?: pulumi.Input<string>;
}

export interface AwsTenantBucket extends TenantBucket {
  /** The bucket for IAM. */
  readonly reference: AwsBucketReference;
}

/**
 * The object store of a tenant on AWS: folders of a bucket of the cell in a pool, its own buckets otherwise.
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsTenantObjectStore extends BlueprintComponent {
  readonly spec: AwsTenantObjectStoreSpec;
  readonly buckets: Readonly<Record<string, AwsTenantBucket>>;

  constructor(
    name: string,
    args: AwsTenantObjectStoreArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    const spec = parseSpec(awsTenantObjectStoreSpec, args.spec, name);
    super("tenant-object-store", "AwsTenantObjectStore", name, args, { spec }, opts);
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

  #folder({ shared }: AwsTenantObjectStoreArgs, key: string): AwsTenantBucket {
    if (shared === undefined) throw new TypeError("a pool needs the bucket that tenants share");
    const folder = this.spec.buckets[key]?.folder;
    const bucketName = pulumi
      .output(shared.arn)
      .apply((arn) => arn.slice(arn.lastIndexOf(":") + 1));
    const uri = pulumi.interpolate`s3://${bucketName}/${folder}`;
    return { bucketName, folder, uri, reference: shared };
  }

  #bucket({ ownership, keyArn }: AwsTenantObjectStoreArgs, key: string): AwsTenantBucket {
    const { account, accessLogs, tenant, buckets } = this.spec;
    const { name, own } = buckets[key] ?? {};
    if (keyArn === undefined || name === undefined || own === undefined) {
      throw new TypeError("buckets of a tenant need a key and a name");
    }
    const { bucketName, arn } = new AwsBucket(
      this.named(key),
      {
        ownership,
        retain: this.retain,
        bucketName: name,
        account,
        settings: own,
        keyArn,
        logBucket: accessLogs,
        statements: [otherTenants(name, tenant)],
      },
      this.child(),
    );
    const uri = pulumi.interpolate`s3://${bucketName}/`;
    return { bucketName, folder: undefined, uri, reference: { arn, keyArn } };
  }
}

/** Denies pods of other tenants, whatever a role of theirs allows. EKS Pod Identity sets the tag. */
function otherTenants(name: string, tenant: string): Statement {
  return {
    sid: "DenyOtherTenants",
    effect: "Deny",
    principals: "anyone",
    actions: "s3:*",
    resources: [bucketArn(name), `${bucketArn(name)}/*`],
    conditions: {
      StringLike: { [namespaceTag]: `${namespacePrefix}*` },
      StringNotLike: { [namespaceTag]: namespaceOf(tenant, "*") },
    },
  };
}
