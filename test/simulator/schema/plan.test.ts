// How changes are distinguished. The properties that require a replacement are taken from the facts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { plan, resourceSchema, unknownValue } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
function changes(type: string, olds: Bag, news: Bag): string[] {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return plan(schema, olds, news).map(
    ({ path, kind, replace }) => `${replace ? "replace" : kind} ${path}`,
  );
}
const eks = (olds: Bag, news: Bag): string[] => changes("aws:eks/cluster:Cluster", olds, news);

describe("plan", () => {
  test("reports additions, updates and deletions with their paths", () => {
    assert.deepEqual(eks({ tags: { a: "1", b: "2" } }, { tags: { a: "3", "c.d": "4" } }), [
      "update tags.a",
      "delete tags.b",
      'add tags["c.d"]',
    ]);
  });
  test("replaces on a property that cannot change, and on an unknown value of it", () => {
    assert.deepEqual(eks({ roleArn: "a" }, { roleArn: "b" }), ["replace roleArn"]);
    assert.deepEqual(eks({ roleArn: "a" }, { roleArn: unknownValue }), ["replace roleArn"]);
    assert.deepEqual(eks({ version: "1.34" }, { version: "1.35" }), ["update version"]);
  });
  test("replaces on a nested property, also when its whole object is added or removed", () => {
    const network = { kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" } };
    assert.deepEqual(
      eks(network, { kubernetesNetworkConfig: { serviceIpv4Cidr: "172.21.0.0/16" } }),
      ["replace kubernetesNetworkConfig.serviceIpv4Cidr"],
    );
    assert.deepEqual(eks({}, network), ["replace kubernetesNetworkConfig"]);
  });
  test("replaces on an immutable list of strings, and inside a list of objects", () => {
    assert.deepEqual(
      changes(
        "aws:eks/nodeGroup:NodeGroup",
        { instanceTypes: ["a"] },
        { instanceTypes: ["a", "b"] },
      ),
      ["replace instanceTypes[1]"],
    );
    const schema = {
      type: "aws:x/y:Z",
      properties: { disks: { type: { array: { ref: "D" } } } },
      types: { D: { kind: { type: "string" }, size: { type: "number" } } },
      replaceOn: ["disks.kind"],
    } as const;
    const disks = [
      { kind: "a", size: 1 },
      { kind: "a", size: 1 },
    ];
    assert.deepEqual(
      plan(
        schema,
        { disks },
        {
          disks: [
            { kind: "a", size: 2 },
            { kind: "b", size: 1 },
          ],
        },
      ),
      [
        { path: "disks[0].size", kind: "update", replace: false },
        { path: "disks[1].kind", kind: "update", replace: true },
      ],
    );
  });
  test("a set has no order, a list has", () => {
    const subnets = (...subnetIds: string[]): Bag => ({ vpcConfig: { subnetIds } });
    assert.deepEqual(eks(subnets("a", "b"), subnets("b", "a")), []);
    assert.deepEqual(eks(subnets("a", "b"), subnets("b", "c")), ["update vpcConfig.subnetIds[1]"]);
    assert.equal(
      changes(
        "aws:eks/nodeGroup:NodeGroup",
        { instanceTypes: ["a", "b"] },
        { instanceTypes: ["b", "a"] },
      ).length,
      2,
    );
  });
  test("a removed property that the provider computes keeps its value", () => {
    assert.deepEqual(eks({ version: "1.35", accessConfig: { authenticationMode: "API" } }, {}), []);
    assert.deepEqual(eks({ zonalShiftConfig: { enabled: true } }, {}), ["delete zonalShiftConfig"]);
  });
  test("a removed property gets its default", () => {
    const vpc = (olds: Bag, news: Bag): string[] => changes("aws:ec2/vpc:Vpc", olds, news);
    assert.deepEqual(vpc({ enableDnsSupport: true }, {}), []);
    assert.deepEqual(vpc({ enableDnsSupport: false }, {}), ["update enableDnsSupport"]);
  });
  test("empty and absent, string and number, and equivalent JSON strings are the same", () => {
    assert.deepEqual(eks({ tags: {}, enabledClusterLogTypes: [] }, {}), []);
    assert.deepEqual(
      changes("aws:kms/key:Key", { deletionWindowInDays: 30 }, { deletionWindowInDays: "30" }),
      [],
    );
    const policy = { assumeRolePolicy: '{"Version":"2012-10-17","Statement":[]}' };
    assert.deepEqual(
      changes("aws:iam/role:Role", policy, {
        assumeRolePolicy: '{ "Statement": [], "Version": "2012-10-17" }',
      }),
      [],
    );
  });
  test("policies have no order of statements, actions, resources and principals", () => {
    const statement = (more: Bag) => ({ Sid: "a", Effect: "Allow", Resource: "*", ...more });
    const policy = (...statements: Bag[]) => JSON.stringify({ Statement: statements });
    const change = (before: string, after: string) =>
      changes("aws:iam/rolePolicy:RolePolicy", { policy: before }, { policy: after });
    const [read, write] = [statement({ Action: ["s3:Get", "s3:List"] }), { Effect: "Deny" }];
    assert.deepEqual(
      change(policy(read, write), policy(write, statement({ Action: ["s3:List", "s3:Get"] }))),
      [],
    );
    const one = (Action: unknown, on: unknown = true) =>
      policy(statement({ Action, Condition: { Bool: { "aws:SecureTransport": on } } }));
    assert.deepEqual(change(one(["s3:Get"]), one("s3:Get", "true")), []);
    assert.deepEqual(change(one("s3:Get"), one("s3:Put")), ["update policy"]);
    const of = (AWS: unknown) => policy({ Effect: "Allow", Principal: { AWS } });
    const root = "arn:aws:iam::111122223333:root";
    assert.deepEqual(change(of("111122223333"), of([root])), []);
    assert.deepEqual(change(of("111122223333"), of("111122223334")), ["update policy"]);
    // Other documents are lists with an order.
    const rules = (...names: string[]) => JSON.stringify({ rules: names });
    assert.deepEqual(change(rules("a", "b"), rules("b", "a")), ["update policy"]);
  });
  test("Kubernetes does not convert values, and replaces below immutable fields", () => {
    const deployment = (olds: Bag, news: Bag): string[] =>
      changes("kubernetes:apps/v1:Deployment", { spec: olds }, { spec: news });
    assert.deepEqual(deployment({ replicas: 0 }, {}), ["delete spec.replicas"]);
    assert.deepEqual(
      deployment(
        { selector: { matchLabels: { a: "b" } } },
        { selector: { matchLabels: { a: "c" } } },
      ),
      ["replace spec.selector.matchLabels.a"],
    );
    assert.deepEqual(
      changes(
        "kubernetes:core/v1:ConfigMap",
        { metadata: { name: "a" } },
        { metadata: { name: "b" } },
      ),
      ["replace metadata.name"],
    );
  });
});
