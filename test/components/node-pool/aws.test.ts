// Registered resources. Whether AWS and Karpenter accept them, the images exist, and nodes become ready, is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import { AwsCluster } from "../../../components/cluster/aws.ts";
import { adjust, adjustObject } from "../../../components/core/adjust.ts";
import { AwsNodePools } from "../../../components/node-pool/aws.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { clusterArgs, clusterSpec, ownership } from "../cluster/aws-fixture.ts";
import { pools, registered, spec } from "./aws-fixture.ts";

const nodePool = (resources: readonly Registered[], key: string) =>
  only(resources, "kubernetes:karpenter.sh/v1:NodePool", `nodes-pool-${key}`);

const nodeGroup = (resources: readonly Registered[]) =>
  only(resources, "aws:eks/nodeGroup:NodeGroup");

describe("the node pools of an EKS cluster", () => {
  test("register exactly these resources", async () => {
    assert.deepEqual(counts(await registered()), {
      "atoll:cluster:AwsPodRole": 2,
      "atoll:node-pool:AwsInterruptionQueue": 1,
      "atoll:node-pool:AwsKarpenter": 1,
      "atoll:node-pool:AwsNodePools": 1,
      "atoll:node-pool:AwsNodeRole": 2,
      "atoll:node-pool:AwsSystemAddons": 1,
      "atoll:node-pool:AwsSystemNodes": 1,
      "aws:cloudwatch/eventRule:EventRule": 5,
      "aws:cloudwatch/eventTarget:EventTarget": 5,
      "aws:ec2/launchTemplate:LaunchTemplate": 1,
      "aws:eks/accessEntry:AccessEntry": 1,
      "aws:eks/addon:Addon": 2,
      "aws:eks/nodeGroup:NodeGroup": 1,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation": 1,
      "aws:iam/role:Role": 4,
      "aws:iam/rolePolicy:RolePolicy": 9,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 5,
      "aws:sqs/queue:Queue": 1,
      "aws:sqs/queuePolicy:QueuePolicy": 1,
      "kubernetes:helm.sh/v3:Release": 2,
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass": 1,
      "kubernetes:karpenter.sh/v1:NodePool": 3,
      "kubernetes:scheduling.k8s.io/v1:PriorityClass": 4,
      "kubernetes:storage.k8s.io/v1:StorageClass": 1,
    });
  });

  test("have class and capacity of each pool as outputs", async () => {
    const resources = await registered();
    const { outputs } = only(resources, "atoll:node-pool:AwsNodePools");
    const found = outputs?.pools as Record<string, { class: string; capacity: string }>;
    assert.deepEqual(
      Object.entries(found)
        .map(([key, pool]) => [key, pool.class, pool.capacity])
        .sort(),
      [
        ["batch", "batch", "spot"],
        ["data", "stateful", "on-demand"],
        ["general", "stateless", "spot-with-fallback"],
        ["system", "system", "on-demand"],
      ],
    );
  });

  test("can be previewed completely before the cluster exists", async () => {
    const build = () => {
      const cluster = new AwsCluster("cluster", clusterArgs());
      new AwsNodePools("nodes", { ownership, cluster, spec: spec() });
    };
    assert.deepEqual(
      counts(await inventory(build, { preview: true })),
      counts(await inventory(build)),
    );
  });

  test("have valid, unique names, even with the longest cluster name", async () => {
    const resources = await inventory(() => {
      const spec63 = { ...clusterSpec, name: `a${"b".repeat(62)}` };
      const cluster = new AwsCluster("cluster", clusterArgs({ spec: spec63 }));
      new AwsNodePools("nodes", { ownership, cluster, spec: spec() });
    });
    const longest: Record<string, number> = {
      "aws:iam/role:Role": 64,
      "aws:sqs/queue:Queue": 80,
      "aws:cloudwatch/eventRule:EventRule": 64,
      "aws:ec2/launchTemplate:LaunchTemplate": 128,
      "aws:eks/nodeGroup:NodeGroup": 63,
    };
    for (const [type, limit] of Object.entries(longest)) {
      const names = resources
        .filter((each) => each.type === type)
        .map(({ inputs }) => String(inputs.name ?? inputs.nodeGroupName));
      assert.ok(names.length > 0 && names.every((name) => name.length <= limit), String(names));
      assert.equal(new Set(names).size, names.length, type);
    }
  });

  test("register nothing if one pool is invalid", async () => {
    const wrong = { ...pools, data: { ...pools.data, capacity: "spot" as const } };
    const resources = await inventory(() => {
      const cluster = new AwsCluster("cluster", clusterArgs());
      assert.throws(
        () => new AwsNodePools("nodes", { ownership, cluster, spec: spec(wrong) }),
        /pools\.data\.capacity: must be "on-demand" for the class "stateful"/,
      );
    });
    assert.deepEqual(
      resources.filter(({ name }) => name.startsWith("nodes")),
      [],
    );
  });

  test("apply adjust last", async () => {
    const resources = await registered(pools, {
      adjust: {
        "pool-system": adjust(aws.eks.NodeGroup, (args) => ({ ...args, forceUpdateVersion: true })),
        "node-class": adjustObject("karpenter.k8s.aws/v1", "EC2NodeClass", (nodeClass) => ({
          ...nodeClass,
          spec: { ...nodeClass.spec, detailedMonitoring: false },
        })),
        "pool-batch": adjustObject("karpenter.sh/v1", "NodePool", (nodePool) => ({
          ...nodePool,
          spec: { ...nodePool.spec, weight: 99 },
        })),
      },
    });
    assert.equal(nodeGroup(resources).inputs.forceUpdateVersion, true);
    const nodeClass = only(resources, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");
    assert.equal((nodeClass.inputs.spec as Record<string, unknown>).detailedMonitoring, false);
    const weight = (key: string) =>
      (nodePool(resources, key).inputs.spec as { weight: number }).weight;
    assert.deepEqual([weight("batch"), weight("data")], [99, 10]);
  });
});
