/** Existing S3 buckets: lookups and checks. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type KmsKeyFacts, kmsKeyProblems, lookUpKmsKey } from "../core/aws-key.ts";
import type { Problem } from "../core/errors.ts";
import { type LookedUp, lookedUp, problemsOfLookup } from "../core/existing.ts";
import type { AwsObjectStoreSpec } from "./schema.ts";

export interface AwsBucketFacts {
  readonly bucket: LookedUp<{ readonly arn: string; readonly region: string }>;
  /** Undefined where the manifest names no key. */
  readonly key: LookedUp<KmsKeyFacts> | undefined;
}

/** By the bucket's key in the manifest. */
export type AwsBucketsFacts = Readonly<Record<string, AwsBucketFacts>>;

/** Looks up every bucket that the manifest refers to. A failed lookup is a fact as well. */
export async function lookUpAwsBuckets(
  { buckets }: Pick<AwsObjectStoreSpec, "buckets">,
  options: pulumi.InvokeOptions,
): Promise<AwsBucketsFacts> {
  const found = Object.entries(buckets).map(async ([key, { existing }]) => {
    if (existing === undefined) return [];
    const { name, keyArn } = existing;
    const [bucket, kmsKey] = await Promise.all([
      lookedUp(aws.s3.getBucket({ bucket: name }, options), ({ arn, bucketRegion }) => ({
        arn,
        region: bucketRegion,
      })),
      keyArn === undefined ? undefined : lookUpKmsKey(keyArn, options),
    ]);
    return [[key, { bucket, key: kmsKey }] as const];
  });
  return Object.fromEntries((await Promise.all(found)).flat());
}

export function awsBucketsProblems(
  { region, buckets }: AwsObjectStoreSpec,
  facts: AwsBucketsFacts,
): Problem[] {
  return Object.entries(buckets).flatMap(([key, { existing }]) => {
    if (existing === undefined) return [];
    const path = `buckets.${key}.existing`;
    const { bucket, key: kmsKey } = facts[key] ?? {
      bucket: { failure: "it was not looked up" },
      key: undefined,
    };
    return [
      ...problemsOfLookup(`${path}.name`, "a bucket", bucket, (seen) =>
        seen.region === region
          ? []
          : [{ path: `${path}.name`, message: `must be in ${region}`, got: seen.region }],
      ),
      ...(kmsKey ? kmsKeyProblems(`${path}.keyArn`, kmsKey) : []),
    ];
  });
}
