import type { SectionBuild } from "../section/build.ts";
import { GcpQueues } from "./gcp.ts";
import type { GcpQueueReference } from "./grant.ts";
import type { GcpQueueSpec } from "./schema.ts";

export function build(spec: GcpQueueSpec, cell: SectionBuild<"gcp">): GcpQueues {
  return new GcpQueues(
    cell.name,
    { ...cell.common, spec, keys: { data: cell.key("queues") } },
    cell.opts(),
  );
}

export function references({ queues }: GcpQueues): Record<string, GcpQueueReference> {
  return Object.fromEntries(
    Object.entries(queues).map(([key, { sendTo, receiveFrom }]) => [
      key,
      { topic: sendTo, subscription: receiveFrom },
    ]),
  );
}
