/** Where a resource is: an AWS account and region, a Google Cloud project, or a Kubernetes cluster. */
import { CloudError } from "./errors.ts";
import { clusterOf, sitePlace } from "./kubeconfig.ts";
import type { ResourceSchema } from "./schema/shape.ts";
import { packageOf } from "./urn.ts";
import { type Bag, isBag } from "./wire.ts";

export type Place = AwsPlace | GcpPlace | KubernetesPlace;

export interface AwsPlace {
  readonly cloud: "aws";
  /** The key of this place in the store. */
  readonly key: string;
  readonly account: string;
  /** The region of the call; resources of global services belong to the account. */
  readonly region: string;
  readonly partition: string;
}

export interface GcpPlace {
  readonly cloud: "gcp";
  readonly key: string;
  readonly project: string;
  readonly projectNumber: string;
  readonly region: string | undefined;
  readonly zone: string | undefined;
}

export interface KubernetesPlace {
  readonly cloud: "kubernetes";
  readonly key: string;
  readonly server: string;
  readonly namespace: string;
  readonly config: Bag;
}

/** The account of a provider whose configuration has none. */
export const DEFAULT_ACCOUNT = "111122223333";

/** @throws CloudError when the configuration has no region, project or cluster. */
export function placeOf(
  type: string,
  schema: ResourceSchema | undefined,
  inputs: Bag,
  config: Bag,
): Place {
  switch (packageOf(type)) {
    case "aws":
      return awsPlace(schema === undefined || "region" in schema.properties, inputs, config);
    case "gcp":
      return gcpPlace(inputs, config);
    default:
      return kubernetesPlace(config);
  }
}

function awsPlace(regional: boolean, inputs: Bag, config: Bag): AwsPlace {
  const region = text(inputs.region) ?? text(config.region) ?? process.env.AWS_REGION;
  if (region === undefined) {
    throw new CloudError(
      "MissingRegion",
      "no region: set it on the resource or on the aws.Provider",
    );
  }
  const account = accountOf(config);
  const key = regional ? `aws/${account}/${region}` : `aws/${account}`;
  return { cloud: "aws", key, account, region, partition: partitionOf(region) };
}

export function accountOf(config: Bag): string {
  const [assumed] = listOf(config.assumeRoles);
  const role = isBag(assumed) ? text(assumed.roleArn) : undefined;
  const [allowed] = listOf(config.allowedAccountIds);
  return role?.split(":")[4] ?? text(allowed) ?? DEFAULT_ACCOUNT;
}

export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

function gcpPlace(inputs: Bag, config: Bag): GcpPlace {
  const project = text(inputs.project) ?? text(config.project) ?? process.env.GOOGLE_PROJECT;
  if (project === undefined) {
    throw new CloudError(
      "invalid",
      "project: required field is not set, on the resource or on the gcp.Provider",
    );
  }
  const zone = text(inputs.zone) ?? text(config.zone);
  const region = text(inputs.region) ?? zone?.replace(/-[a-z]$/, "") ?? text(config.region);
  return {
    cloud: "gcp",
    key: `gcp/${project}`,
    project,
    projectNumber: numberOf(project),
    region,
    zone,
  };
}

/** A project's number: twelve digits derived from its id. */
export function numberOf(project: string): string {
  let sum = 7;
  for (const char of project) sum = (sum * 31 + char.charCodeAt(0)) % 899_999_999_999;
  return String(100_000_000_000 + sum);
}

function kubernetesPlace(config: Bag): KubernetesPlace {
  const cluster = clusterOf(config);
  return {
    cloud: "kubernetes",
    key: sitePlace(cluster),
    server: cluster.server,
    namespace: text(config.namespace) ?? cluster.namespace ?? "default",
    config,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Lists in a provider's configuration are lists or, from older SDKs, JSON strings. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (typeof value !== "string" || !value.startsWith("[")) return [];
  const parsed: unknown = JSON.parse(value);
  return Array.isArray(parsed) ? parsed : [];
}
