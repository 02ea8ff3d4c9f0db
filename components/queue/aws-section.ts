import type { SectionBuild } from "../section/build.ts";
import { AwsQueues } from "./aws.ts";
import type { AwsQueueReference } from "./grant.ts";
import type { AwsQueueSpec } from "./schema.ts";

export function build(spec: AwsQueueSpec, cell: SectionBuild<"aws">): AwsQueues {
  return new AwsQueues(
    cell.name,
    { ...cell.common, spec, keys: { data: cell.key("queues") } },
    cell.opts(),
  );
}

export function references(
  { queues }: AwsQueues,
  cell: SectionBuild<"aws">,
): Record<string, AwsQueueReference> {
  const keyArn = cell.key("queues");
  return Object.fromEntries(Object.entries(queues).map(([key, { arn }]) => [key, { arn, keyArn }]));
}
