import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import { type Duration, seconds } from "../core/units.ts";
import { AwsDatabaseAccess } from "../database/aws-access.ts";
import type { AwsDatabaseKeys } from "../database/aws-args.ts";
import { clusterArgs } from "../database/aws-args.ts";
import { AwsDatabaseInstances } from "../database/aws-instances.ts";
import { AwsDatabaseParameters } from "../database/aws-parameters.ts";
import { awsWindows } from "../database/aws-windows.ts";
import { wantedMajor } from "../database/base-schema.ts";
import type { AwsDatabaseSpec } from "../database/schema.ts";
import type { Deployed } from "../section/deployed.ts";
import { onceWritten } from "./aurora-writer.ts";
import { auroraNames } from "./names.ts";

export interface AwsDatabaseCopyArgs extends ComponentArgs {
  /** The spec of the source database. */
  readonly spec: AwsDatabaseSpec;
  /** Its writer must exist: make the copy depend on the database. */
  readonly primary: {
    readonly arn: pulumi.Input<string>;
    /** Major and minor version. Both clusters must run the same. */
    readonly engineVersion: pulumi.Input<string>;
    readonly provider: aws.Provider;
  };
  /** The target cell. */
  readonly there: {
    readonly region: string;
    /** Zones of its isolated subnets, in their order. */
    readonly zones: readonly string[];
    readonly vpcId: pulumi.Input<string>;
    readonly isolatedSubnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** The security group of its nodes, which can connect. */
    readonly clusterSecurityGroupId: pulumi.Input<string>;
    /** KMS keys in its region. */
    readonly keys: AwsDatabaseKeys;
    readonly provider: aws.Provider;
  };
  readonly rpo: Duration;
  /** Resources of the stack: instances stay in their zones. @default none */
  readonly deployed?: Deployed;
  /**
   * Roles of the target cell that can sign in with IAM, by key: the role, and the PostgreSQL user, which is replicated.
   *
   * @default {}, none
   */
  readonly signIns?: Readonly<Record<string, SignIn>>;
}

export interface SignIn {
  readonly roleName: pulumi.Input<string>;
  readonly user: string;
}

/**
 * A copy of a database in another region, encrypted with a key of that region, and the global database for both. It serves reads,
 * and becomes the writer in a switchover or failover. The former writer then replicates from it.
 *
 * @example
 * new AwsDatabaseCopy("database-copy", { spec, primary, there, rpo: "5 minutes", ownership });
 */
export class AwsDatabaseCopy extends BlueprintComponent {
  /** Host for writes after a failover. */
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;

  constructor(name: string, args: AwsDatabaseCopyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("replication", "AwsDatabaseCopy", name, args, { rpo: args.rpo }, opts);
    const cluster = this.#cluster(args, this.#global(args));
    this.endpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.#alarm(args);
    this.#signIns(args, cluster);
    this.registerOutputs({ endpoint: this.endpoint, readerEndpoint: this.readerEndpoint });
  }

