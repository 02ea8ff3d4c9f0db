/** Resources that a cell's settings name and that are not Atoll's, in a rehearsal: domain lists, functions, topics. */
import type { AwsNetworkSpec } from "../../../components/network/aws-schema.ts";
import type { AwsSecretsSpec, GcpSecretsSpec } from "../../../components/secrets/schema.ts";
import type { Cell } from "../../../footprint/model.ts";
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
  const functions = rotations(secrets).flatMap(({ functionArn }) =>
    existingFunction(functionArn.slice(functionArn.lastIndexOf(":") + 1), functionArn, config),
  );
  return [...lists, ...functions];
}

/** Load balancers of dashboards with their certificates and security groups. */
export function dashboardsOf(cell: Cell): ExistingResource[] {
  if (cell.cloud !== "aws") return [];
  const config = { region: cell.region, allowedAccountIds: [cell.account] };
  return Object.entries(cell.people?.dashboards ?? {}).flatMap(
    ([name, { domain, certificateArn, loadBalancerArn, securityGroupId }]) => [
      {
        type: "aws:ec2/securityGroup:SecurityGroup",
        id: securityGroupId,
        config,
        inputs: { name: `dashboard-${name}` },
      },
      {
        type: "aws:acm/certificate:Certificate",
        id: certificateArn,
        config,
        inputs: { domainName: domain, validationMethod: "DNS" },
      },
      {
        type: "aws:lb/loadBalancer:LoadBalancer",
        id: loadBalancerArn,
        config,
        inputs: { name, internal: true, loadBalancerType: "application" },
      },
    ],
  );
}

export function referredOnGcp({
  cluster,
  secrets,
}: {
  readonly cluster: { readonly notificationTopic?: string | undefined };
  readonly secrets?: GcpSecretsSpec | undefined;
}): ExistingResource[] {
  const topics = [cluster.notificationTopic, ...rotations(secrets).map(({ topic }) => topic)];
  return [...new Set(topics)].flatMap((id) => {
    if (id === undefined) return [];
    const [, project = "", , name = ""] = id.split("/");
    return { type: "gcp:pubsub/topic:Topic", id, config: { project }, inputs: { project, name } };
  });
}

/** A function with the role that it runs as. */
function existingFunction(
  name: string,
  arn: string,
  config: ExistingResource["config"],
): ExistingResource[] {
  const role = `${name}-function`;
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" } };
  const document = { Version: "2012-10-17", Statement: [{ ...trust, Action: "sts:AssumeRole" }] };
  return [
    {
      type: "aws:iam/role:Role",
      id: role,
      config,
      inputs: { name: role, assumeRolePolicy: JSON.stringify(document) },
    },
    {
      type: "aws:lambda/function:Function",
      id: name,
      config,
      inputs: { name, role: arn.replace(/lambda:[^:]+:(\d+):function:.*/, `iam::$1:role/${role}`) },
      facts: { arn },
    },
  ];
}

function rotations<R>(
  secrets: { readonly secrets: Readonly<Record<string, { readonly rotation?: R }>> } | undefined,
): NonNullable<R>[] {
  return Object.values(secrets?.secrets ?? {}).flatMap(({ rotation }) => rotation ?? []);
}
