import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { AwsCacheUsers } from "../cache/aws-users.ts";
import { snapshotHour } from "../cache/base-schema.ts";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { keyPrefix } from "./access.ts";
import type { TenantCache } from "./contract.ts";
import { serverlessPorts } from "./ports.ts";
import type { ServerlessSpec } from "./schema.ts";

export interface AwsServerlessCacheArgs extends ComponentArgs {
  readonly spec: ServerlessSpec;
  readonly network: {
    readonly vpcId: pulumi.Input<string>;
    /** Isolated subnets in two or three zones. */
    readonly subnetIds: readonly pulumi.Input<string>[];
    /** The security group of the nodes, which may connect. */
    readonly clientSecurityGroupId: pulumi.Input<string>;
  };
  /** ARN of the key that encrypts data and snapshots. */
  readonly keys: { readonly data: pulumi.Input<string> };
}

/** The cell's cache has its snapshots at the same time. */
const snapshotTime = `${String(snapshotHour({ maintenance: { day: "sun", hour: 5 } })).padStart(2, "0")}:00`;

/**
 * A serverless Valkey cache of a tenant's own: it is billed by use, and has limits of data and processing that no other tenant can use
 * up. TLS is always on, its one user signs in with IAM, and clients use the cluster protocol.
 */
export class AwsServerlessCache extends BlueprintComponent implements TenantCache {
  readonly endpoint: pulumi.Output<string>;
  readonly port = serverlessPorts.writes;
  readonly clustered = true;
  readonly prefix: string;
  readonly services: readonly string[];
  readonly user: pulumi.Output<string>;
  readonly arns: { readonly cache: pulumi.Output<string>; readonly user: pulumi.Output<string> };

  constructor(name: string, args: AwsServerlessCacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const { ownership, spec, keys } = args;
    super("tenant-cache", "AwsServerlessCache", name, args, { spec }, opts);
    const users = new AwsCacheUsers(
      this.named("users"),
      {
        ownership,
        retain: this.retain,
        cache: "cache",
        users: { app: { access: "read-write", keys: ["*"] } },
      },
      this.child(),
    );
    const cache = new aws.elasticache.ServerlessCache(
      this.named(),
      {
        name: nameIn(ownership, "elasticache-group", "cache"),
        description: `Valkey of tenant ${spec.tenant}`,
        engine: "valkey",
        majorEngineVersion: spec.version,
        cacheUsageLimits: {
          dataStorage: { maximum: spec.limits.maxGB, unit: "GB" },
          ecpuPerSeconds: [{ maximum: spec.limits.maxEcpuPerSecond }],
        },
        kmsKeyId: keys.data,
        subnetIds: [...args.network.subnetIds],
        securityGroupIds: [this.#securityGroup(args)],
        userGroupId: users.groupId,
        dailySnapshotTime: snapshotTime,
        snapshotRetentionLimit: spec.snapshotDays,
      },
      // The cache stays in the zones of its creation: other subnets would replace it.
      this.stateful({ ignoreChanges: ["subnetIds"] }),
    );
    this.endpoint = cache.endpoints.apply(([first]) => first?.address ?? "");
    this.prefix = keyPrefix(spec.tenant);
    this.services = spec.services;
    this.user = users.groupId.apply(() => users.userNames.app ?? "");
    this.arns = { cache: cache.arn, user: users.userArns.app as pulumi.Output<string> };
    this.registerOutputs({ endpoint: this.endpoint, user: this.user });
  }

  #securityGroup({ ownership, network }: AwsServerlessCacheArgs): pulumi.Output<string> {
    const name = nameIn(ownership, "security-group", "cache");
    const group = new aws.ec2.SecurityGroup(
      this.named("access"),
      { name, description: "Valkey from the cluster", vpcId: network.vpcId, tags: { Name: name } },
      this.child(),
    );
    new aws.vpc.SecurityGroupIngressRule(
      this.named("from-cluster"),
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: network.clientSecurityGroupId,
        description: "Valkey, writes and reads",
        ipProtocol: "tcp",
        fromPort: serverlessPorts.writes,
        toPort: serverlessPorts.reads,
      },
      this.child(),
    );
    return group.id;
  }
}
