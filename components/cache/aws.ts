import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { dailyHour, weeklyHour } from "../core/aws-windows.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { deployedSubnets, type IsolatedSubnets } from "../core/subnets.ts";
import type { Deployed } from "../section/deployed.ts";
import { AwsCacheUsers } from "./aws-users.ts";
import { snapshotHour } from "./base-schema.ts";
import { awsCapacities } from "./capacity.ts";
import type { CacheContract } from "./contract.ts";
import { type AwsCacheSpec, awsCacheSpec } from "./schema.ts";
import { awsVersions } from "./versions.ts";

export interface AwsCacheArgs extends ComponentArgs {
  /** `cache` of the cell's manifest with cloud, account and region. */
  readonly spec: z.input<typeof awsCacheSpec>;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
  } & IsolatedSubnets;
  readonly cluster: {
    /** The security group of the nodes, which may connect. */
    readonly clusterSecurityGroupId: pulumi.Input<string>;
  };
  /** ARNs of customer managed KMS keys. */
  readonly keys: {
    /** Encrypts disks and snapshots. */
    readonly data: pulumi.Input<string>;
    /** Encrypts the logs. */
    readonly logs: pulumi.Input<string>;
  };
  /** Whether the environment has tenants, which add users to the cache. @default false */
  readonly tenants?: boolean;
  /** The resources of the stack as they were last deployed. @default none */
  readonly deployed?: Deployed;
}

const valkeyPort = 6379;

/** The default `maxmemory-policy` of ElastiCache. */
const defaultEviction = "volatile-lru";

const logTypes = ["engine-log", "slow-log"] as const;

