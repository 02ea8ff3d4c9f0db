/** Private names of a cell on AWS, and how people reach its private endpoints. */
import type * as aws from "@pulumi/aws";
import type { AwsClusterOutputs } from "../../components/cluster/contract.ts";
import type { AwsDatabase } from "../../components/database/aws.ts";
import type { AwsNetworkOutputs } from "../../components/network/contract.ts";
import { AwsPeopleAccess } from "../../components/people-access/aws.ts";
import { awsPeopleSpecOf } from "../../components/people-access/specs.ts";
import { AwsPrivateDns } from "../../components/private-dns/aws.ts";
import { lookUpHostedZone } from "../../components/private-dns/aws-existing.ts";
import { dnsCell } from "../../components/private-dns/cells.ts";
import { privateDnsSpec } from "../../components/private-dns/specs.ts";
import { targetId } from "../../components/provider/target.ts";
import { deployedOf } from "../environment/keys.ts";
import type { AwsCellInputs } from "./inputs.ts";

interface Context {
  readonly aws: aws.Provider;
  readonly network: AwsNetworkOutputs;
  readonly cluster: AwsClusterOutputs;
  readonly database: AwsDatabase | undefined;
}

export async function awsNames(
  { cell, specs, common, key, names, environment }: AwsCellInputs,
  { aws, network }: Pick<Context, "aws" | "network">,
): Promise<AwsPrivateDns | undefined> {
  const spec = names && privateDnsSpec(names.plan, dnsCell(cell), names.settings);
  if (spec?.cloud !== "aws") return undefined;
  const target = targetId(cell);
  const { existing: id, zone: name } = spec;
  const vpcId = specs.network.existing?.vpcId;
  const facts =
    id === undefined ? undefined : await lookUpHostedZone({ id, name, vpcId }, { provider: aws });
  return new AwsPrivateDns(
    "dns",
    {
      ...common,
      spec,
      network,
      logsKeyArn: key("logs"),
      ...(facts && { facts }),
      ...(spec.profile && {
        profileId: deployedOf(environment, environment?.dns?.profiles[target], "Route 53 profile"),
      }),
    },
    { providers: { aws } },
  );
}

export function awsPeople(
  { cell, common, key, people, environment }: AwsCellInputs,
  { aws, network, cluster, database }: Context,
): AwsPeopleAccess | undefined {
  const reached = people?.reached[cell.name];
  if (cell.cloud !== "aws" || people === undefined || reached === undefined) return undefined;
  const { dashboards = {} } = cell.people ?? {};
  const spec = awsPeopleSpecOf(people.settings, reached, { cidr: cell.cidr, dashboards });
  if (spec === undefined) return undefined;
  const instanceId = environment?.people?.doors[targetId(cell)];
  return new AwsPeopleAccess(
    "people",
    {
      ...common,
      spec,
      instanceId: deployedOf(environment, instanceId, "access endpoint"),
      keyArn: key("secrets"),
      network,
      cluster,
      database,
    },
    { providers: { aws } },
  );
}
