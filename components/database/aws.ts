import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { AwsDatabaseAccess, postgresPort } from "./aws-access.ts";
import { type AwsDatabaseKeys, clusterArgs } from "./aws-args.ts";
import { AwsDatabaseInstances } from "./aws-instances.ts";
import { AwsDatabaseMaster } from "./aws-master.ts";
import { AwsDatabaseParameters } from "./aws-parameters.ts";
import { AwsDatabaseProxy } from "./aws-proxy.ts";
import { type AwsWindows, awsWindows } from "./aws-windows.ts";
import { wantedMajor } from "./base-schema.ts";
import { awsCapacities } from "./capacity.ts";
import type { DatabaseContract } from "./contract.ts";
import { type Recovery, recoveryOf } from "./recovery.ts";
import { type AwsDatabaseSpec, awsDatabaseSpec } from "./schema.ts";
import type { PostgresMajor } from "./versions.ts";

export interface AwsDatabaseArgs extends ComponentArgs {
  /** `database` of the cell's manifest with cloud, account, region and zones. */
  readonly spec: z.input<typeof awsDatabaseSpec>;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** In the order of the spec's zones. */
    readonly isolatedSubnetIds: readonly pulumi.Input<string>[];
  };
  readonly cluster: {
    /** The group that the nodes share: who has it may connect. */
    readonly clusterSecurityGroupId: pulumi.Input<string>;
  };
  readonly keys: AwsDatabaseKeys;
  /** Where the secret of the master user is copied to, of a database that is. @default nowhere */
  readonly copy?: { readonly region: string; readonly keyArn: pulumi.Input<string> };
}

const masterUsername = "atoll";

/**
 * PostgreSQL on Aurora Serverless v2: a writer and at least one reader in other zones, and a proxy in front. Nothing is public,
 * everything is encrypted, TLS is forced and the master's password is kept and rotated by AWS.
 *
 * @example
 * const database = new AwsDatabase("database", { spec, ownership, network, cluster, keys: { data, logs } });
 *
 * @throws BlueprintError `manifest-invalid` with every problem of the spec.
 */
export class AwsDatabase extends BlueprintComponent implements DatabaseContract {
  readonly cloud = "aws";
  readonly spec: AwsDatabaseSpec;
  readonly version: PostgresMajor;
  readonly databaseName: string;
  readonly endpoint: pulumi.Output<string>;
  readonly readerEndpoint: pulumi.Output<string>;
  readonly port = postgresPort;
  readonly maxConnections: number;
  readonly recovery: Recovery;
  readonly arn: pulumi.Output<string>;
  /** Major and minor, as they run. */
  readonly engineVersion: pulumi.Output<string>;
  /** Host of the writer itself, which migrations and backups of one's own use. */
  readonly writerEndpoint: pulumi.Output<string>;
  /** Secret of the master user, kept and rotated by RDS; of a database that is copied, kept here and not rotated. */
  readonly masterSecretArn: pulumi.Output<string>;
  /** The group of the instances. */
  readonly securityGroupId: pulumi.Output<string>;
  /** `cluster-...`: users who connect to `writerEndpoint` or `readerEndpoint` by IAM are named by it. */
  readonly clusterResourceId: pulumi.Output<string>;
  /** `prx-...`: the same at the proxy; undefined without one. */
  readonly proxyResourceId: pulumi.Output<string> | undefined;
  /** Of the two, the one of `endpoint`: what the ARN of a user who connects there by IAM is made of. */
  readonly signInId: pulumi.Output<string>;

  constructor(name: string, args: AwsDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = parseSpec(awsDatabaseSpec, args.spec, `database "${name}"`);
    super("database", "AwsDatabase", name, args, { spec }, opts);
    this.spec = spec;
    this.version = wantedMajor(spec);
    this.databaseName = spec.databaseName;
    this.maxConnections = awsCapacities[spec.size].maxConnections;
    this.recovery = recoveryOf("aws", spec.backups.retentionDays);

    const shared = { ownership: args.ownership, retain: this.retain };
    const access = new AwsDatabaseAccess(
      this.named("access"),
      {
        ...shared,
        vpcId: args.network.vpcId,
        clusterSecurityGroupId: args.cluster.clusterSecurityGroupId,
        proxy: spec.proxy,
      },
      this.child(),
    );
    const windows = awsWindows(spec);
    const groups = new AwsDatabaseParameters(
      this.named("parameters"),
      {
        ...shared,
        database: name,
        version: this.version,
        logicalReplication: spec.logicalReplication,
      },
      this.child(),
    );
    const master = this.#master(args);
    const cluster = this.#cluster(args, access, groups, windows, master);
    const { instances } = new AwsDatabaseInstances(
      this.named("instances"),
      {
        ...shared,
        database: name,
        spec,
        cluster,
        parameterGroupName: groups.instanceGroup,
        keys: args.keys,
        windows,
      },
      this.child(),
    );
    this.masterSecretArn =
      master?.secretArn ?? cluster.masterUserSecrets.apply(([secret]) => secret?.secretArn ?? "");
    const proxy = this.#proxy(args, access, cluster, instances);

    this.arn = cluster.arn;
    this.engineVersion = cluster.engineVersionActual;
    this.writerEndpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.endpoint = proxy?.endpoint ?? cluster.endpoint;
    this.securityGroupId = access.databaseGroupId;
    this.clusterResourceId = cluster.clusterResourceId;
    this.proxyResourceId = proxy?.resourceId;
    this.signInId = this.proxyResourceId ?? this.clusterResourceId;
    this.registerOutputs({
      endpoint: this.endpoint,
      readerEndpoint: this.readerEndpoint,
      databaseName: this.databaseName,
      masterSecretArn: this.masterSecretArn,
      maxConnections: this.maxConnections,
      recovery: this.recovery,
    });
  }

