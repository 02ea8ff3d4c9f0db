import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { policyDocument, trustPolicy } from "../core/iam.ts";
import { nameIn } from "../core/place.ts";
import type { LogRetention } from "../core/retention.ts";

export interface AwsDatabaseProxyArgs extends ComponentArgs {
  readonly account: string;
  readonly region: string;
  /** The isolated subnets; at least two zones. */
  readonly subnetIds: readonly pulumi.Input<string>[];
  readonly securityGroupId: pulumi.Input<string>;
  readonly cluster: {
    readonly identifier: pulumi.Input<string>;
    /** `cluster-...` */
    readonly resourceId: pulumi.Input<string>;
  };
  /** ARN of the key for its logs. */
  readonly logsKeyArn: pulumi.Input<string>;
  readonly logRetentionDays: LogRetention;
  /** Created before the proxy's target: the writer. */
  readonly instances: readonly pulumi.Resource[];
}

/** Seconds after which idle clients are disconnected. */
const idleClientTimeout = 1800;

/** RDS Proxy: pools connections to the writer for clients that authenticate with IAM, over TLS only. */
export class AwsDatabaseProxy extends BlueprintComponent {
  readonly endpoint: pulumi.Output<string>;
  /** `prx-...`, which is not its name. */
  readonly resourceId: pulumi.Output<string>;

  constructor(name: string, args: AwsDatabaseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("database", "AwsDatabaseProxy", name, args, {}, opts);
    const physical = nameIn(args.ownership, "rds-proxy", this.named());
    const logs = new aws.cloudwatch.LogGroup(
      this.named("logs"),
      {
        // RDS writes to this name and would create the group itself, unencrypted and without expiry.
        name: `/aws/rds/proxy/${physical}`,
        kmsKeyId: args.logsKeyArn,
        retentionInDays: args.logRetentionDays,
      },
      this.child(),
    );
    const role = this.#role(args);
    const proxy = new aws.rds.Proxy(
      this.named(),
      {
        name: physical,
        engineFamily: "POSTGRESQL",
        roleArn: role.arn,
        // IAM on both sides of the proxy, so that it needs no passwords.
        defaultAuthScheme: "IAM_AUTH",
        requireTls: true,
        // Statements may hold personal data; debug logs show them.
        debugLogging: false,
        idleClientTimeout,
        vpcSubnetIds: [...args.subnetIds],
        vpcSecurityGroupIds: [args.securityGroupId],
      },
      this.child({
        dependsOn: [logs, role.policy],
        // RDS cannot move a proxy: other subnets would replace it, and its endpoint with it.
        ignoreChanges: ["vpcSubnetIds"],
      }),
    );
    this.#target(args, proxy);
    this.endpoint = proxy.endpoint;
    // Its ARN ends in it: `arn:aws:rds:<region>:<account>:db-proxy:prx-...`.
    this.resourceId = proxy.arn.apply((arn) => arn.split(":").at(-1) ?? "");
    this.registerOutputs({ endpoint: this.endpoint, resourceId: this.resourceId });
  }

  #target({ cluster, instances }: AwsDatabaseProxyArgs, proxy: aws.rds.Proxy): void {
    const group = new aws.rds.ProxyDefaultTargetGroup(
      this.named("targets"),
      {
        dbProxyName: proxy.name,
        connectionPoolConfig: {
          // Leaves connections for administrators when the pool is full.
          maxConnectionsPercent: 90,
          maxIdleConnectionsPercent: 50,
          connectionBorrowTimeout: 120,
        },
      },
      this.child(),
    );
    new aws.rds.ProxyTarget(
      this.named("cluster"),
      {
        dbProxyName: proxy.name,
        targetGroupName: group.name,
        dbClusterIdentifier: cluster.identifier,
      },
      this.child({ dependsOn: [...instances] }),
    );
  }

  /** A role that can only connect to this database. */
  #role(args: AwsDatabaseProxyArgs) {
    const { account, region, cluster } = args;
    const role = new aws.iam.Role(
      this.named("role"),
      {
        name: nameIn(args.ownership, "iam-role", this.named()),
        description: "RDS Proxy: signs in to its database",
        assumeRolePolicy: trustPolicy("rds.amazonaws.com", {
          conditions: { StringEquals: { "aws:SourceAccount": account } },
        }),
      },
      this.child(),
    );
    const policy = new aws.iam.RolePolicy(
      this.named("role-policy"),
      {
        name: "sign-in",
        role: role.name,
        policy: policyDocument([
          {
            sid: "SignIn",
            actions: "rds-db:connect",
            // IAM at the proxy controls who may connect as which user; the database controls which users exist.
            resources: pulumi.interpolate`arn:aws:rds-db:${region}:${account}:dbuser:${cluster.resourceId}/*`,
          },
        ]),
      },
      this.child(),
    );
    return { arn: role.arn, policy };
  }
}
