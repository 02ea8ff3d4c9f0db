// Does not prove that the clouds accept nodes and access entries in such a cluster.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { AwsExistingCluster } from "../../../components/cluster/aws-existing.ts";
import { GcpExistingCluster } from "../../../components/cluster/gcp-existing.ts";
import { AwsNodePools } from "../../../components/node-pool/aws.ts";
import { GcpNodePools } from "../../../components/node-pool/gcp.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { spec as awsPools } from "../node-pool/aws-fixture.ts";
import { spec as gcpPools } from "../node-pool/gcp-fixture.ts";
import { admin, keyArn, ownership } from "./aws-fixture.ts";
import { awsFacts, awsInput, eks, gcpFacts, gcpInput } from "./existing-fixture.ts";

const priorityClass = "kubernetes:scheduling.k8s.io/v1:PriorityClass";
const storageClass = "kubernetes:storage.k8s.io/v1:StorageClass";

const access = { admins: { principalArn: admin, policy: "cluster-admin" } } as const;

const onAws = (changes: Partial<typeof eks> = {}, pools = false) =>
  inventory(() => {
    const cluster = new AwsExistingCluster("cluster", {
      ownership,
      spec: { ...awsInput, access },
      facts: awsFacts(changes),
      network: { privateSubnetIds: ["subnet-0a", "subnet-0b"] },
      keys: { volumes: keyArn("volumes") },
    });
    if (pools) new AwsNodePools("nodes", { ownership, cluster, spec: awsPools() });
    return cluster;
  });

const onGcp = (location?: string, pools = false) =>
  inventory(() => {
    const existing = { ...gcpInput.existing, ...(location && { location }) };
    const cluster = new GcpExistingCluster("cluster", {
      ownership,
      spec: { ...gcpInput, existing },
      facts: gcpFacts(),
      keys: { volumes: "keys/volumes" },
    });
    if (pools) new GcpNodePools("nodes", { ownership, cluster, spec: gcpPools });
    return cluster;
  });

describe("an existing EKS cluster", () => {
  test("gets access entries, and nothing else", async () => {
    const all = await onAws();
    assert.deepEqual(counts(all), {
      "atoll:cluster:AwsExistingCluster": 1,
      "aws:eks/accessEntry:AccessEntry": 1,
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": 1,
      "pulumi:providers:kubernetes": 1,
    });
    assert.equal(only(all, "aws:eks/accessEntry:AccessEntry").inputs.clusterName, "Shop_1");
    const { inputs } = only(all, "pulumi:providers:kubernetes");
    assert.equal(inputs.clusterIdentifier, eks.arn);
    const { users, clusters } = JSON.parse(String(inputs.kubeconfig));
    assert.equal(clusters[0].cluster.server, eks.endpoint);
    assert.ok(users[0].user.exec.args.includes("Shop_1"));
  });

  test("does not change when a cell is added", async () => {
    const { inputs } = only(await onAws(), "atoll:cluster:AwsExistingCluster");
    const { otherCells, usedBy } = inputs.spec as Record<string, unknown>;
    assert.deepEqual([otherCells, usedBy], [undefined, undefined]);
  });

  test("registers nothing if a check fails", async () => {
    await assert.rejects(onAws({ status: "FAILED" }), {
      code: "existing-unsuitable",
      message: /^EKS cluster Shop_1 does not meet the requirements/,
    });
  });

  test("gets node pools, but no add-ons, no storage class and no default priority", async () => {
    const all = await onAws({}, true);
    const types = counts(all);
    assert.equal(types["aws:eks/nodeGroup:NodeGroup"], 1);
    assert.equal(types["kubernetes:karpenter.sh/v1:NodePool"], 3);
    for (const type of ["aws:eks/addon:Addon", storageClass]) assert.equal(types[type], undefined);
    for (const { type, inputs } of all)
      if (type === priorityClass) assert.equal(inputs.globalDefault, false);
    const nodeClass = only(all, "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass").inputs;
    assert.equal((nodeClass.spec as { kubelet?: object }).kubelet, undefined);
    const { inputs } = only(all, "aws:eks/nodeGroup:NodeGroup");
    assert.equal(inputs.clusterName, "Shop_1");
  });

  test("has the first part of role names from the cell, and its own name in the policies of Karpenter", async () => {
    const all = await onAws({}, true);
    const roles = all.filter(({ type }) => type === "aws:iam/role:Role");
    for (const { inputs } of roles) assert.match(String(inputs.name), /^prod-aws-use1-/);
    const policies = all
      .filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy")
      .map(({ inputs }) => String(inputs.policy))
      .join("\n");
    assert.match(policies, /kubernetes\.io\/cluster\/Shop_1/);
    assert.match(policies, /:cluster\/Shop_1"/);
    assert.doesNotMatch(policies, /cluster\/prod-aws-use1/);
  });
});

describe("an existing GKE cluster", () => {
  test("gets a service account for nodes, and nothing else", async () => {
    const all = await onGcp();
    assert.deepEqual(counts(all), {
      "atoll:cluster:GcpExistingCluster": 1,
      "gcp:projects/iAMMember:IAMMember": 2,
      "gcp:serviceaccount/account:Account": 1,
      "pulumi:providers:kubernetes": 1,
    });
    const { clusters } = JSON.parse(
      String(only(all, "pulumi:providers:kubernetes").inputs.kubeconfig),
    );
    assert.equal(clusters[0].cluster.server, "https://gke-0123-1.europe-west1.gke.goog");
  });

  test("gets node pools in its location, and neither a default storage class nor a default priority", async () => {
    const all = await onGcp("europe-west1-c", true);
    const nodePools = all.filter(({ type }) => type === "gcp:container/nodePool:NodePool");
    assert.ok(nodePools.length > 0);
    for (const { inputs } of nodePools) {
      assert.equal(inputs.location, "europe-west1-c");
      assert.equal(inputs.cluster, "shop");
    }
    const { metadata } = only(all, storageClass).inputs as { metadata: { annotations?: object } };
    assert.equal(metadata.annotations, undefined);
    for (const { type, inputs } of all)
      if (type === priorityClass) assert.equal(inputs.globalDefault, false);
  });
});
