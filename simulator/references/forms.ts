/** Formats of references to resources of a cloud: ids, ARNs, resource paths, accounts. */
import type { AwsPlace, GcpPlace } from "../place.ts";
import { isBag } from "../wire.ts";

/** Generated ids of EC2, and ids of other services in the same format. */
export const awsId =
  /^(?:acl|cgw|dopt|eigw|eipalloc|eni|fl|fsap|i|igw|lt|nat|pcx|rqlc|rslvr-[a-z]+|rtb|scr|sg|sgr|subnet|tgw|tgw-attach|tgw-rtb|vae|vagr|vai|vatp|vgw|vol|vpc|vpce|vpce-svc|vpn)-[0-9a-f]{8,17}$/;

const arnForm = /^arn:(aws[\w-]*):([^:]+):([^:]*):([^:]*):(.+)$/;

/** An ARN by its parts, or undefined. */
export function parseArn(
  value: string,
): { service: string; account: string; resource: string } | undefined {
  const [, , service = "", , account = "", resource = ""] = arnForm.exec(value) ?? [];
  return service === "" ? undefined : { service, account, resource };
}

/**
 * The possible ARNs of the resource that an ARN refers to: itself, then its parents, because `...:log-group:x:*` refers to a log
 * group and `arn:aws:s3:::x/prefix` to a bucket. Undefined for resources elsewhere: other accounts', AWS's own, patterns, whole
 * accounts and service-linked roles.
 */
export function arnHandles(value: string, place: AwsPlace): string[] | undefined {
  const arn = parseArn(value);
  if (arn === undefined) return undefined;
  const { service, account, resource } = arn;
  const own =
    account === place.account || (account === "" && (service === "s3" || service === "route53"));
  if (!own || resource === "root" || resource.startsWith("role/aws-service-role/"))
    return undefined;
  const exact = value.replace(/:\*$/, "");
  if (exact.includes("*") || exact.includes("?")) return undefined;
  const parents: string[] = [exact];
  const start = value.length - resource.length;
  for (let cut = exact.lastIndexOf("/"); cut > start; cut = exact.lastIndexOf("/", cut - 1)) {
    parents.push(exact.slice(0, cut));
  }
  return parents;
}

const link =
  /^(?:https:\/\/(?:www|[a-z]+)\.googleapis\.com\/(?:[a-z]+\/)?(?:v\d\w*|alpha|beta)\/|\/\/[a-z]+\.googleapis\.com\/(?:v\d\/)?)?(projects\/.+)$/;

/** Resources that always exist. */
const ambient =
  /\/(?:machineTypes|diskTypes|acceleratorTypes|images|licenses|gateways|regions\/[^/]+$|zones\/[^/]+$|global$|locations\/[^/]+$|services\/)/;

/** A Google resource's path without the address in front: `projects/p/global/networks/n`. */
export function resourcePath(value: string): string | undefined {
  return link.exec(value)?.[1];
}

/** The possible paths of the resource that a link refers to, or undefined for resources elsewhere. */
export function pathHandles(value: string, place: GcpPlace): string[] | undefined {
  const path = resourcePath(value);
  if (path === undefined) return undefined;
  const [, project = "", , ...rest] = path.split("/");
  if (rest.length === 0 || ambient.test(path) || path.includes("*")) return undefined;
  if (project !== place.project && project !== place.projectNumber) return undefined;
  const byId = path.replace(`projects/${project}`, `projects/${place.project}`);
  return [byId, byId.replace(/\/(?:cryptoKeyVersions|versions)\/[^/]+$/, "")];
}

/** The service account or workload identity pool in a member or account property, if it is in this project. */
export function accountHandle(value: string, place: GcpPlace): string | undefined {
  const name = value.replace(/^(?:serviceAccount|User):/, "");
  if (name.endsWith(`@${place.project}.iam.gserviceaccount.com`)) return name;
  return name.startsWith(`${place.project}.svc.id.goog[`)
    ? `${place.project}.svc.id.goog`
    : undefined;
}

/** Free-form properties, whose values are not references even if they look like ids. */
const free = new Set([
  "annotations",
  "defaultTags",
  "description",
  "effectiveLabels",
  "labels",
  "metadata",
  "policy",
  "pulumiLabels",
  "resourceLabels",
  "tags",
  "tagsAll",
  "userData",
]);

/** Every string in a bag, with its property path and the name of its property. */
export function* texts(
  value: unknown,
  path = "",
  leaf = "",
): Generator<{ path: string; leaf: string; text: string }> {
  if (typeof value === "string") {
    if (value !== "" && !value.startsWith("{")) yield { path, leaf, text: value };
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* texts(item, `${path}[${index}]`, leaf);
  } else if (isBag(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!free.has(key)) yield* texts(item, path === "" ? key : `${path}.${key}`, key);
    }
  }
}
