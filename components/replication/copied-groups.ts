/** The consumer groups whose offsets are replicated with a stream. Pure. */
import type { AwsIdentitySpec } from "../identity/aws-schema.ts";
import type { Clients } from "../stream/topic-schema.ts";
import { groupOf } from "../stream/topics.ts";

interface Consumers {
  readonly stream?: { readonly clients: Clients } | undefined;
  readonly identity?: Pick<AwsIdentitySpec, "workloads"> | undefined;
}

/** The groups of all clients and workloads of a cell that consume. */
export function copiedGroups({ stream, identity }: Consumers): string[] {
  const ofClients = Object.entries(stream?.clients ?? {}).flatMap(([key, client]) =>
    client.consume.length > 0 ? [groupOf(key, client)] : [],
  );
  const ofWorkloads = Object.entries(identity?.workloads ?? {}).flatMap(([key, { grants }]) =>
    grants.flatMap((grant) =>
      grant.kind === "topic" && grant.may.includes("consume") ? [grant.group ?? key] : [],
    ),
  );
  return [...new Set([...ofClients, ...ofWorkloads])];
}
