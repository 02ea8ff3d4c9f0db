/**
 * The references of a resource, and the strings that others use to refer to it. Derived from the format of values and the names of
 * properties, so that a new resource type needs no code here.
 */
import { serverHandle, serversOf } from "../clusters.ts";
import { CloudError } from "../errors.ts";
import { ownNameProperty } from "../outputs/making.ts";
import type { AwsPlace, GcpPlace } from "../place.ts";
import type { ResourceSchema } from "../schema/shape.ts";
import type { Handle, Resource, Store } from "../store.ts";
import { nounOf } from "../urn.ts";
import { type Bag, UNKNOWN } from "../wire.ts";
import {
  accountHandle,
  arnHandles,
  awsId,
  parseArn,
  pathHandles,
  resourcePath,
  texts,
} from "./forms.ts";
import { namedType } from "./names.ts";

/** A value that refers to another resource. */
export interface Candidate {
  /** `vpcConfig.subnetIds[0]` */
  readonly property: string;
  readonly value: string;
  /** Possible handles of the resource. */
  readonly handles: readonly string[];
  /** Whether the resource may be outside of all stacks. */
  readonly optional: boolean;
}

/** A resolved reference. */
export interface Resolved {
  readonly property: string;
  readonly target: Resource;
}

/** Properties that may refer to resources outside this cloud, or that a cloud does not look up. */
const unverified = new Set([
  "sourceArn",
  "sourceAccount",
  "imageId",
  "image",
  "availabilityZone",
  "thumbprintLists",
]);

/**
 * Properties, by full path or last part, that refer to resources managed elsewhere: people's roles and accounts, the bucket of a
 * connector's plugin, which must exist before the footprint, gateways of other regions or accounts, the subnets of brokers in the
 * region that records are copied from, and destinations of Google Cloud logs, which may be in another project.
 */
