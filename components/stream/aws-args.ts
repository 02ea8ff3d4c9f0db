import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { gibibytes } from "../core/units.ts";
import { type AwsStreamSpec, awsBrokers } from "./aws-schema.ts";

/** What the plan of a cluster needs beside its spec. */
export interface AwsClusterInputs {
  readonly name: string;
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly dataKeyArn: pulumi.Input<string>;
  readonly configuration: { arn: pulumi.Input<string>; revision: pulumi.Input<number> };
  readonly logGroupName: pulumi.Input<string>;
  /** Where the brokers' logs go as well. */
  readonly archive?: { readonly bucket: pulumi.Input<string>; readonly prefix: string };
  /** Whether MSK may reach the brokers from another region, to copy between them. */
  readonly replicated: boolean;
}

/** What is asked of MSK: IAM alone, TLS alone, the customer's key, logs on. */
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
        ...(archive ? { s3: { enabled: true, ...archive } } : {}),
      },
    },
    ...(spec.openMonitoring
      ? {
          openMonitoring: {
            prometheus: {
              jmxExporter: { enabledInBroker: true },
              nodeExporter: { enabledInBroker: true },
            },
          },
        }
      : {}),
  };
}

/**
 * The brokers' own settings, for topics that say nothing else. Source of the names that MSK takes: Amazon MSK developer guide,
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
    // Tiered clusters take no other policy here; a topic of its own may still be compacted.
    "log.cleanup.policy": "delete",
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}
