/**
 * Mutation tests of the controls that need several resources at once: from a stack that passes, one thing is changed, and
 * exactly one control of the whole pack must speak. The engine's part, the origins of properties, is written down by hand here;
 * engine.test.ts has the real ones.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { controls } from "../../policies/catalogue.ts";
import { type Given, judgeStack, urnOf } from "./judge.ts";
import { passing } from "./passing.ts";

const unknown = pulumi.runtime.unknownValue;

/** A cell as it is previewed the first time: ids are unknown, and the engine says where they come from. */
const preview: readonly Given[] = [
  { type: "pulumi:pulumi:Stack", name: "atoll-prod", props: {} },
  { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { id: unknown, cidrBlock: "10.32.0.0/16" } },
  {
    type: "aws:ec2/flowLog:FlowLog",
    name: "flow-log",
    props: { vpcId: unknown, trafficType: "ALL" },
    from: { vpcId: ["vpc"] },
  },
  {
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    name: "default",
    props: { vpcId: unknown, ingress: [], egress: [] },
    from: { vpcId: ["vpc"] },
  },
  ...["s3", "ecr.api", "ecr.dkr", "sts", "ec2", "logs", "kms"].map(
    (service): Given => ({
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      name: service,
      props: { vpcId: unknown, serviceName: `com.amazonaws.us-east-1.${service}` },
      from: { vpcId: ["vpc"] },
    }),
  ),
  { type: "aws:ec2/internetGateway:InternetGateway", name: "gateway", props: { id: unknown } },
  ...["private", "public"].flatMap((kind): Given[] => [
    {
      type: "aws:ec2/subnet:Subnet",
      name: kind,
      props: { id: unknown, mapPublicIpOnLaunch: false, tags: { discovery: kind } },
    },
    { type: "aws:ec2/routeTable:RouteTable", name: `${kind}-table`, props: { id: unknown } },
    {
      type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
      name: `${kind}-association`,
      props: { subnetId: unknown, routeTableId: unknown },
      from: { subnetId: [kind], routeTableId: [`${kind}-table`] },
    },
  ]),
  {
    type: "aws:ec2/route:Route",
    name: "out",
    props: { routeTableId: unknown, gatewayId: unknown, destinationCidrBlock: "0.0.0.0/0" },
    from: { routeTableId: ["public-table"], gatewayId: ["gateway"] },
  },
  {
    type: "aws:eks/cluster:Cluster",
    name: "cluster",
    props: { ...passing["aws:eks/cluster:Cluster"], id: unknown },
  },
  {
    type: "aws:eks/addon:Addon",
    name: "vpc-cni",
    props: passing["aws:eks/addon:Addon"],
    from: { clusterName: ["cluster"] },
  },
  {
    type: "aws:eks/nodeGroup:NodeGroup",
    name: "system",
    props: { subnetIds: [unknown] },
    from: { subnetIds: ["private"] },
  },
  {
    type: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    name: "node-class",
    props: { spec: { subnetSelectorTerms: [{ id: unknown }, { tags: { discovery: "private" } }] } },
    from: { spec: ["private", "cluster"] },
  },
  { type: "gcp:serviceaccount/account:Account", name: "nodes", props: { email: unknown } },
  {
    type: "gcp:container/nodePool:NodePool",
    name: "pool",
    props: {
      nodeConfig: {
        ...passing["gcp:container/nodePool:NodePool"].nodeConfig,
        serviceAccount: unknown,
      },
    },
    from: { nodeConfig: ["nodes"] },
  },
  {
    type: "kubernetes:core/v1:Namespace",
    name: "apps",
    provider: "eks",
    props: {
      metadata: { name: "apps", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
    },
  },
  {
    type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
    name: "deny-all",
    provider: "eks",
    props: {
      metadata: { name: "deny-all", namespace: "apps" },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
  },
];

interface Change {
  readonly control: string;
  readonly what: string;
  /** The name of the resource that changes, and what becomes of it; left out, it is gone. */
  readonly of: string;
  readonly to?: Partial<Pick<Given, "props" | "from" | "provider">>;
  /** The name of the resource that is to blame. */
  readonly blames: string;
  readonly says: string;
}

const open = { "pod-security.kubernetes.io/enforce": "privileged" };
const policySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const inApps = { name: "deny-all", namespace: "apps" };

const breaking: readonly Change[] = [
  {
    control: "VPC1",
    what: "the flow log is gone",
    of: "flow-log",
    blames: "vpc",
    says: "has no flow log",
  },
  {
    control: "VPC1",
    what: "the flow log has accepted traffic only",
    of: "flow-log",
    to: { props: { vpcId: unknown, trafficType: "ACCEPT" } },
    blames: "vpc",
    says: '"ACCEPT"',
  },
  {
    control: "VPC1",
    what: "the flow log is another network's",
    of: "flow-log",
    to: { from: { vpcId: ["elsewhere"] } },
    blames: "vpc",
    says: "has no flow log",
  },
  {
    control: "VPC2",
    what: "nobody empties the default group",
    of: "default",
    blames: "vpc",
    says: "nobody emptied",
  },
  {
    control: "VPC5",
    what: "an endpoint is gone",
    of: "ecr.dkr",
    blames: "vpc",
    says: "no endpoint for ecr.dkr",
  },
  {
    control: "EKS6",
    what: "nodes stand in a public subnet",
    of: "system",
    to: { from: { subnetIds: ["public"] } },
    blames: "system",
    says: 'the public subnet "public"',
  },
  {
    control: "EKS6",
    what: "Karpenter's ids are of a public subnet",
    of: "node-class",
    to: { from: { spec: ["public"] } },
    blames: "node-class",
    says: 'the public subnet "public"',
  },
  {
    control: "EKS6",
    what: "Karpenter's tags select a public subnet",
    of: "node-class",
    to: { props: { spec: { subnetSelectorTerms: [{ tags: { discovery: "*" } }] } } },
    blames: "node-class",
    says: 'the public subnet "public"',
  },
  {
    control: "EKS7",
    what: "the add-on is gone",
    of: "vpc-cni",
    blames: "cluster",
    says: "has no vpc-cni add-on",
  },
  {
    control: "EKS1",
    what: "the cloud opened the endpoint after all",
    of: "cluster",
    to: {
      props: { ...passing["aws:eks/cluster:Cluster"], vpcConfig: { endpointPublicAccess: true } },
    },
    blames: "cluster",
    says: "publicAccessCidrs",
  },
  {
    control: "K5",
    what: "the policy is gone",
    of: "deny-all",
    blames: "apps",
    says: "denies all Ingress and Egress",
  },
  {
    control: "K5",
    what: "the policy is for ingress only",
    of: "deny-all",
    to: { props: { metadata: inApps, spec: { podSelector: {} } } },
    blames: "apps",
    says: "denies all Egress",
  },
  {
    control: "K5",
    what: "the policy lets something in",
    of: "deny-all",
    to: { props: { metadata: inApps, spec: { ...policySpec, ingress: [{}] } } },
    blames: "apps",
    says: "denies all Ingress",
  },
  {
    control: "K5",
    what: "the policy is for some pods",
    of: "deny-all",
    to: {
      props: {
        metadata: inApps,
        spec: { ...policySpec, podSelector: { matchLabels: { a: "b" } } },
      },
    },
    blames: "apps",
    says: "denies all",
  },
  {
    control: "K5",
    what: "the policy is in another cluster",
    of: "deny-all",
    to: { provider: "gke" },
    blames: "apps",
    says: "denies all",
  },
  {
    control: "K5",
    what: "the namespace admits privileged pods",
    of: "apps",
    to: { props: { metadata: { name: "apps", labels: open } } },
    blames: "apps",
    says: "privileged",
  },
  {
    control: "K5",
    what: "the namespace has no label",
    of: "apps",
    to: { props: { metadata: { name: "apps" } } },
    blames: "apps",
    says: "pods may do anything",
  },
];

const unknowns: readonly Change[] = [
  {
    control: "VPC1",
    what: "the kind of logged traffic",
    of: "flow-log",
    to: { props: { vpcId: unknown, trafficType: unknown } },
    blames: "vpc",
    says: "trafficType is not known",
  },
  {
    control: "VPC2",
    what: "whose default group it is",
    of: "default",
    to: { from: {} },
    blames: "vpc",
    says: "nobody emptied",
  },
  {
    control: "VPC5",
    what: "the service of an endpoint",
    of: "kms",
    to: { props: { vpcId: unknown, serviceName: unknown } },
    blames: "vpc",
    says: "serviceName is not known",
  },
  {
    control: "EKS6",
    what: "where the nodes' subnets come from",
    of: "system",
    to: { from: { subnetIds: ["elsewhere"] } },
    blames: "system",
    says: "subnetIds[0] is not known",
  },
  {
    control: "EKS6",
    what: "all of the nodes' subnets",
    of: "system",
    to: { props: { subnetIds: unknown } },
    blames: "system",
    says: "subnetIds is not known",
  },
  {
    control: "EKS7",
    what: "which add-on it is",
    of: "vpc-cni",
    to: { props: { clusterName: unknown, addonName: unknown } },
    blames: "cluster",
    says: "addonName is not known",
  },
  {
    control: "GKE5",
    what: "where the nodes' account comes from",
    of: "pool",
    to: { from: { nodeConfig: ["elsewhere"] } },
    blames: "pool",
    says: "nodeConfig.serviceAccount is not known",
  },
  {
    control: "K5",
    what: "the policy's namespace",
    of: "deny-all",
    to: { props: { metadata: { namespace: unknown }, spec: policySpec } },
    blames: "apps",
    says: "metadata.namespace is not known",
  },
  {
    control: "K5",
    what: "the label's value",
    of: "apps",
    to: {
      props: {
        metadata: { name: "apps", labels: { "pod-security.kubernetes.io/enforce": unknown } },
      },
    },
    blames: "apps",
    says: "is not known",
  },
];

function withChange({ of, to }: Change): Given[] {
  return preview.flatMap((resource) => {
    if (resource.name !== of) return [resource];
    return to === undefined ? [] : [{ ...resource, ...to }];
  });
}

async function judgeChange(change: Change): Promise<void> {
  const verdicts = await judgeStack(withChange(change));
  assert.deepEqual(
    verdicts.map(({ control, level }) => [control, level]),
    [[change.control, "mandatory"]],
  );
  assert.ok(verdicts[0]?.urn.endsWith(`::${change.blames}`), verdicts[0]?.urn);
  assert.ok(verdicts[0]?.message.includes(change.says), verdicts[0]?.message);
}

describe("a stack", () => {
  test("with the blueprint's settings meets every control in its first preview", async () => {
    assert.deepEqual(await judgeStack(preview), []);
  });

  for (const change of breaking) {
    test(`breaks ${change.control} alone when ${change.what}`, () => judgeChange(change));
  }

  for (const change of unknowns) {
    test(`breaks ${change.control} at its level when it is unknown: ${change.what}`, () =>
      judgeChange(change));
  }

  test("needs no vpc-cni add-on with Auto Mode", async () => {
    const auto = {
      of: "cluster",
      to: { props: { ...passing["aws:eks/cluster:Cluster"], computeConfig: { enabled: true } } },
    };
    const resources = withChange({ control: "", what: "", blames: "", says: "", ...auto });
    assert.deepEqual(await judgeStack(resources.filter(({ name }) => name !== "vpc-cni")), []);
  });

  test("is judged by ids when they are known, whatever the origins say", async () => {
    const known = preview.map((resource): Given => {
      const ids: Record<string, string> = { vpc: "vpc-1", public: "subnet-2", private: "subnet-1" };
      const id = ids[resource.name];
      if (id) return { ...resource, props: { ...resource.props, id } };
      if (resource.name !== "system") return resource;
      return { ...resource, props: { subnetIds: ["subnet-2"] }, from: { subnetIds: ["private"] } };
    });
    const verdicts = await judgeStack(known);
    assert.deepEqual(
      verdicts.map(({ control, urn }) => [control, urn]),
      [["EKS6", urnOf({ type: "aws:eks/nodeGroup:NodeGroup", name: "system" })]],
    );
  });
});

test("every control that judges stacks has a change that breaks it, and an unknown value", () => {
  for (const { id, stack } of controls) {
    if (!stack) continue;
    assert.ok(
      id === "GKE5" || breaking.some(({ control }) => control === id),
      `${id} has no change`,
    );
    assert.ok(
      unknowns.some(({ control }) => control === id),
      `${id} has no unknown value`,
    );
  }
});
