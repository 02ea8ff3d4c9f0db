// Real engine: a cluster, its contents, and two stacks on one cloud. The chart is not rendered, so what it would install is not
// proven.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { UNKNOWN } from "../../simulator/wire.ts";
import { type Rig, rig } from "../support/engine.ts";

let it: Rig;
before(async () => {
  it = await rig();
});
after(() => it.stop());

const trust = JSON.stringify({ Version: "2012-10-17", Statement: [] });

const platform = async () => {
  const provider = new aws.Provider("use1", { region: "us-east-1" });
  const mine = { provider };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, mine);
  const subnets = ["a", "b"].map(
    (zone, index) =>
      new aws.ec2.Subnet(
        `subnet-${zone}`,
        { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `us-east-1${zone}` },
        mine,
      ),
  );
  const role = new aws.iam.Role("role", { name: "cluster", assumeRolePolicy: trust }, mine);
  const cluster = new aws.eks.Cluster(
    "cluster",
    {
      name: "c",
      version: "1.35",
      roleArn: role.arn,
      vpcConfig: { subnetIds: subnets.map(({ id }) => id) },
    },
    mine,
  );
  const kubeconfig = pulumi.secret(
    pulumi.jsonStringify({
      "current-context": "c",
      contexts: [{ name: "c", context: { cluster: "c", user: "c" } }],
      clusters: [{ name: "c", cluster: { server: cluster.endpoint } }],
    }),
  );
  const inside = { provider: new kubernetes.Provider("k8s", { kubeconfig }) };
  const namespace = new kubernetes.core.v1.Namespace("app", { metadata: { name: "app" } }, inside);
  new kubernetes.core.v1.ConfigMap(
    "settings",
    {
      metadata: { name: "settings", namespace: namespace.metadata.name },
      data: { cluster: cluster.arn },
    },
    inside,
  );
  const chart = new kubernetes.helm.v3.Release(
    "karpenter",
    {
      chart: "oci://public.ecr.aws/karpenter/karpenter-crd",
      version: "1.9.0",
      namespace: "kube-system",
      name: "karpenter-crd",
    },
    inside,
  );
  new kubernetes.apiextensions.CustomResource(
    "pool",
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "pool" },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "c" },
            requirements: [{ key: "kubernetes.io/arch", operator: "In", values: ["arm64"] }],
          },
        },
      },
    },
    { ...inside, dependsOn: [chart] },
  );
  return { vpcId: vpc.id, endpoint: cluster.endpoint, uid: namespace.metadata.uid };
};

/** A stack of another team in the first one's VPC. */
const tenant = (vpcId: string) => async () => {
  const provider = new aws.Provider("use1", { region: "us-east-1" });
  new aws.ec2.Subnet("theirs", { vpcId, cidrBlock: "10.0.9.0/24" }, { provider });
};

let vpcId = "";

test("a first preview works although the kubeconfig is unknown", async () => {
  const { changes, states } = await it.preview(platform);
  assert.equal(changes.settings, "create");
  assert.equal(states.cluster?.endpoint, UNKNOWN);
});

test("up creates the cluster and its contents, and the next preview has no changes", async () => {
  const { outputs } = await it.up(platform);
  vpcId = String(outputs.vpcId?.value);
  assert.match(
    String(outputs.endpoint?.value),
    /^https:\/\/[0-9A-F]{32}\.gr7\.us-east-1\.eks\.amazonaws\.com$/,
  );
  const inside = it.deployed().filter((each) => each.package === "kubernetes");
  assert.deepEqual(inside.map(({ id }) => id).sort(), [
    "app",
    "app/settings",
    "kube-system/karpenter-crd",
    "pool",
  ]);
  assert.equal(new Set(inside.map(({ place }) => place)).size, 1);
  assert.deepEqual((await it.preview(platform)).changes, {});
});

test("another stack can use resources of the first, which cannot be destroyed while the second needs it", async () => {
  await it.up(tenant(vpcId), "tenant");
  assert.match(await it.failure(tenant("vpc-0123456789abcdef0"), "lost"), /InvalidVpcID\.NotFound/);
  await assert.rejects(it.destroy(platform), /DependencyViolation.*theirs/s);
  assert.ok(it.deployed("test").some(({ id }) => id === vpcId));
});

test("the first can be destroyed after the second", async () => {
  await it.destroy(tenant(vpcId), "tenant");
  await it.destroy(platform);
  assert.deepEqual(it.deployed(), []);
});
