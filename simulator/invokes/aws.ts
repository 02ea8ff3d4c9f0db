/** AWS data sources that do not depend on resources. */
import { createHash } from "node:crypto";
import { awsRegions } from "../../components/core/regions.ts";
import { zoneId } from "../outputs/aws-ec2.ts";
import { DEFAULT_EKS_VERSION } from "../outputs/eks.ts";
import { type AwsPlace, partitionOf } from "../place.ts";
import { isBag } from "../wire.ts";
import type { Answer } from "./answer.ts";
import { policyDocument } from "./policy-document.ts";

export const awsAnswers: Readonly<Record<string, Answer<AwsPlace>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account, partition }) => ({
    accountId: account,
    arn: `arn:${partition}:sts::${account}:assumed-role/rehearsal/atoll`,
    id: account,
    userId: "AROAREHEARSAL0000000:atoll",
  }),
  "aws:index/getPartition:getPartition": (_, { partition }) => ({
    id: partition,
    partition,
    dnsSuffix: partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com",
    reverseDnsPrefix: partition === "aws-cn" ? "cn.com.amazonaws" : "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (args, place) => {
    const region = String(args.region ?? args.name ?? args.id ?? place.region);
    return {
      id: region,
      name: region,
      region,
      endpoint: `ec2.${region}.amazonaws.com`,
      description: region,
    };
  },
  "aws:index/getRegions:getRegions": (_, { partition }) => ({
    id: partition,
    names: Object.keys(awsRegions),
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, { region }) => {
    const excluded = Array.isArray(args.excludeNames) ? args.excludeNames : [];
    const names = [...(awsRegions[region] ?? "")]
      .map((letter) => `${region}${letter}`)
      .filter((name) => !excluded.includes(name));
    return { id: region, region, names, zoneIds: names.map(zoneId), groupNames: [region] };
  },
  "aws:index/getServicePrincipal:getServicePrincipal": (args, place) => {
    const region = String(args.region ?? place.region);
    const name = `${String(args.serviceName)}.amazonaws.com`;
    return {
      id: `${String(args.serviceName)}.${region}.amazonaws.com`,
      name,
      suffix: "amazonaws.com",
      region,
      serviceName: args.serviceName,
    };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
    const document = policyDocument(args);
    return { ...document, id: String(crc(String(document.json))) };
  },
  "aws:eks/getClusterAuth:getClusterAuth": ({ name }, { region }) => ({
    id: name,
    name,
    region,
    token: `k8s-aws-v1.${Buffer.from(`https://sts.${region}.amazonaws.com/?cluster=${String(name)}`).toString("base64url")}`,
  }),
  "aws:eks/getAddonVersion:getAddonVersion": (
    { addonName, kubernetesVersion, mostRecent },
    { region },
  ) => ({
    id: addonName,
    addonName,
    kubernetesVersion,
    mostRecent,
    region,
    version: addonVersions[String(addonName)] ?? "v1.0.0-eksbuild.1",
  }),
  "aws:eks/getClusterVersions:getClusterVersions": (_, { region }) => ({
    id: region,
    region,
    clusterVersions: ["1.35", "1.34", "1.33"].map((version) => ({
      clusterVersion: version,
      defaultVersion: version === DEFAULT_EKS_VERSION,
      versionStatus: "STANDARD_SUPPORT",
      clusterType: "eks",
    })),
  }),
  "aws:ssm/getParameter:getParameter": ({ name }, { region, account }) => ({
    id: name,
    name,
    region,
    arn: `arn:${partitionOf(region)}:ssm:${region}:${String(name).startsWith("/aws/") ? "" : account}:parameter${String(name)}`,
    type: "String",
    value: parameterValue(String(name)),
    insecureValue: parameterValue(String(name)),
    version: 1,
  }),
  "aws:ec2/getAmi:getAmi": (args, { region, account }) => {
    const id = `ami-0${digest(`${region}|${JSON.stringify(args)}`).slice(0, 16)}`;
    const owners = Array.isArray(args.owners) ? args.owners : [];
    const architecture = JSON.stringify(args.filters ?? []).includes("arm64") ? "arm64" : "x86_64";
    return {
      id,
      imageId: id,
      architecture,
      ownerId: String(owners[0] ?? account),
      region,
      rootDeviceType: "ebs",
      state: "available",
      arn: `arn:aws:ec2:${region}::image/${id}`,
    };
  },
};

/** EKS add-on versions for Kubernetes 1.35 in early 2026, used if none is pinned. */
const addonVersions: Readonly<Record<string, string>> = {
  "aws-ebs-csi-driver": "v1.54.0-eksbuild.1",
  coredns: "v1.13.1-eksbuild.1",
  "eks-pod-identity-agent": "v1.3.10-eksbuild.2",
  "kube-proxy": "v1.35.0-eksbuild.2",
  "vpc-cni": "v1.21.1-eksbuild.1",
};

/** AWS's public parameters: an image id, or an image's release version. */
function parameterValue(name: string): string {
  if (name.endsWith("release_version"))
    return `${/\d+\.\d+/.exec(name)?.[0] ?? DEFAULT_EKS_VERSION}.0-20260105`;
  return name.startsWith("/aws/service/")
    ? `ami-0${digest(name).slice(0, 16)}`
    : digest(name).slice(0, 16);
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function crc(text: string): number {
  return Number.parseInt(digest(text).slice(0, 8), 16);
}

/** The values of a filter of a data source. */
export function filtersOf(filters: unknown): { name: string; values: string[] }[] {
  return (Array.isArray(filters) ? filters.filter(isBag) : []).map(({ name, values }) => ({
    name: String(name),
    values: Array.isArray(values) ? values.map(String) : [],
  }));
}
