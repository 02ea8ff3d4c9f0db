// Checks of real types. That a cloud refuses the same is known only from the listed sources.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { runtime } from "@pulumi/pulumi";
import {
  checkInputs,
  resourceSchema,
  unknownValue,
  withDefaults,
} from "../../../simulator/schema/index.ts";

const arn = "arn:aws:iam::111122223333:role/cluster";
const cluster = { roleArn: arn, vpcConfig: { subnetIds: ["subnet-0a1b", "subnet-0c2d"] } };

function check(type: string, inputs: Record<string, unknown>): string[] {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  return checkInputs(schema, inputs).map(({ property, reason }) => `${property}: ${reason}`);
}
const eks = (inputs: Record<string, unknown>): string[] =>
  check("aws:eks/cluster:Cluster", { ...cluster, ...inputs });

describe("shapes", () => {
  test("a valid object passes, with null for properties that are not set and the engine's internal properties", () => {
    assert.deepEqual(eks({ tags: { a: "b" }, version: null, __defaults: [] }), []);
  });
  test("an unknown property is refused with a similar name, at any depth", () => {
    assert.deepEqual(
      eks({ access_config: {}, vpcConfig: { ...cluster.vpcConfig, endpointPublicAcess: true } }),
      [
        'vpcConfig.endpointPublicAcess: unknown property, did you mean "endpointPublicAccess"?',
        'access_config: unknown property, did you mean "accessConfig"?',
      ],
    );
  });
  test("a missing property is reported at its path", () => {
    assert.deepEqual(
      check("aws:eks/cluster:Cluster", {
        vpcConfig: {},
        encryptionConfig: { resources: ["secrets"] },
      }),
      [
        "vpcConfig.subnetIds: is required and missing",
        "encryptionConfig.provider: is required and missing",
        "roleArn: is required and missing",
      ],
    );
  });
  test("a wrong type is reported with the value", () => {
    assert.deepEqual(
      eks({
        vpcConfig: [],
        enabledClusterLogTypes: "api",
        deletionProtection: "yes",
        tags: { a: {} },
      }),
      [
        "vpcConfig: must be an object, got a list",
        'enabledClusterLogTypes: must be a list, got "api"',
        'deletionProtection: must be true or false, got "yes"',
        "tags.a: must be a string, got an object",
      ],
    );
  });
  test("scalars are converted like in the bridge", () => {
    assert.deepEqual(eks({ deletionProtection: "true", version: 1.35 }), []);
    assert.deepEqual(check("aws:kms/key:Key", { deletionWindowInDays: "30" }), []);
    assert.deepEqual(check("aws:kms/key:Key", { deletionWindowInDays: "soon" }), [
      'deletionWindowInDays: must be a number, got "soon"',
    ]);
  });
  test("an output cannot be set", () => {
    assert.deepEqual(eks({ endpoint: "https://x" }), [
      "endpoint: is an output of the resource and cannot be set",
    ]);
  });
  test("a value outside an enum is refused with the allowed ones", () => {
    assert.deepEqual(
      check("gcp:compute/haVpnGateway:HaVpnGateway", { network: "n", stackType: "IPV4" }),
      ['stackType: must be one of IPV4_ONLY, IPV4_IPV6, IPV6_ONLY, got "IPV4"'],
    );
  });
  test("an empty string is an enum that is not set", () => {
    const rule = { target: "all-apis", network: "n", ipAddress: "10.0.0.1" };
    assert.deepEqual(
      check("gcp:compute/globalForwardingRule:GlobalForwardingRule", {
        ...rule,
        loadBalancingScheme: "",
      }),
      [],
    );
  });
  test("the sentinel of unknown values is the SDK's", () => {
    assert.equal(unknownValue, runtime.unknownValue);
  });
});

