import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { keyPrefix, tenantAccess } from "./access.ts";
import type { TenantCache } from "./contract.ts";

export interface AwsTenantCacheUserArgs extends ComponentArgs {
  readonly tenant: string;
  /** The services that connect. */
  readonly services: readonly string[];
  /** The cache of the cell. */
  readonly cache: {
    readonly arn: pulumi.Input<string>;
    readonly userGroupId: pulumi.Input<string>;
    readonly endpoint: pulumi.Input<string>;
    readonly port: number;
    readonly clustered: pulumi.Input<boolean>;
  };
}

/**
 * A tenant's user of the ElastiCache of its cell, which signs in with IAM and has access to the keys and channels with the tenant's
 * prefix. The association adds the user to the cell's group, whose members the cell's stack ignores.
 */
export class AwsTenantCacheUser extends BlueprintComponent implements TenantCache {
  readonly endpoint: pulumi.Output<string>;
  readonly port: number;
  readonly clustered: pulumi.Output<boolean>;
  readonly prefix: string;
  readonly services: readonly string[];
  /** Known when the user is a member of the group. */
  readonly user: pulumi.Output<string>;
  readonly arns: { readonly cache: pulumi.Output<string>; readonly user: pulumi.Output<string> };

  constructor(name: string, args: AwsTenantCacheUserArgs, opts?: pulumi.ComponentResourceOptions) {
    const { tenant, cache } = args;
    super("tenant-cache", "AwsTenantCacheUser", name, args, { tenant }, opts);
    const userId = nameIn(args.ownership, "elasticache-group", "cache");
    const user = new aws.elasticache.User(
      this.named("user"),
      {
        // The same for both: IAM identifies users by id, Valkey by name.
        userId,
        userName: userId,
        // As the cell's group; see components/cache/aws-users.ts.
        engine: "redis",
        accessString: tenantAccess(tenant),
        authenticationMode: { type: "iam" },
      },
      this.child(),
    );
    const member = new aws.elasticache.UserGroupAssociation(
      this.named("member"),
      { userGroupId: cache.userGroupId, userId: user.userId },
      this.child(),
    );
    this.endpoint = pulumi.output(cache.endpoint);
    this.port = cache.port;
    this.clustered = pulumi.output(cache.clustered);
    this.prefix = keyPrefix(tenant);
    this.services = args.services;
    this.user = member.userId;
    this.arns = { cache: pulumi.output(cache.arn), user: user.arn };
    this.registerOutputs({ user: this.user });
  }
}
