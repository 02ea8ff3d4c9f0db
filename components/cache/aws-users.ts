import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import { permissions } from "./access.ts";
import type { CacheUser } from "./base-schema.ts";

export interface AwsCacheUsersArgs extends ComponentArgs {
  /** Name of the cache, which users and group are called after. */
  readonly cache: string;
  readonly users: Readonly<Record<string, CacheUser>>;
}

/**
 * The engine that users and group are for. Groups of `redis` serve Valkey too, and take a default user without a password, so
 * that it can be shut off and nobody has to keep one; groups of `valkey` take no user without a password or IAM.
 * Source: "Role-Based Access Control (RBAC)", ElastiCache user guide.
 */
const engine = "redis";

/** Who may use a cache: users who sign in by IAM, and a default user who may not even sign in. */
export class AwsCacheUsers extends BlueprintComponent {
  readonly groupId: pulumi.Output<string>;
  /** ARN of each user, by its key. */
  readonly userArns: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AwsCacheUsersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cache", "AwsCacheUsers", name, args, {}, opts);
    const physical = (key: string) => nameIn(args.ownership, "elasticache-group", args.cache, key);
    const nobody = new aws.elasticache.User(
      this.named("default"),
      {
        userId: physical("default"),
        userName: "default",
        engine,
        accessString: "off -@all",
        // Not as an authentication mode: ElastiCache tells that one by another name than it takes, which would be planned back.
        noPasswordRequired: true,
      },
      this.child(),
    );
    const users = Object.fromEntries(
      Object.entries(args.users).map(([key, user]) => [
        key,
        new aws.elasticache.User(
          this.named(`user-${key}`),
          {
            // The same for both: IAM knows users by their id, Valkey by their name.
            userId: physical(key),
            userName: physical(key),
            engine,
            accessString: `on ${permissions(user)}`,
            authenticationMode: { type: "iam" },
          },
          this.child(),
        ),
      ]),
    );
    const group = new aws.elasticache.UserGroup(
      this.named(),
      {
        userGroupId: physical("users"),
        engine,
        userIds: [nobody, ...Object.values(users)].map(({ id }) => id),
      },
      this.child(),
    );
    this.groupId = group.userGroupId;
    this.userArns = Object.fromEntries(Object.entries(users).map(([key, { arn }]) => [key, arn]));
    this.registerOutputs({ groupId: this.groupId });
  }
}
