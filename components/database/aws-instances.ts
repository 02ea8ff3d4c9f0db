import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { trustPolicy } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import type { Deployed } from "../section/deployed.ts";
import { type AwsDatabaseKeys, insightsDays } from "./aws-args.ts";
import type { AwsWindows } from "./aws-windows.ts";
import { deployedInstances, instanceZones } from "./aws-zones.ts";
import type { AwsDatabaseSpec } from "./schema.ts";

export interface AwsDatabaseInstancesArgs extends ComponentArgs {
  /** Name of the database, part of the names of the instances. */
  readonly database: string;
  readonly spec: AwsDatabaseSpec;
  readonly cluster: aws.rds.Cluster;
  readonly parameterGroupName: pulumi.Input<string>;
  readonly keys: AwsDatabaseKeys;
  readonly windows: AwsWindows;
  /** Resources of the stack: instances stay in their zones. @default none */
  readonly deployed?: Deployed | undefined;
}

/** The RDS certificate authority that is valid until 2061. */
const certificateAuthority = "rds-ca-rsa2048-g1";

/** The writer and its readers, distributed over the zones, with enhanced monitoring every minute. */
export class AwsDatabaseInstances extends BlueprintComponent {
  readonly instances: readonly aws.rds.ClusterInstance[];

  constructor(
    name: string,
    args: AwsDatabaseInstancesArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("database", "AwsDatabaseInstances", name, args, {}, opts);
    const monitoring = this.#monitoring(args);
    const keys = Array.from({ length: 1 + args.spec.readReplicas }, (_, index) => index + 1);
    const zones = instanceZones(
      keys.map((key) => this.named(String(key))),
      args.spec.zones,
      deployedInstances(args.deployed ?? [], this.named()),
    );
    this.instances = zones.map((zone, index) => this.#instance(args, monitoring, index, zone));
    this.registerOutputs({});
  }

  #instance(
    { database, spec, cluster, keys, ownership, ...args }: AwsDatabaseInstancesArgs,
    monitoring: Monitoring,
    index: number,
    availabilityZone: string,
  ): aws.rds.ClusterInstance {
    const key = String(index + 1);
    return new aws.rds.ClusterInstance(
      this.named(key),
      {
        identifier: nameIn(ownership, "rds-cluster", database, key),
        clusterIdentifier: cluster.id,
        engine: "aurora-postgresql",
        instanceClass: "db.serverless",
        availabilityZone,
        // Only readers in tiers 0 and 1 scale with the writer, so that they can take over under full load.
        promotionTier: Math.min(index, 15),
        publiclyAccessible: false,
        dbParameterGroupName: args.parameterGroupName,
        caCertIdentifier: certificateAuthority,
        autoMinorVersionUpgrade: true,
        copyTagsToSnapshot: true,
        preferredMaintenanceWindow: args.windows.maintenance,
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keys.data,
        performanceInsightsRetentionPeriod: insightsDays[spec.insights],
        monitoringInterval: 60,
        monitoringRoleArn: monitoring.roleArn,
      },
      // Not stateful: the cluster holds the data, and readers may be removed.
      this.child({ dependsOn: monitoring.attachment }),
    );
  }

  #monitoring({ database, ownership, spec }: AwsDatabaseInstancesArgs): Monitoring {
    const role = new aws.iam.Role(
      this.named("monitoring"),
      {
        name: nameIn(ownership, "iam-role", database, "monitoring"),
        description: "RDS: writes the operating system's metrics of the instances",
        assumeRolePolicy: trustPolicy("monitoring.rds.amazonaws.com", {
          conditions: {
            StringEquals: { "aws:SourceAccount": spec.account },
            ArnLike: { "aws:SourceArn": `arn:aws:rds:${spec.region}:${spec.account}:db:*` },
          },
        }),
      },
      this.child(),
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      this.named("monitoring-policy"),
      {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
      },
      this.child(),
    );
    return { roleArn: role.arn, attachment };
  }
}

interface Monitoring {
  readonly roleArn: pulumi.Output<string>;
  readonly attachment: pulumi.Resource;
}