  #global({ ownership, primary }: AwsDatabaseCopyArgs): aws.rds.GlobalCluster {
    return new aws.rds.GlobalCluster(
      this.named("global"),
      {
        globalClusterIdentifier: auroraNames(ownership).global,
        sourceDbClusterIdentifier: primary.arn,
        // Deleting it only detaches its members, which have their own protection.
        forceDestroy: true,
        deletionProtection: this.retain,
      },
      this.stateful({ provider: primary.provider }),
    );
  }

  #cluster(args: AwsDatabaseCopyArgs, global: aws.rds.GlobalCluster): aws.rds.Cluster {
    const { ownership, there, primary } = args;
    const { provider, keys } = there;
    const shared = { ownership, retain: this.retain };
    const inRegion = { parent: this, providers: [provider] };
    const spec = { ...args.spec, region: there.region, zones: [...there.zones] };
    const identifier = auroraNames(ownership).replica;
    const access = new AwsDatabaseAccess(
      this.named("access"),
      {
        ...shared,
        vpcId: there.vpcId,
        clusterSecurityGroupId: there.clusterSecurityGroupId,
        proxy: false,
      },
      inRegion,
    );
    const groups = new AwsDatabaseParameters(
      this.named("parameters"),
      {
        ...shared,
        database: "database-copy",
        version: wantedMajor(spec),
        logicalReplication: spec.logicalReplication,
      },
      inRegion,
    );
    const windows = awsWindows(spec);
    const cluster = new aws.rds.Cluster(
      this.named(),
      {
        ...clusterArgs(spec, {
          identifier,
          engineVersion: primary.engineVersion,
          subnetGroupName: this.#subnets(args),
          securityGroupId: access.databaseGroupId,
          groups,
          keys,
          windows,
          retain: this.retain,
        }),
        globalClusterIdentifier: onceWritten(global, primary.provider),
      },
      this.stateful({
        provider,
        dependsOn: this.#logs(args, identifier),
        // RDS sets the replication source, and upgrades both clusters.
        ignoreChanges: ["replicationSourceIdentifier", "engineVersion"],
      }),
    );
    new AwsDatabaseInstances(
      this.named("instances"),
      {
        ...shared,
        database: "database-copy",
        spec,
        cluster,
        parameterGroupName: groups.instanceGroup,
        keys,
        windows,
        deployed: args.deployed,
      },
      inRegion,
    );
    return cluster;
  }

  #subnets({ ownership, there }: AwsDatabaseCopyArgs): pulumi.Output<string> {
    const group = new aws.rds.SubnetGroup(
      this.named("subnets"),
      {
        name: nameIn(ownership, "rds-group", "database-copy"),
        description: `Isolated subnets of ${auroraNames(ownership).replica}`,
        subnetIds: there.isolatedSubnetIds,
      },
      this.child({ provider: there.provider }),
    );
    return group.name;
  }

  #logs({ spec, there }: AwsDatabaseCopyArgs, identifier: string): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // RDS writes to this name and would create the log group itself, unencrypted and without retention.
        name: `/aws/rds/cluster/${identifier}/postgresql`,
        kmsKeyId: there.keys.logs,
        retentionInDays: spec.logRetentionDays,
      },
      this.stateful({ provider: there.provider }),
    );
  }

  #signIns({ spec, there, signIns = {} }: AwsDatabaseCopyArgs, cluster: aws.rds.Cluster): void {
    const users = pulumi.interpolate`arn:aws:rds-db:${there.region}:${spec.account}:dbuser:${cluster.clusterResourceId}`;
    for (const [key, { roleName, user }] of Object.entries(signIns)) {
      new aws.iam.RolePolicy(
        this.named(`sign-in-${key}`),
        {
          name: this.named(),
          role: roleName,
          policy: policyDocument([
            {
              sid: "SignIn",
              actions: "rds-db:connect",
              resources: pulumi.interpolate`${users}/${user}`,
            },
          ]),
        },
        this.child({ provider: there.provider }),
      );
    }
  }

  #alarm({ ownership, there, rpo }: AwsDatabaseCopyArgs): void {
    new aws.cloudwatch.MetricAlarm(
      this.named("lag"),
      {
        name: nameIn(ownership, "metric-alarm", "database-copy", "lag"),
        alarmDescription: `The database's copy is more than ${rpo} behind`,
        namespace: "AWS/RDS",
        metricName: "AuroraGlobalDBRPOLag",
        dimensions: { DBClusterIdentifier: auroraNames(ownership).replica },
        statistic: "Maximum",
        period: 60,
        evaluationPeriods: 3,
        comparisonOperator: "GreaterThanThreshold",
        threshold: seconds(rpo) * 1000,
        // A failover removes it.
        treatMissingData: "notBreaching",
      },
      this.child({ provider: there.provider }),
    );
  }
}
