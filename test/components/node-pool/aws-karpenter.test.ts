// Registered resources. Whether AWS and Karpenter accept them, the images exist, and nodes become ready, is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EC2NodeClass } from "@kubernetes-models/karpenter/karpenter.k8s.aws/v1";
import { NodePool } from "@kubernetes-models/karpenter/karpenter.sh/v1";
import { only, type Registered } from "../../support/inventory.ts";
import { keyArn } from "../cluster/aws-fixture.ts";
import { pools, registered, statement, system } from "./aws-fixture.ts";

const nodePool = (resources: readonly Registered[], key: string) =>
  only(resources, "kubernetes:karpenter.sh/v1:NodePool", `nodes-pool-${key}`);

const release = (resources: readonly Registered[], name: string) =>
  only(resources, "kubernetes:helm.sh/v3:Release", name);

describe("Karpenter", () => {
  test("is installed after its CRDs, without installing them again", async () => {
    const resources = await registered();
    const crds = release(resources, "nodes-karpenter-crds");
    const controller = release(resources, "nodes-karpenter");
    assert.ok(controller.dependsOn.includes(crds.urn));
    assert.equal(controller.inputs.skipCrds, true);
    assert.equal(crds.inputs.version, controller.inputs.version);
    assert.match(String(controller.inputs.version), /^\d+\.\d+\.\d+$/);
    assert.equal(crds.inputs.chart, "oci://public.ecr.aws/karpenter/karpenter-crd");
    assert.equal(controller.inputs.chart, "oci://public.ecr.aws/karpenter/karpenter");
  });

  test("has the names of cluster and queue, and runs on system nodes, one replica per node", async () => {
    const values = async (min: number) =>
      release(
        await registered({
          ...pools,
          system: { ...system, architectures: ["arm64"], size: { min, max: 6 } },
        }),
        "nodes-karpenter",
      ).inputs.values as Record<string, unknown>;
    const three = await values(3);
    const settings = three.settings as Record<string, unknown>;
    assert.equal(settings.clusterName, "local-aws-use1");
    assert.equal(settings.interruptionQueue, "local-aws-use1-interruptions");
    assert.match(String(settings.clusterEndpoint), /^https:/);
    assert.deepEqual(three.nodeSelector, {
      "kubernetes.io/os": "linux",
      "atoll.dev/class": "system",
    });
    assert.equal(three.replicas, 2);
    assert.equal((await values(1)).replicas, 1);
  });

  test("gets its role by EKS Pod Identity, and its nodes an access entry", async () => {
    const resources = await registered();
    const { tags, ...identity } = only(
      resources,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    ).inputs;
    assert.deepEqual(identity, {
      clusterName: "local-aws-use1",
      namespace: "kube-system",
      serviceAccount: "karpenter",
      roleArn: "arn:aws:iam::123456789012:role/local-aws-use1-karpenter",
    });
    const entry = only(resources, "aws:eks/accessEntry:AccessEntry");
    assert.equal(entry.inputs.type, "EC2_LINUX");
    assert.match(String(entry.inputs.principalArn), /:role\/local-aws-use1-nodes-karpenter$/);
  });

  test("is notified of all interruptions, through a queue that only these rules can send to", async () => {
    const resources = await registered();
    const rules = resources.filter(({ type }) => type.endsWith(":EventRule"));
    assert.deepEqual(
      rules.map(({ inputs }) => JSON.parse(String(inputs.eventPattern))["detail-type"][0]).sort(),
      [
        "AWS Health Event",
        "EC2 Capacity Reservation Instance Interruption Warning",
        "EC2 Instance Rebalance Recommendation",
        "EC2 Instance State-change Notification",
        "EC2 Spot Instance Interruption Warning",
      ],
    );
    const queue = only(resources, "aws:sqs/queue:Queue");
    assert.equal(queue.inputs.messageRetentionSeconds, 300);
    assert.equal(queue.inputs.sqsManagedSseEnabled, true);
    const { policy } = only(resources, "aws:sqs/queuePolicy:QueuePolicy").inputs;
    const sources = statement(policy, "EventsOfThisCluster").Condition.ArnEquals?.["aws:SourceArn"];
    assert.deepEqual(
      [sources]
        .flat()
        .map((arn) => String(arn).split("/").at(-1))
        .sort(),
      rules.map(({ inputs }) => inputs.name).sort(),
    );
    const onlyOverTls = statement(policy, "OnlyOverTls");
    assert.equal(onlyOverTls.Effect, "Deny");
    assert.deepEqual(onlyOverTls.Condition, { Bool: { "aws:SecureTransport": "false" } });
    const targets = resources.filter(({ type }) => type.endsWith(":EventTarget"));
    assert.deepEqual(
      targets.map(({ inputs }) => inputs.rule).sort(),
      rules.map(({ inputs }) => inputs.name).sort(),
    );
  });

  test("launches instances with IMDSv2, an encrypted disk, a pinned image and no public address", async () => {
    const { inputs, dependsOn } = only(
      await registered(),
      "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    );
    new EC2NodeClass(inputs as ConstructorParameters<typeof EC2NodeClass>[0]).validate();
    const nodeClass = inputs.spec as Record<string, unknown>;
    assert.deepEqual(nodeClass.amiSelectorTerms, [{ alias: "al2023@v20260930" }]);
    assert.equal(nodeClass.role, "local-aws-use1-nodes-karpenter");
    assert.equal(nodeClass.associatePublicIPAddress, false);
    assert.deepEqual(nodeClass.metadataOptions, {
      httpEndpoint: "enabled",
      httpProtocolIPv6: "disabled",
      httpPutResponseHopLimit: 1,
      httpTokens: "required",
    });
    const [disk] = nodeClass.blockDeviceMappings as { ebs: Record<string, unknown> }[];
    assert.equal(disk?.ebs.encrypted, true);
    assert.equal(disk?.ebs.kmsKeyID, keyArn("volumes"));
    assert.deepEqual(nodeClass.subnetSelectorTerms, [
      { id: "subnet-0a" },
      { id: "subnet-0b" },
      { id: "subnet-0c" },
    ]);
    assert.ok(dependsOn.some((urn) => urn.endsWith("::nodes-karpenter-crds")));
    assert.ok(dependsOn.some((urn) => urn.endsWith("Release::nodes-karpenter")));
  });

  test("has one NodePool for each pool that is not a system pool, after its node class", async () => {
    const resources = await registered();
    const nodeClass = only(resources, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass");
    for (const key of ["general", "batch", "data"]) {
      const { inputs, dependsOn } = nodePool(resources, key);
      new NodePool(inputs as ConstructorParameters<typeof NodePool>[0]).validate();
      assert.equal((inputs.metadata as { name: string }).name, key);
      assert.ok(dependsOn.includes(nodeClass.urn));
    }
  });

  test("has time to drain the instances of a removed pool", async () => {
    const resources = await registered();
    assert.deepEqual(
      ["general", "batch", "data"].map((key) => nodePool(resources, key).deleteTimeout),
      ["1h30m", "24h30m", "4h30m"],
    );
  });
});