/**
 * Valkey on ElastiCache: each shard in at least two zones, with automatic failover. TLS is required, users authenticate with
 * IAM, disks and snapshots are encrypted with a customer-managed key.
 *
 * @example
 * const cache = new AwsCache("cache", { spec, ownership, network, cluster, keys: { data, logs } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsCache extends BlueprintComponent implements CacheContract {
  readonly cloud = "aws";
  readonly spec: AwsCacheSpec;
  readonly endpoint: pulumi.Output<string>;
  /** Host that distributes reads over the replicas; undefined for a cluster, whose clients find them. */
  readonly readerEndpoint: pulumi.Output<string> | undefined;
  readonly port = valkeyPort;
  readonly clustered: boolean;
  readonly dataGiB: number;
  readonly failover = "automatic";
  readonly arn: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** ARN of each user: a role needs `elasticache:Connect` on it and on `arn` to authenticate as that user. */
  readonly userArns: Readonly<Record<string, pulumi.Output<string>>>;
  readonly userGroupId: pulumi.Output<string>;
  /** The name of each user, by its key. */
  readonly userNames: Readonly<Record<string, string>>;

  constructor(name: string, args: AwsCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsCacheSpec, args.spec, `cache "${name}"`);
    super("cache", "AwsCache", name, args, { spec }, opts);
    const { shards, dataGiB } = awsCapacities[spec.size];
    this.spec = spec;
    this.clustered = shards > 1;
    this.dataGiB = dataGiB;

    const users = new AwsCacheUsers(
      this.named("users"),
      {
        ownership: args.ownership,
        retain: this.retain,
        cache: name,
        users: spec.users,
        ...(args.tenants && { tenants: true }),
        ...(args.deployed && { deployed: args.deployed }),
      },
      this.child(),
    );
    const securityGroup = this.#securityGroup(args);
    const group = this.#group(args, users, securityGroup);

    this.arn = group.arn;
    this.securityGroupId = securityGroup.id;
    this.userArns = users.userArns;
    this.userGroupId = users.groupId;
    this.userNames = users.userNames;
    this.endpoint = this.clustered
      ? group.configurationEndpointAddress
      : group.primaryEndpointAddress;
    this.readerEndpoint = this.clustered ? undefined : group.readerEndpointAddress;
    this.registerOutputs({
      endpoint: this.endpoint,
      clustered: this.clustered,
      dataGiB: this.dataGiB,
      userArns: this.userArns,
    });
  }

  #group(
    { ownership, network, keys }: AwsCacheArgs,
    users: AwsCacheUsers,
    securityGroup: aws.ec2.SecurityGroup,
  ): aws.elasticache.ReplicationGroup {
    const { spec } = this;
    const { nodeType, shards } = awsCapacities[spec.size];
    const { engineVersion, family } = awsVersions[spec.version];
    const id = nameIn(ownership, "elasticache-group", this.named());
    const subnets = new aws.elasticache.SubnetGroup(
      this.named("subnets"),
      {
        name: id,
        description: `Isolated subnets of ${id}`,
        subnetIds: [...deployedSubnets(network)],
      },
      this.child(),
    );
    const parameters = new aws.elasticache.ParameterGroup(
      this.named(`parameters-${family}`),
      {
        name: nameIn(ownership, "elasticache-group", this.named(), family),
        family,
        description: `Settings of ${id}`,
        // ElastiCache returns only values that differ from its defaults: others would show as a difference on every preview.
        parameters: [
          ...(this.clustered ? [{ name: "cluster-enabled", value: "yes" }] : []),
          ...(spec.eviction === defaultEviction
            ? []
            : [{ name: "maxmemory-policy", value: spec.eviction }]),
        ],
      },
      this.child(),
    );
    const logs = logTypes.map((logType) => ({
      logType,
      group: this.#logs(id, logType, keys.logs),
    }));
    const { day, hour } = spec.maintenance;
    const wanted: aws.elasticache.ReplicationGroupArgs = {
      replicationGroupId: id,
      description: `Valkey of ${ownership.cell ?? ownership.environment}`,
      engine: "valkey",
      engineVersion,
      nodeType,
      port: valkeyPort,
      clusterMode: this.clustered ? "enabled" : "disabled",
      ...(this.clustered
        ? { numNodeGroups: shards, replicasPerNodeGroup: spec.replicas }
        : { numCacheClusters: 1 + spec.replicas }),
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      subnetGroupName: subnets.name,
      securityGroupIds: [securityGroup.id],
      parameterGroupName: parameters.name,
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
      atRestEncryptionEnabled: true,
      kmsKeyId: keys.data,
      userGroupIds: [users.groupId],
      snapshotRetentionLimit: spec.snapshots.retentionDays,
      snapshotWindow: dailyHour(snapshotHour(spec)),
      ...(this.retain ? { finalSnapshotIdentifier: `${id}-final` } : {}),
      maintenanceWindow: weeklyHour(day, hour),
      autoMinorVersionUpgrade: true,
      applyImmediately: false,
      logDeliveryConfigurations: logs.map(({ logType, group }) => ({
        logType,
        logFormat: "json",
        destinationType: "cloudwatch-logs",
        destination: group.name,
      })),
    };
    return new aws.elasticache.ReplicationGroup(
      this.named(),
      wanted,
      // Amazon upgrades the minor version: going back to the initial one would replace the cache and lose its data.
      this.stateful({ ignoreChanges: ["engineVersion"] }),
    );
  }

  #logs(id: string, type: string, keyArn: pulumi.Input<string>): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      this.named(type),
      {
        // With this prefix, log delivery needs no resource policy for each group.
        name: `/aws/vendedlogs/elasticache/${id}/${type}`,
        kmsKeyId: keyArn,
        retentionInDays: this.spec.logRetentionDays,
      },
      this.stateful(),
    );
  }

  #securityGroup({ ownership, network, cluster }: AwsCacheArgs): aws.ec2.SecurityGroup {
    const name = nameIn(ownership, "security-group", this.named());
    const group = new aws.ec2.SecurityGroup(
      this.named("access"),
      { name, description: "Valkey from the cluster", vpcId: network.vpcId, tags: { Name: name } },
      this.child(),
    );
    new aws.vpc.SecurityGroupIngressRule(
      this.named("from-cluster"),
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: cluster.clusterSecurityGroupId,
        description: "Valkey",
        ipProtocol: "tcp",
        fromPort: valkeyPort,
        toPort: valkeyPort,
      },
      this.child(),
    );
    return group;
  }
}
