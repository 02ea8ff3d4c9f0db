/** Resources that a cell's settings name and that are not Atoll's, in a rehearsal: domain lists, functions, topics. */
import type { GcpClusterSpec } from "../../../components/cluster/schema.ts";
import type { AwsNetworkSpec } from "../../../components/network/aws-schema.ts";
import type { AwsSecretsSpec, GcpSecretsSpec } from "../../../components/secrets/schema.ts";
import type { ExistingResource } from "../../../simulator/existing.ts";

export function referredOnAws({
  network,
  secrets,
}: {
  readonly network: Pick<AwsNetworkSpec, "account" | "region"> & {
    readonly dnsFirewall?: AwsNetworkSpec["dnsFirewall"] | undefined;
  };
  readonly secrets?: AwsSecretsSpec | undefined;
}): ExistingResource[] {
  const { account, region, dnsFirewall } = network;
  const config = { region, allowedAccountIds: [account] };
  const lists = Object.entries(dnsFirewall?.managedLists ?? {}).map(([name, id]) => ({
    type: "aws:route53/resolverFirewallDomainList:ResolverFirewallDomainList",
    id,
    config,
    inputs: { name, domains: ["example.com"] },
  }));
  const functions = rotations(secrets).map(({ functionArn }) => ({
    type: "aws:lambda/function:Function",
    id: functionArn.slice(functionArn.lastIndexOf(":") + 1),
    config,
    inputs: {
      name: functionArn.slice(functionArn.lastIndexOf(":") + 1),
      role: `arn:aws:iam::${account}:role/rotation`,
    },
    facts: { arn: functionArn },
  }));
  return [...lists, ...functions];
}

export function referredOnGcp({
  cluster,
  secrets,
}: {
  readonly cluster: GcpClusterSpec;
  readonly secrets?: GcpSecretsSpec | undefined;
}): ExistingResource[] {
  const topics = [cluster.notificationTopic, ...rotations(secrets).map(({ topic }) => topic)];
  return [...new Set(topics)].flatMap((id) => {
    if (id === undefined) return [];
    const [, project = "", , name = ""] = id.split("/");
    return { type: "gcp:pubsub/topic:Topic", id, config: { project }, inputs: { project, name } };
  });
}

function rotations<R>(
  secrets: { readonly secrets: Readonly<Record<string, { readonly rotation?: R }>> } | undefined,
): NonNullable<R>[] {
  return Object.values(secrets?.secrets ?? {}).flatMap(({ rotation }) => rotation ?? []);
}
