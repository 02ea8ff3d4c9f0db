import type { SectionBuild } from "../section/build.ts";
import { AwsObjectStore } from "./aws.ts";
import type { AwsBucketReference } from "./grant.ts";
import type { AwsObjectStoreSpec } from "./schema.ts";

export function build(spec: AwsObjectStoreSpec, cell: SectionBuild<"aws">): AwsObjectStore {
  const targets = cell.copiesTo("object-store");
  return new AwsObjectStore(
    cell.name,
    {
      ...cell.common,
      spec,
      keyArn: cell.key("objects"),
      replicaKeyArns: Object.fromEntries(
        targets.map((target) => [target.cell, target.key("objects")]),
      ),
    },
    cell.opts(),
  );
}

export function references(
  { buckets }: AwsObjectStore,
  cell: SectionBuild<"aws">,
): Record<string, AwsBucketReference> {
  const keyArn = cell.key("objects");
  return Object.fromEntries(
    Object.entries(buckets).map(([key, { arn }]) => [key, { arn, keyArn }]),
  );
}
