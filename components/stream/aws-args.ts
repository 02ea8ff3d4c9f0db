import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { gibibytes } from "../core/units.ts";
import { type AwsStreamSpec, awsBrokers } from "./aws-schema.ts";

/** Inputs of the cluster in addition to its spec. */
export interface AwsClusterInputs {
  readonly name: string;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly dataKeyArn: pulumi.Input<string>;
  readonly configuration: { arn: pulumi.Input<string>; revision: pulumi.Input<number> };
  readonly logGroupName: pulumi.Input<string>;
  /** A second destination of the brokers' logs. */
  readonly archive?: { readonly bucket: pulumi.Input<string>; readonly prefix: string };
  /** Whether MSK can reach the brokers from another region, for replication. */
  readonly replicated: boolean;
}

/** Arguments of the MSK cluster: IAM and TLS only, a customer-managed key, logs. */
export function mskCluster(spec: AwsStreamSpec, inputs: AwsClusterInputs): aws.msk.ClusterArgs {
  const { archive } = inputs;
  return {
    clusterName: inputs.name,
    kafkaVersion: spec.version,
    numberOfBrokerNodes: awsBrokers(spec, spec.zones.length),
    storageMode: spec.storage.tiered ? "TIERED" : "LOCAL",
    enhancedMonitoring: spec.monitoring,
    brokerNodeGroupInfo: {
      instanceType: spec.brokerType,
      clientSubnets: [...inputs.subnetIds],
      securityGroups: [inputs.securityGroupId],
      storageInfo: { ebsStorageInfo: { volumeSize: gibibytes(spec.storage.size) } },
      connectivityInfo: {
        publicAccess: { type: "DISABLED" },
        ...(inputs.replicated
          ? { vpcConnectivity: { clientAuthentication: { sasl: { iam: true, scram: false } } } }
          : {}),
      },
    },
    clientAuthentication: { sasl: { iam: true, scram: false }, unauthenticated: false },
    encryptionInfo: {
      encryptionAtRestKmsKeyArn: inputs.dataKeyArn,
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    },
    configurationInfo: inputs.configuration,
    loggingInfo: {
      brokerLogs: {
        cloudwatchLogs: { enabled: true, logGroup: inputs.logGroupName },
        s3: archive ? { enabled: true, ...archive } : { enabled: false },
      },
    },
    // Explicit when they are off: the provider ignores that such a block is removed.
    openMonitoring: {
      prometheus: {
        jmxExporter: { enabledInBroker: spec.openMonitoring },
        nodeExporter: { enabledInBroker: spec.openMonitoring },
      },
    },
  };
}

/** Properties that stay as they were when the cluster was created. */
export function keptByMsk({ storage }: AwsStreamSpec): string[] {
  return [
    // MSK cannot move brokers: other subnets would replace the cluster.
    "brokerNodeGroupInfo.clientSubnets",
    // With storage auto scaling, a return to the manifest's size would fail: disks cannot shrink.
    ...(storage.growTo === undefined
      ? []
      : ["brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize"]),
  ];
}

/**
 * Broker configuration, with the defaults of topics. Source of the names that MSK supports: Amazon MSK developer guide,
 * "Custom MSK configurations".
 */
export function serverProperties(spec: AwsStreamSpec): string {
  const copies = Math.min(3, awsBrokers(spec, spec.zones.length));
  const inSync = copies - 1;
  const properties: Record<string, string | number | boolean> = {
    "auto.create.topics.enable": false,
    "default.replication.factor": copies,
    "min.insync.replicas": inSync,
    "offsets.topic.replication.factor": copies,
    "transaction.state.log.replication.factor": copies,
    "transaction.state.log.min.isr": inSync,
    "unclean.leader.election.enable": false,
    "num.partitions": 6,
    // Clusters with tiered storage support no other default policy; a topic can still be compacted.
    "log.cleanup.policy": "delete",
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
