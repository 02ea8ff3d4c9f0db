/** What runs beside the cluster of a cell on AWS: streams, databases, buckets, and who may use them. */
import type * as aws from "@pulumi/aws";
import { AwsCache } from "../../components/cache/aws.ts";
import type { AwsCluster } from "../../components/cluster/aws.ts";
import { AwsDatabase } from "../../components/database/aws.ts";
import { AwsEventSourcing } from "../../components/event-sourcing/aws.ts";
import { AwsIdentity } from "../../components/identity/aws.ts";
import type { AwsReferences } from "../../components/identity/aws-statements.ts";
import type { AwsNetwork } from "../../components/network/aws.ts";
import type { AwsNodePools } from "../../components/node-pool/aws.ts";
import { AwsObjectStore } from "../../components/object-store/aws.ts";
import { AwsSecrets } from "../../components/secrets/aws.ts";
import { AwsStream } from "../../components/stream/aws.ts";
import { main } from "../../footprint/specs/declared-resources.ts";
import { awsCopying } from "./aws-copying.ts";
import type { AwsCellInputs, Built, Services } from "./inputs.ts";

interface Ground {
  readonly aws: aws.Provider;
  readonly network: AwsNetwork;
  readonly cluster: AwsCluster;
  readonly nodePools: AwsNodePools;
}

interface Made extends Services {
  readonly stream: AwsStream | undefined;
  readonly database: AwsDatabase | undefined;
  readonly cache: AwsCache | undefined;
  readonly objectStore: AwsObjectStore | undefined;
  readonly secrets: AwsSecrets | undefined;
}

export function awsServices(
  inputs: AwsCellInputs,
  ground: Ground,
): Pick<Built, "services" | "references"> & Pick<Made, "stream" | "database"> {
  const { specs, common, keys, serviceLogs } = inputs;
  const copying = awsCopying(inputs);
  const { aws, network, cluster, nodePools } = ground;
  const opts = { providers: { aws } };
  const stream =
    specs.stream &&
    new AwsStream(
      "stream",
      {
        ...common,
        spec: specs.stream,
        network: {
          vpcId: network.vpcId,
          subnetIds: network.isolatedSubnetIds.slice(0, specs.stream.zones.length),
          clientSecurityGroupId: cluster.clusterSecurityGroupId,
        },
        keys: { data: keys.streams, logs: keys.logs },
        ...(serviceLogs && { logArchiveBucket: serviceLogs }),
        replicated: copying.stream,
      },
      opts,
    );
  const database =
    specs.database &&
    new AwsDatabase(
      "database",
      {
        ...common,
        spec: specs.database,
        network,
        cluster,
        keys: { data: keys.databases, logs: keys.logs },
        ...(copying.master && { copy: copying.master }),
      },
      opts,
    );
  const cache =
    specs.cache &&
    new AwsCache(
      "cache",
      {
        ...common,
        spec: specs.cache,
        network,
        cluster,
        keys: { data: keys.caches, logs: keys.logs },
      },
      opts,
    );
  const objectStore =
    specs.objectStore &&
    new AwsObjectStore(
      "object-store",
      {
        ...common,
        spec: specs.objectStore,
        keyArn: keys.objects,
        replicaKeyArns: copying.objectKeys,
      },
      opts,
    );
  const secrets =
    specs.secrets &&
    new AwsSecrets(
      "secrets",
      { ...common, spec: specs.secrets, keyArn: keys.secrets, cluster },
      // External Secrets needs nodes to run on.
      { ...opts, dependsOn: nodePools },
    );
  const made = { stream, database, cache, objectStore, secrets };
  const eventSourcing = awsEvents(inputs, ground, made);
  const references = awsReferences(inputs, made);
  const identity =
    specs.identity &&
    new AwsIdentity("identity", { ...common, spec: specs.identity, cluster, references }, opts);
  return { services: { ...made, eventSourcing, identity }, references, stream, database };
}

/** The registry of schemas, and the connector that reads the database's outbox once its ways to AWS's services stand. */
function awsEvents(
  { specs, common, keys }: AwsCellInputs,
  { aws, network }: Ground,
  { stream, database, secrets }: Pick<Made, "stream" | "database" | "secrets">,
): AwsEventSourcing | undefined {
  if (specs.eventSourcing === undefined || stream === undefined) return undefined;
  const secretArn = secrets?.secretArns[specs.eventSourcing.outbox?.passwordSecret ?? ""];
  return new AwsEventSourcing(
    "event-sourcing",
    {
      ...common,
      spec: specs.eventSourcing,
      stream,
      network: {
        vpcId: network.vpcId,
        subnetIds: network.privateSubnetIds,
        endpointSecurityGroupId: network.endpointSecurityGroupId,
      },
      ...(database &&
        secretArn && {
          database: {
            host: database.writerEndpoint,
            securityGroupId: database.securityGroupId,
            secretArn,
            secretKeyArn: keys.secrets,
          },
        }),
      logsKeyArn: keys.logs,
    },
    { providers: { aws }, dependsOn: network },
  );
}

/** What IAM knows the cell's resources by. */
function awsReferences(
  { keys }: AwsCellInputs,
  { stream, database, cache, objectStore, secrets }: Omit<Made, "eventSourcing" | "identity">,
): AwsReferences {
  const mapped = <From, To>(
    of: Readonly<Record<string, From>> | undefined,
    to: (from: From) => To,
  ) => Object.fromEntries(Object.entries(of ?? {}).map(([name, from]) => [name, to(from)]));
  return {
    bucket: mapped(objectStore?.buckets, ({ arn }) => ({ arn, keyArn: keys.objects })),
    secret: mapped(secrets?.secretArns, (arn) => ({ arn, keyArn: keys.secrets })),
    topic: stream ? mapped(stream.topicNames, () => ({ clusterArn: stream.clusterArn })) : {},
    database: database ? { [main]: databaseReference(database) } : {},
    cache: cache ? { [main]: { arn: cache.arn, userArns: cache.userArns } } : {},
  };
}

/** Clients write through the proxy, and read past it where there is one. */
function databaseReference({ signInId, proxyResourceId, clusterResourceId }: AwsDatabase) {
  return { resourceId: signInId, ...(proxyResourceId && { clusterResourceId }) };
}
