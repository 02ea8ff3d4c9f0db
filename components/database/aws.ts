import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { parseSpec } from "../core/spec.ts";
import { deployedSubnets, type IsolatedSubnets } from "../core/subnets.ts";
import type { Deployed } from "../section/deployed.ts";
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
import { type AwsDatabaseSpec, awsDatabaseSpec, storesPassword } from "./schema.ts";
import type { PostgresMajor } from "./versions.ts";

export interface AwsDatabaseArgs extends ComponentArgs {
  /** `database` of the cell's manifest with cloud, account, region and zones. */
  readonly spec: z.input<typeof awsDatabaseSpec>;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
  } & IsolatedSubnets;
  readonly cluster: {
    /** The security group of the nodes, which may connect. */
    readonly clusterSecurityGroupId: pulumi.Input<string>;
  };
  readonly keys: AwsDatabaseKeys;
  /** The region that the master user's secret is replicated to, for a database with `replicateTo`. @default nowhere */
  readonly copy?: { readonly region: string; readonly keyArn: pulumi.Input<string> };
  /** Resources of the stack: instances stay in their zones. @default none */
  readonly deployed?: Deployed;
}

const masterUsername = "atoll";
/**
 * PostgreSQL on Aurora Serverless v2: a writer and at least one reader in other zones, and a proxy in front. Nothing is public,
 * everything is encrypted, TLS is required, and AWS stores and rotates the master user's password.
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
  /** The running version, major and minor. */
  readonly engineVersion: pulumi.Output<string>;
  /** Host of the writer itself, for migrations and your own backups. */
  readonly writerEndpoint: pulumi.Output<string>;
  /** Secret of the master user, managed and rotated by RDS; for a database with `replicateTo`, managed here and not rotated. */
  readonly masterSecretArn: pulumi.Output<string>;
  /** The security group of the instances. */
  readonly securityGroupId: pulumi.Output<string>;
  /** `cluster-...`: part of the ARN of users who connect to `writerEndpoint` or `readerEndpoint` with IAM. */
  readonly clusterResourceId: pulumi.Output<string>;
  /** `prx-...`: the same for the proxy; undefined without one. */
  readonly proxyResourceId: pulumi.Output<string> | undefined;
  /** The one of the two for `endpoint`: part of the ARN of users who connect there with IAM. */
  readonly signInId: pulumi.Output<string>;
  readonly forTenants: DatabaseContract["forTenants"];

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
        deployed: args.deployed,
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
    this.forTenants = {
      writer: this.writerEndpoint,
      vpcId: args.network.vpcId,
      isolatedSubnetIds: args.network.isolatedSubnetIds,
      clusterSecurityGroupId: args.cluster.clusterSecurityGroupId,
    };
    this.registerOutputs({
      endpoint: this.endpoint,
      readerEndpoint: this.readerEndpoint,
      databaseName: this.databaseName,
      masterSecretArn: this.masterSecretArn,
      maxConnections: this.maxConnections,
      recovery: this.recovery,
    });
  }

  /** The resource that a role needs `rds-db:connect` on to connect to `endpoint` as this database user. */
  signInArn(user: string): pulumi.Output<string> {
    const { region, account } = this.spec;
    return pulumi.interpolate`arn:aws:rds-db:${region}:${account}:dbuser:${this.signInId}/${user}`;
  }

  /** RDS does not manage the password of a cluster in a global database. */
  #master({ ownership, keys, copy }: AwsDatabaseArgs): AwsDatabaseMaster | undefined {
    if (!storesPassword(this.spec)) return undefined;
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
        // RDS writes to this name and would create the group itself, unencrypted and without expiry.
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
        subnetIds: [...deployedSubnets(network)],
      },
      this.child(),
    );
    const wanted: aws.rds.ClusterArgs = {
      ...clusterArgs(spec, {
        identifier,
        // Only the major version: a minor version would revert AWS's minor upgrades.
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
        // Set by the global database.
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
