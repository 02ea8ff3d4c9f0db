import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintComponent, type ComponentArgs } from "../core/component.ts";
import { nameIn } from "../core/place.ts";
import type { Deployed } from "../section/deployed.ts";
import { permissions } from "./access.ts";
import { membersOf } from "./aws-members.ts";
import type { CacheUser } from "./base-schema.ts";

export interface AwsCacheUsersArgs extends ComponentArgs {
  /** Name of the cache, part of the names of the users and the group. */
  readonly cache: string;
  readonly users: Readonly<Record<string, CacheUser>>;
  /** Whether the environment has tenants, which add users to the group. @default false */
  readonly tenants?: boolean;
  /** The resources of the stack as they were last deployed. @default none */
  readonly deployed?: Deployed;
}

/**
 * The engine of the users and the group. Groups of `redis` work for Valkey too and accept a default user without a password,
 * which can then be disabled. Groups of `valkey` accept no user without a password or IAM. Source: "Role-Based Access Control
 * (RBAC)", ElastiCache user guide.
 */
const engine = "redis";

/** The users of a cache: users with IAM authentication, and a disabled default user. */
export class AwsCacheUsers extends BlueprintComponent {
  readonly groupId: pulumi.Output<string>;
  /** ARN of each user, by its key. */
  readonly userArns: Readonly<Record<string, pulumi.Output<string>>>;
  /** The name of each user, by its key. */
  readonly userNames: Readonly<Record<string, string>>;

  constructor(name: string, args: AwsCacheUsersArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cache", "AwsCacheUsers", name, args, {}, opts);
    const physical = (key: string) => nameIn(args.ownership, "elasticache-group", args.cache, key);
    const disabledDefault = new aws.elasticache.User(
      this.named("default"),
      {
        userId: physical("default"),
        userName: "default",
        engine,
        accessString: "off -@all",
        // Not as an authentication mode: ElastiCache returns that under another name, which would show as a difference.
        noPasswordRequired: true,
      },
      this.child(),
    );
    this.userNames = Object.fromEntries(Object.keys(args.users).map((key) => [key, physical(key)]));
    const { tenants = false, deployed = [] } = args;
    const { shared, associated } = membersOf(this.userNames, tenants, deployed, name);
    const users = Object.fromEntries(
      Object.entries(args.users).map(([key, user]) => [
        key,
        new aws.elasticache.User(
          this.named(`user-${key}`),
          {
            // The same for both: IAM identifies users by id, Valkey by name.
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
        userIds: [
          disabledDefault,
          ...Object.entries(users).flatMap(([key, user]) => (associated.includes(key) ? [] : user)),
        ].map(({ id }) => id),
      },
      this.child(shared ? { ignoreChanges: ["userIds"] } : {}),
    );
    for (const key of associated) {
      new aws.elasticache.UserGroupAssociation(
        this.named(`member-${key}`),
        { userGroupId: group.userGroupId, userId: (users[key] as aws.elasticache.User).userId },
        this.child(),
      );
    }
    this.groupId = group.userGroupId;
    this.userArns = Object.fromEntries(Object.entries(users).map(([key, { arn }]) => [key, arn]));
    this.registerOutputs({ groupId: this.groupId });
  }
}
