// Which users a group names, and which are associated. Does not prove what ElastiCache does with either.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsCache } from "../../../components/cache/aws.ts";
import { membersOf } from "../../../components/cache/aws-members.ts";
import type { DeployedResource } from "../../../components/section/deployed.ts";
import { refusals } from "../../support/accepted.ts";
import { inventory, only } from "../../support/inventory.ts";
import { awsArgs, awsSpec } from "./fixture.ts";

const ids = { app: "prod-app", reports: "prod-reports" };

const group = (...userIds: string[]): DeployedResource => ({
  type: "aws:elasticache/userGroup:UserGroup",
  name: "cache-users",
  outputs: { userIds },
});

const association = (userId: string): DeployedResource => ({
  type: "aws:elasticache/userGroupAssociation:UserGroupAssociation",
  name: "cache-users-member-reports",
  outputs: { userId },
});

const members = (tenants: boolean, ...deployed: DeployedResource[]) =>
  membersOf(ids, tenants, deployed, "cache-users");

describe("the members of a user group", () => {
  test("are named by the group without tenants, as before", () => {
    assert.deepEqual(members(false, group("prod-default", "prod-app")), {
      shared: false,
      associated: [],
    });
  });

  test("are associated in a new cell with tenants", () => {
    assert.deepEqual(members(true), { shared: true, associated: ["app", "reports"] });
  });

  test("that the group has when tenants arrive are not added a second time", () => {
    const deployed = group("prod-default", "prod-app", "prod-reports");
    assert.deepEqual(members(true, deployed), { shared: true, associated: [] });
    assert.deepEqual(members(true, group("prod-default", "prod-app")).associated, ["reports"]);
  });

  test("stay associated once a refresh has found them in the group, also without tiers", () => {
    const deployed = [
      group("prod-default", "prod-app", "prod-reports", "prod-birch"),
      association("prod-reports"),
    ];
    for (const tenants of [true, false])
      assert.deepEqual(members(tenants, ...deployed), { shared: true, associated: ["reports"] });
  });
});

describe("a cache that tenants share", async () => {
  const build = (tenants: boolean) =>
    inventory(
      () =>
        new AwsCache("cache", {
          ...awsArgs,
          tenants,
          spec: { ...awsSpec, users: { app: {}, reports: { access: "read" } } },
        }),
    );

  test("ignores who else is in its group", async () => {
    const all = await build(true);
    const { inputs, ignoreChanges } = only(all, "aws:elasticache/userGroup:UserGroup");
    assert.deepEqual(ignoreChanges, ["userIds"]);
    assert.equal((inputs.userIds as string[]).length, 1);
    const added = all.filter(({ type }) => type.endsWith(":UserGroupAssociation"));
    assert.deepEqual(
      added.map((each) => each.inputs.userId),
      ["prod-aws-use1-cache-app", "prod-aws-use1-cache-reports"],
    );
    assert.deepEqual(refusals(all), []);
  });

  test("is as before without tenants", async () => {
    const all = await build(false);
    const { inputs, ignoreChanges } = only(all, "aws:elasticache/userGroup:UserGroup");
    assert.deepEqual(ignoreChanges, []);
    assert.equal((inputs.userIds as string[]).length, 3);
  });
});
