import { unknown } from "./cell.ts";
import type { Given } from "./judge.ts";
import { passing } from "./passing.ts";

/** A change of one resource of a cell, and the expected violation. */
export interface Change {
  readonly control: string;
  readonly what: string;
  /** The name of the changed resource, and the change; without one the resource is removed. */
  readonly of: string;
  readonly to?: Partial<Pick<Given, "props" | "from" | "provider">>;
  /** The name of the violating resource. */
  readonly blames: string;
  readonly says: string;
}

const open = { "pod-security.kubernetes.io/enforce": "privileged" };
const policySpec = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const inApps = { name: "deny-all", namespace: "apps" };

/** Changes that violate one control. */
export const breaking: readonly Change[] = [
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
    what: "the default group has rules",
    of: "default",
    blames: "vpc",
    says: "default security group with rules",
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
    what: "nodes are in a public subnet",
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
    what: "the cloud opened the endpoint",
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
    what: "the policy allows traffic",
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
    says: "pods are unrestricted",
  },
];

/** Decisive values that are unknown until deployment. */
export const unknowns: readonly Change[] = [
  {
    control: "VPC1",
    what: "the kind of logged traffic",
    of: "flow-log",
    to: {
      props: { vpcId: unknown, trafficType: unknown },
      from: { vpcId: ["vpc"], trafficType: ["elsewhere"] },
    },
    blames: "vpc",
    says: "trafficType is unknown",
  },
  {
    control: "VPC2",
    what: "whose default group it is",
    of: "default",
    to: { from: { vpcId: [] } },
    blames: "vpc",
    says: "default security group with rules",
  },
  {
    control: "VPC5",
    what: "the service of an endpoint",
    of: "kms",
    to: {
      props: { vpcId: unknown, serviceName: unknown },
      from: { vpcId: ["vpc"], serviceName: ["elsewhere"] },
    },
    blames: "vpc",
    says: "serviceName is unknown",
  },
  {
    control: "EKS6",
    what: "where the nodes' subnets come from",
    of: "system",
    to: { from: { subnetIds: ["elsewhere"] } },
    blames: "system",
    says: "subnetIds[0] is unknown",
  },
  {
    control: "EKS6",
    what: "all of the nodes' subnets",
    of: "system",
    to: { props: { subnetIds: unknown } },
    blames: "system",
    says: "subnetIds is unknown",
  },
  {
    control: "EKS6",
    what: "subnets that come from no resource",
    of: "system",
    to: { props: { subnetIds: unknown }, from: { subnetIds: [] } },
    blames: "system",
    says: "subnetIds is unknown",
  },
  {
    control: "EKS7",
    what: "which add-on it is",
    of: "vpc-cni",
    to: {
      props: { clusterName: unknown, addonName: unknown },
      from: { clusterName: ["cluster"], addonName: ["elsewhere"] },
    },
    blames: "cluster",
    says: "addonName is unknown",
  },
  {
    control: "GKE5",
    what: "where the nodes' account comes from",
    of: "pool",
    to: { from: { nodeConfig: ["elsewhere"] } },
    blames: "pool",
    says: "nodeConfig.serviceAccount is unknown",
  },
  {
    control: "K5",
    what: "the policy's namespace",
    of: "deny-all",
    to: { props: { metadata: { namespace: unknown }, spec: policySpec } },
    blames: "apps",
    says: "metadata.namespace is unknown",
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
    says: "is unknown",
  },
];