const outsiders =
  /(^|\.)principalArn$|^aclEntries\[\d+\]\.principal$|^location\.s3\.bucketArn$|^peerTransitGatewayId$|^kafkaClusters\[\d+\]\.vpcConfig\.subnetIds\[|^destination$/;

/** Types with the same id at both of their ends, in any place. */
const sharedByBothEnds = new Set([
  "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
  "aws:rds/globalCluster:GlobalCluster",
]);

/** Globally unique handles: ARNs, hosts, and names of buckets. */
const worldWide = /^(?:arn:|server=|aws:s3\/bucket:Bucket=)/;

/** Names of resources that a service provides: `postgres` is a database of every instance. */
const builtIn =
  /^(?:default(?:$|[.-:])|alias\/aws\/|AWSServiceRole|_Default$|_Required$|postgres$)/;

/** All references in the inputs to other resources of this cloud. */
export function candidatesIn(
  schema: ResourceSchema,
  inputs: Bag,
  place: AwsPlace | GcpPlace,
): Candidate[] {
  const own = ownNameProperty(schema);
  const found: Candidate[] = [];
  for (const { path, leaf, text } of texts(inputs)) {
    if ((path === own && !awsId.test(text)) || unverified.has(leaf) || text === UNKNOWN) continue;
    const handles = handlesFor(schema, path, leaf, text, place);
    if (handles === undefined) continue;
    found.push({ property: path, value: text, handles, optional: outsiders.test(path) });
  }
  return found;
}

function handlesFor(
  schema: ResourceSchema,
  path: string,
  leaf: string,
  text: string,
  place: AwsPlace | GcpPlace,
): readonly string[] | undefined {
  if (place.cloud === "aws") {
    if (awsId.test(text)) return [text];
    if (parseArn(text) !== undefined) return arnHandles(text, place);
  } else {
    const account = accountHandle(text, place);
    if (account !== undefined) return [account];
    if (resourcePath(text) !== undefined) return pathHandles(text, place);
    const [, sink] = /^storage\.googleapis\.com\/([\w.-]+)$/.exec(text) ?? [];
    if (sink !== undefined) return [`gcp:storage/bucket:Bucket=${sink}`];
    if (text.includes("://") || text.includes("@")) return undefined;
  }
  // Names are references only at the top level: nested names are mostly names of parts.
  const type = path.replace(/\[\d+\]$/, "") === leaf ? namedType(schema.type, leaf) : undefined;
  if (type === undefined || builtIn.test(text)) return undefined;
  const alias = text.startsWith("alias/") ? ["aws:kms/alias:Alias"] : [];
  return [type, ...alias].map((each) => `${each}=${text}`);
}

/**
 * Resolves each candidate.
 *
 * @throws CloudError for the first that refers to a missing resource.
 */
export function resolve(
  candidates: readonly Candidate[],
  store: Store,
  place: AwsPlace | GcpPlace,
): Resolved[] {
  return candidates.flatMap(({ property, value, handles, optional }) => {
    const target = store.byHandle(scopesOf(place), handles);
    if (target !== undefined) return [{ property, target }];
    if (optional) return [];
    throw notFound(property, value, handles, place);
  });
}

/** The places whose handles a resource in this place can use. */
export function scopesOf(place: AwsPlace | GcpPlace): readonly [string, string] {
  return place.cloud === "aws"
    ? [`aws/${place.account}/${place.region}`, `aws/${place.account}`]
    : [place.key, place.key];
}

/** Strings that others can use to refer to a resource: its id, its name with its type, and every id, ARN and link in its outputs. */
export function handlesOf(
  schema: ResourceSchema,
  id: string,
  inputs: Bag,
  state: Bag,
  place: AwsPlace | GcpPlace,
): Handle[] {
  const { type } = schema;
  const handles = new Set([id, `${type}=${id}`]);
  const own = ownNameProperty(schema);
  const name = own === undefined ? undefined : state[own];
  if (typeof name === "string") handles.add(`${type}=${name}`);
  const given = new Set([...texts(inputs)].map(({ text }) => text));
  for (const { leaf, text } of texts(state)) {
    if (given.has(text) && leaf !== own) continue;
    if (awsId.test(text) || parseArn(text) !== undefined) handles.add(text);
    else if (leaf === "keyId" || leaf === "secretId") handles.add(`${type}=${text}`);
    else if (leaf === "email") handles.add(text);
    else {
      const path = resourcePath(text);
      if (path !== undefined) handles.add(path);
    }
  }
  const pool = place.cloud === "gcp" ? `${place.project}.svc.id.goog` : undefined;
  if (pool !== undefined && type === "gcp:container/cluster:Cluster" && given.has(pool))
    handles.add(pool);
  const servers = serversOf(type, state).map(serverHandle);
  return [...handles, ...servers].map((handle) => ({
    handle,
    scope: worldWide.test(handle) || sharedByBothEnds.has(type) ? "" : place.key,
  }));
}

/** EC2's error codes, by the prefix of the missing id. */
const codes: Readonly<Record<string, readonly [code: string, noun: string]>> = {
  acl: ["InvalidNetworkAclID.NotFound", "networkAcl ID"],
  eipalloc: ["InvalidAllocationID.NotFound", "allocation ID"],
  igw: ["InvalidInternetGatewayID.NotFound", "internetGateway ID"],
  lt: ["InvalidLaunchTemplateId.NotFound", "launch template ID"],
  nat: ["NatGatewayNotFound", "NAT gateway ID"],
  rtb: ["InvalidRouteTableID.NotFound", "routeTable ID"],
  sg: ["InvalidGroup.NotFound", "security group"],
  subnet: ["InvalidSubnetID.NotFound", "subnet ID"],
  tgw: ["InvalidTransitGatewayID.NotFound", "transit gateway ID"],
  vpc: ["InvalidVpcID.NotFound", "vpc ID"],
  vpce: ["InvalidVpcEndpointId.NotFound", "VPC endpoint ID"],
};

function notFound(
  property: string,
  value: string,
  handles: readonly string[],
  place: AwsPlace | GcpPlace,
): CloudError {
  if (place.cloud === "gcp") {
    return new CloudError(
      "notFound",
      `The resource '${value}' was not found (property ${property})`,
    );
  }
  const [code, noun] = codes[value.replace(/-[0-9a-f]+$/, "")] ?? [];
  if (code !== undefined)
    return new CloudError(code, `The ${noun} '${value}' does not exist (property ${property})`);
  const type = /^(aws:[^=]+)=/.exec(handles[0] ?? "")?.[1];
  const service = parseArn(value)?.service ?? type?.split(":")[1]?.split("/")[0];
  const what = type === undefined ? "resource" : nounOf(type);
  if (service === "iam")
    return new CloudError(
      "NoSuchEntity",
      `The ${what} with name ${value} cannot be found (property ${property})`,
    );
  return new CloudError(
    "ResourceNotFoundException",
    `No ${what} found for ${value} (property ${property})`,
  );
}
