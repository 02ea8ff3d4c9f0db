/** Existing buckets in a rehearsal, with data that passes their checks. */
import type {
  AwsObjectStoreSpec,
  GcpObjectStoreSpec,
} from "../../../components/object-store/schema.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";
import { existingAwsKey, existingGcpKey } from "./keys.ts";

export function existingAwsBuckets({
  account,
  region,
  buckets,
}: AwsObjectStoreSpec): ExistingResource[] {
  const config = { region, allowedAccountIds: [account] };
  return Object.values(buckets).flatMap(({ existing }): ExistingResource[] => {
    if (existing === undefined) return [];
    const { name, keyArn } = existing;
    const bucket = { type: "aws:s3/bucket:Bucket", id: name, config, inputs: { bucket: name } };
    const facts = { bucketRegion: region, region };
    return [...(keyArn === undefined ? [] : [existingAwsKey(keyArn)]), { ...bucket, facts }];
  });
}

export function existingGcpBuckets(spec: GcpObjectStoreSpec): ExistingResource[] {
  const { project, projectNumber, region, buckets } = spec;
  return Object.values(buckets).flatMap(({ existing }): ExistingResource[] => {
    if (existing === undefined) return [];
    const { name } = existing;
    const keyName = `projects/${project}/locations/${region}/keyRings/existing/cryptoKeys/${name}`;
    return [
      ...existingGcpKey(keyName),
      {
        type: "gcp:storage/bucket:Bucket",
        id: name,
        config: { project, region },
        inputs: {
          project,
          name,
          location: region.toUpperCase(),
          uniformBucketLevelAccess: true,
          publicAccessPrevention: "enforced",
          encryption: { defaultKmsKeyName: keyName },
        },
        facts: { projectNumber: Number(projectNumber) },
      },
    ];
  });
}