  /** What a role must be allowed `rds-db:connect` on to sign in at `endpoint` as this user of the database. */
  signInArn(user: string): pulumi.Output<string> {
    const { region, account } = this.spec;
    return pulumi.interpolate`arn:aws:rds-db:${region}:${account}:dbuser:${this.signInId}/${user}`;
  }

  /** RDS keeps no password of a cluster that is in a global database. */
  #master({ ownership, keys, copy }: AwsDatabaseArgs): AwsDatabaseMaster | undefined {
    if (this.spec.replicateTo === undefined) return undefined;
    return new AwsDatabaseMaster(
      this.named("master"),
      {
        ownership,
        retain: this.retain,
        username: masterUsername,
        keyArn: keys.data,
        ...(copy ? { copy } : {}),
      },
      this.child(),
    );
  }

  #cluster(
    { network, keys, ownership }: AwsDatabaseArgs,
    access: AwsDatabaseAccess,
    groups: AwsDatabaseParameters,
    windows: AwsWindows,
    master: AwsDatabaseMaster | undefined,
  ): aws.rds.Cluster {
    const { spec } = this;
    const identifier = nameIn(ownership, "rds-cluster", this.named());
    const logs = new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // RDS writes to this name and would make the group itself, unencrypted and kept for ever.
        name: `/aws/rds/cluster/${identifier}/postgresql`,
        kmsKeyId: keys.logs,
        retentionInDays: spec.logRetentionDays,
      },
      this.stateful(),
    );
    const subnets = new aws.rds.SubnetGroup(
      this.named("subnets"),
      {
        name: nameIn(ownership, "rds-group", this.named()),
        description: `Isolated subnets of ${identifier}`,
        subnetIds: [...network.isolatedSubnetIds],
      },
      this.child(),
    );
    const wanted: aws.rds.ClusterArgs = {
      ...clusterArgs(spec, {
        identifier,
        // The major alone: with a minor here, every minor upgrade that AWS makes would be planned back.
        engineVersion: this.version,
        subnetGroupName: subnets.name,
        securityGroupId: access.databaseGroupId,
        groups,
        keys,
        windows,
        retain: this.retain,
      }),
      ...(spec.upgrade === undefined
        ? {}
        : { allowMajorVersionUpgrade: true, dbInstanceParameterGroupName: groups.instanceGroup }),
      databaseName: spec.databaseName,
      masterUsername,
      ...(master
        ? { masterPassword: master.password }
        : { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keys.data }),
    };
    return new aws.rds.Cluster(
      this.named(),
      wanted,
      this.stateful({
        dependsOn: logs,
        // Of a database that is copied, the global database says this.
        ignoreChanges: spec.replicateTo ? ["globalClusterIdentifier"] : [],
      }),
    );
  }

  #proxy(
    args: AwsDatabaseArgs,
    access: AwsDatabaseAccess,
    cluster: aws.rds.Cluster,
    instances: readonly aws.rds.ClusterInstance[],
  ): AwsDatabaseProxy | undefined {
    if (access.proxyGroupId === undefined) return undefined;
    const { account, region, logRetentionDays } = this.spec;
    return new AwsDatabaseProxy(
      this.named("proxy"),
      {
        ownership: args.ownership,
        retain: this.retain,
        account,
        region,
        subnetIds: args.network.isolatedSubnetIds,
        securityGroupId: access.proxyGroupId,
        cluster: { identifier: cluster.id, resourceId: cluster.clusterResourceId },
        logsKeyArn: args.keys.logs,
        logRetentionDays,
        instances,
      },
      this.child(),
    );
  }
}