describe("groups of properties", () => {
  const rule = {
    type: "ingress",
    fromPort: 443,
    toPort: 443,
    protocol: "tcp",
    securityGroupId: "sg-1",
  };
  const securityGroupRule = (inputs: Record<string, unknown>): string[] =>
    check("aws:ec2/securityGroupRule:SecurityGroupRule", { ...rule, ...inputs });

  test("two that exclude each other give one message", () => {
    assert.deepEqual(securityGroupRule({ self: true, cidrBlocks: ["10.0.0.0/8"] }), [
      "cidrBlocks: conflicts with self: give one of the two",
    ]);
  });
  test("an unknown one excludes nothing and counts as set", () => {
    assert.deepEqual(securityGroupRule({ self: unknownValue, cidrBlocks: ["10.0.0.0/8"] }), []);
    assert.deepEqual(securityGroupRule({ sourceSecurityGroupId: unknownValue }), []);
  });
  test("one of several must be set", () => {
    assert.match(
      securityGroupRule({}).join(),
      /^cidrBlocks: at least one of cidrBlocks, .* must be given$/,
    );
  });
  test("exactly one of several is required only if their object exists", () => {
    const group = {
      clusterName: "c",
      nodeRoleArn: arn,
      subnetIds: ["s"],
      scalingConfig: { desiredSize: 1, maxSize: 1, minSize: 1 },
    };
    const nodeGroup = (updateConfig?: object): string[] =>
      check("aws:eks/nodeGroup:NodeGroup", { ...group, ...(updateConfig && { updateConfig }) });
    assert.deepEqual(nodeGroup(), []);
    assert.deepEqual(nodeGroup({ maxUnavailable: 1 }), []);
    assert.deepEqual(nodeGroup({ maxUnavailable: 1, maxUnavailablePercentage: 10 }), [
      "updateConfig.maxUnavailable: exactly one of updateConfig.maxUnavailable, updateConfig.maxUnavailablePercentage may be given, got 2",
    ]);
    assert.match(nodeGroup({}).join(), /^updateConfig.maxUnavailable: one of .* must be given$/);
  });
  test("a group below a list is checked in each of its items", () => {
    const schema = {
      type: "aws:x/y:Z",
      properties: { rules: { type: { array: { ref: "R" } } } },
      types: { R: { a: { type: "string" }, b: { type: "string" } } },
      conflictsWith: [["rules.a", "rules.b"]],
    } as const;
    assert.deepEqual(checkInputs(schema, { rules: [{ a: "1" }, { b: "2" }, { a: "1", b: "2" }] }), [
      { property: "rules[2].a", reason: "conflicts with rules[2].b: give one of the two" },
    ]);
  });
  test("one that requires another reports which", () => {
    const schema = {
      type: "aws:x/y:Z",
      properties: { a: { type: "string" }, b: { type: "string" } },
      types: {},
      requiredWith: [["a", "b"]],
    } as const;
    assert.deepEqual(checkInputs(schema, { a: "1" }), [
      { property: "a", reason: "needs b beside it" },
    ]);
    assert.deepEqual(checkInputs(schema, { a: "1", b: unknownValue }), []);
  });
});

describe("defaults", () => {
  test("the provider's are added, but not if they are falsy or set", () => {
    const schema = resourceSchema("aws:ec2/vpc:Vpc");
    assert.ok(schema);
    assert.deepEqual(withDefaults(schema, { cidrBlock: "10.0.0.0/16" }), {
      cidrBlock: "10.0.0.0/16",
      enableDnsSupport: true,
    });
    assert.deepEqual(withDefaults(schema, { enableDnsSupport: false }), {
      enableDnsSupport: false,
    });
  });
  test("a description contains Pulumi, as in the bridge", () => {
    const schema = resourceSchema("aws:ec2/securityGroup:SecurityGroup");
    assert.ok(schema);
    assert.deepEqual(withDefaults(schema, {}), { description: "Managed by Pulumi" });
  });
  test("a default that another property excludes is not added", () => {
    const schema = {
      type: "aws:x/y:Z",
      properties: { a: { type: "string" }, b: { type: "string" } },
      types: {},
      conflictsWith: [["a", "b"]],
      defaults: { a: "x" },
    } as const;
    assert.deepEqual(withDefaults(schema, { b: "1" }), { b: "1" });
    assert.deepEqual(withDefaults(schema, {}), { a: "x" });
  });
});
