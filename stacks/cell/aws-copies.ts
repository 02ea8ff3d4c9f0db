/** What a cell on AWS copies to one in another region. */

import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { AwsDatabase } from "../../components/database/aws.ts";
import type { AwsNetworkOutputs } from "../../components/network/contract.ts";
import { awsProvider } from "../../components/provider/aws.ts";
import type { Credentials } from "../../components/provider/credentials.ts";
import { AwsDatabaseCopy, type SignIn } from "../../components/replication/aws-database.ts";
import type { Copied } from "../../components/replication/aws-replicator-policy.ts";
import { AwsStreamCopy } from "../../components/replication/aws-stream.ts";
import type { PlannedLink } from "../../components/replication/plan.ts";
import type { AwsStream } from "../../components/stream/aws.ts";
import { groupOf } from "../../components/stream/topics.ts";
import { linksBetween } from "../../footprint/across/replication.ts";
import type { AwsCellSpecs, Cell } from "../../footprint/model.ts";
import { targetId, targetOf } from "../../footprint/specs/cell-target.ts";
import { keyOf } from "../environment/keys.ts";
import { groundOf, type NeighbourGround } from "../outputs/copy-target.ts";
import { awsNeighbour } from "./copies.ts";
import type { AwsCellInputs } from "./inputs.ts";

interface Ground {
  readonly aws: aws.Provider;
  readonly network: AwsNetworkOutputs;
  readonly stream: AwsStream | undefined;
  readonly database: AwsDatabase | undefined;
}

export async function awsCopies(
  inputs: AwsCellInputs,
  ground: Ground,
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
      targets.get(name) ?? (await copyTargetOf(awsNeighbour(cells, name), inputs.credentials));
    targets.set(name, target);
    if (link.service === "stream") copyStream(inputs, ground, link, target);
    else Object.assign(made, copyDatabase(inputs, ground, link, target));
  }
  return made;
}

/** A cell that something is copied to. */
interface Target {
  readonly cell: Cell & { cloud: "aws" };
  readonly ground: NeighbourGround;
  readonly provider: aws.Provider;
}

async function copyTargetOf(cell: Target["cell"], credentials: Credentials): Promise<Target> {
  const provider = awsProvider(cell.name, cell, credentials);
  return { cell, ground: await groundOf(cell.stack), provider };
}

function copyStream(
  { specs, common }: AwsCellInputs,
  { aws, network, stream }: Ground,
  { wanted, mechanism }: PlannedLink,
  { cell: target, ground, provider }: Target,
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
        subnetIds: network.isolatedSubnetIds.slice(0, stream.spec.zones.length),
        securityGroupId: stream.securityGroupId,
        provider: aws,
      },
      there: {
        clusterArn: ground.text("streamArn"),
        vpcId: ground.text("vpcId"),
        subnetIds: ground.isolatedSubnetIds(target.specs.stream?.zones.length),
        securityGroupId: ground.text("streamSecurityGroupId"),
        provider,
      },
      copied: copiedOf(specs),
      rpo: wanted.rpo ?? mechanism.rpo ?? "1 day",
    },
    // The replicators reach the brokers over ways of the network.
    { dependsOn: network },
  );
}

function copyDatabase(
  { specs, common, environment }: AwsCellInputs,
  { aws, database }: Ground,
  { wanted, mechanism }: PlannedLink,
  { cell: target, ground, provider }: Target,
): Record<string, pulumi.Output<string>> {
  if (database === undefined || target.specs.cloud !== "aws") return {};
  const key = (purpose: string) => keyOf(environment, targetId(targetOf(target)), purpose);
  const copy = new AwsDatabaseCopy(
    "database-copy",
    {
      ...common,
      spec: database.spec,
      primary: { arn: database.arn, engineVersion: database.engineVersion, provider: aws },
      there: {
        region: target.region,
        zones: target.specs.database?.zones ?? [],
        vpcId: ground.text("vpcId"),
        isolatedSubnetIds: ground.isolatedSubnetIds(),
        clusterSecurityGroupId: ground.text("clusterSecurityGroupId"),
        keys: { data: key("databases"), logs: key("logs") },
        provider,
      },
      rpo: wanted.rpo ?? mechanism.rpo ?? "1 day",
      signIns: signInsOf(specs, target.specs, ground),
    },
    // A global database begins with a writer, which is an instance and not the cluster.
    { dependsOn: database },
  );
  return { [`database in ${target.name}`]: copy.endpoint };
}

/** Workloads that are in both cells under one key, and sign in to the database that is copied. */
function signInsOf(
  { identity }: AwsCellSpecs,
  there: AwsCellSpecs,
  ground: NeighbourGround,
): Record<string, SignIn> {
  const signIns = Object.entries(identity?.workloads ?? {}).flatMap(([key, { grants }]) =>
    grants.flatMap((grant): [string, SignIn][] => {
      if (grant.kind !== "database" || !there.identity?.workloads[key]) return [];
      const role = pulumi.output(ground.principal(key));
      const roleName = role.apply((arn) => arn.split("/").at(-1) ?? arn);
      return [[key, { roleName, user: grant.user }]];
    }),
  );
  return Object.fromEntries(signIns);
}

/** All topics of the stream, and the groups of everybody who is let consume any. */
function copiedOf({ stream, identity }: AwsCellSpecs): Copied {
  const ofClients = Object.entries(stream?.clients ?? {}).flatMap(([key, client]) =>
    client.consume.length > 0 ? [groupOf(key, client)] : [],
  );
  const ofWorkloads = Object.entries(identity?.workloads ?? {}).flatMap(([key, { grants }]) =>
    grants.flatMap((grant) =>
      grant.kind === "topic" && grant.may.includes("consume") ? [grant.group ?? key] : [],
    ),
  );
  return {
    topics: Object.keys(stream?.topics ?? {}),
    groups: [...new Set([...ofClients, ...ofWorkloads])],
  };
}
