import type { SectionBuild } from "../section/build.ts";
import { AwsObjectStore } from "./aws.ts";
import { lookUpAwsBuckets } from "./aws-existing.ts";
import type { AwsBucketReference } from "./grant.ts";
import type { AwsObjectStoreSpec } from "./schema.ts";

export async function build(
  spec: AwsObjectStoreSpec,
  cell: SectionBuild<"aws">,
): Promise<AwsObjectStore> {
  const facts = await lookUpAwsBuckets(spec, cell.lookUp());
  const targets = cell.copiesTo("object-store");
  return new AwsObjectStore(
    cell.name,
    {
      ...cell.common,
      spec,
      facts,
      keyArn: cell.key("objects"),
      replicaKeyArns: Object.fromEntries(
        targets.map((target) => [target.cell, target.key("objects")]),
      ),
    },
    cell.opts(),
  );
}

export function references({ buckets }: AwsObjectStore): Record<string, AwsBucketReference> {
  return Object.fromEntries(
    Object.entries(buckets).map(([key, { arn, keyArn }]) => [
      key,
      { arn, ...(keyArn && { keyArn }) },
    ]),
  );
}
