/** Copies of a cell's services on AWS in another region. */

import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsDatabase } from "../../components/database/aws.ts";
import type { AwsNetworkOutputs } from "../../components/network/contract.ts";
import { awsProvider } from "../../components/provider/aws.ts";
import type { Credentials } from "../../components/provider/credentials.ts";
import { targetId } from "../../components/provider/target.ts";
import { AwsDatabaseCopy, type SignIn } from "../../components/replication/aws-database.ts";
import type { Copied } from "../../components/replication/aws-replicator-policy.ts";
import { AwsStreamCopy } from "../../components/replication/aws-stream.ts";
import { copiedGroups } from "../../components/replication/copied-groups.ts";
import type { PlannedLink } from "../../components/replication/plan.ts";
import type { AwsStream } from "../../components/stream/aws.ts";
import { mostZones } from "../../components/stream/aws-schema.ts";
import { linksBetween } from "../../footprint/across/replication.ts";
import type { AwsCellSpecs, Cell } from "../../footprint/model.ts";
import { keyOf } from "../environment/keys.ts";
import { networkContextOf, type TargetNetworkContext } from "../outputs/copy-target.ts";
import { awsCellNamed } from "./copies.ts";
import type { AwsCellInputs } from "./inputs.ts";

interface Context {
  readonly aws: aws.Provider;
  readonly network: AwsNetworkOutputs;
  readonly stream: AwsStream | undefined;
  readonly database: AwsDatabase | undefined;
}

export async function awsCopies(
  inputs: AwsCellInputs,
  context: Context,
): Promise<Record<string, pulumi.Output<string>>> {
  const { cell, cells } = inputs;
  const out = linksBetween(cells).filter(
    ({ from, service }) => from.name === cell.name && service !== "object-store",
  );
  const targets = new Map<string, Target>();
  const made: Record<string, pulumi.Output<string>> = {};
  for (const link of out) {
    const { name } = link.to;
    const target =
      targets.get(name) ?? (await copyTargetOf(awsCellNamed(cells, name), inputs.credentials));
    targets.set(name, target);
    if (link.service === "stream") copyStream(inputs, context, link, target);
    else Object.assign(made, copyDatabase(inputs, context, link, target));
  }
  return made;
}

/** A cell that something is copied to. */
interface Target {
  readonly cell: Cell & { cloud: "aws" };
  readonly context: TargetNetworkContext;
  readonly provider: aws.Provider;
}

async function copyTargetOf(cell: Target["cell"], credentials: Credentials): Promise<Target> {
  const provider = awsProvider(cell.name, cell, credentials);
  return { cell, context: await networkContextOf(cell.stack), provider };
}

function copyStream(
  { specs, common }: AwsCellInputs,
  { aws, network, stream }: Context,
  { wanted, mechanism }: PlannedLink,
  { cell: target, context, provider }: Target,
): void {
  if (stream === undefined || target.specs.cloud !== "aws") return;
  new AwsStreamCopy(
    "stream-copy",
    {
      ...common,
      account: specs.network.account,
      here: {
        clusterArn: stream.clusterArn,
        vpcId: network.vpcId,
        subnetIds: network.isolatedSubnetIds.slice(0, mostZones),
        securityGroupId: stream.securityGroupId,
        provider: aws,
      },
      there: {
        clusterArn: context.value("streamArn"),
        vpcId: context.value("vpcId"),
        subnetIds: context.isolatedSubnetIds(mostZones),
        securityGroupId: context.value("streamSecurityGroupId"),
        provider,
      },
      copied: copiedOf(specs),
      rpo: wanted.rpo ?? mechanism.rpo ?? "1 day",
    },
    // The replicators reach the brokers through the network's routes.
    { dependsOn: network },
  );
}

function copyDatabase(
  { specs, common, environment, deployed }: AwsCellInputs,
  { aws, database }: Context,
  { wanted, mechanism }: PlannedLink,
  { cell: target, context, provider }: Target,
): Record<string, pulumi.Output<string>> {
  if (database === undefined || target.specs.cloud !== "aws") return {};
  const key = (purpose: string) => keyOf(environment, targetId(target), purpose);
  const copy = new AwsDatabaseCopy(
    "database-copy",
    {
      ...common,
      spec: database.spec,
      primary: { arn: database.arn, engineVersion: database.engineVersion, provider: aws },
      there: {
        region: target.region,
        zones: target.specs.database?.zones ?? [],
        vpcId: context.value("vpcId"),
        isolatedSubnetIds: context.isolatedSubnetIds(),
        clusterSecurityGroupId: context.value("clusterSecurityGroupId"),
        keys: { data: key("databases"), logs: key("logs") },
        provider,
      },
      rpo: wanted.rpo ?? mechanism.rpo ?? "1 day",
      deployed,
      signIns: signInsOf(specs, target.specs, context),
    },
    // A global database needs a writer first, which is an instance and not the cluster.
    { dependsOn: database },
  );
  return { [`database in ${target.name}`]: copy.endpoint };
}

/** Workloads that exist in both cells under one key, and sign in to the copied database. */
function signInsOf(
  { identity }: AwsCellSpecs,
  there: AwsCellSpecs,
  context: TargetNetworkContext,
): Record<string, SignIn> {
  const signIns = Object.entries(identity?.workloads ?? {}).flatMap(([key, { grants }]) =>
    grants.flatMap((grant): [string, SignIn][] => {
      if (grant.kind !== "database" || !there.identity?.workloads[key]) return [];
      const role = pulumi.output(context.principal(key));
      const roleName = role.apply((arn) => arn.split("/").at(-1) ?? arn);
      return [[key, { roleName, user: grant.user }]];
    }),
  );
  return Object.fromEntries(signIns);
}

/** All topics of the stream, and the groups of all consumers. */
function copiedOf(specs: AwsCellSpecs): Copied {
  return { topics: Object.keys(specs.stream?.topics ?? {}), groups: copiedGroups(specs) };
}
