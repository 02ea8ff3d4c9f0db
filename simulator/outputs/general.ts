/** Outputs by name and type, for everything that is not in the tables. */
import type { Properties, Property, Shape } from "../schema/shape.ts";
import { nounOf, serviceOf } from "../urn.ts";
import type { Bag } from "../wire.ts";
import {
  arnPrefix,
  digits,
  fill,
  hex,
  kebab,
  type Making,
  moment,
  ownName,
  uuid,
} from "./making.ts";

/** Maximum depth of nested outputs. */
const DEEPEST = 6;

/**
 * A value for an output that is not set; `at` is its path, which distinguishes equal names of one resource. Inputs are empty;
 * computed outputs get a value in the right format.
 */
export function generalValue(
  name: string,
  property: Property,
  at: string,
  making: Making,
): unknown {
  return formed(name, property.type, property.computed === true, at, making);
}

function formed(
  name: string,
  shape: Shape,
  computed: boolean,
  at: string,
  making: Making,
): unknown {
  if (shape === "string") return computed || early.test(name) ? generalText(name, at, making) : "";
  if (shape === "number") return name === "version" || name.endsWith("Version") ? 1 : 0;
  if (shape === "boolean") return false;
  if (shape === "any" || shape === "asset") return {};
  if ("array" in shape) return [];
  if ("map" in shape) return {};
  if ("enum" in shape) return shape.enum[0];
  if ("anyOf" in shape) {
    const [first] = shape.anyOf;
    return first === undefined ? undefined : formed(name, first, computed, at, making);
  }
  const fields = "fields" in shape ? shape.fields : (making.schema.types[shape.ref] ?? {});
  return generalObject(fields, at, making);
}

/** Inputs that a cloud computes if they are not set. */
const early =
  /^(?:name|region|location|zone|project|vpcId|deletionPolicy|status|state|version|engineVersion)$/;

/** The nested outputs that a cloud always computes. */
function generalObject(properties: Properties, at: string, making: Making): Bag {
  // Some declarations are recursive.
  if (at.split(".").length > DEEPEST) return {};
  const entries = Object.entries(properties).filter(
    ([, property]) => property.computed || property.always,
  );
  return Object.fromEntries(
    entries.map(([name, property]) => [
      name,
      generalValue(name, property, `${at}.${name}`, making),
    ]),
  );
}

type TextRule = readonly [name: RegExp, text: (making: Making, at: string, name: string) => string];

const shared: readonly TextRule[] = [
  [/^id$/, (making) => making.id],
  [
    /^name$/,
    (making) => ownName(making) ?? `${kebab(nounOf(making.schema.type))}-${hex(making, 7)}`,
  ],
  [/^region$/, (making) => making.place.region ?? ""],
  // Nothing has been deleted, or expires.
  [/^(deletion|deleted|expire|expiration)(Time|At|Date)$/, () => ""],
  [/(At|Time|Timestamp|Date|CreatedOn)$|^(timeCreated|updated)$/, (making) => timeOf(making)],
  [/^(uuid|uid|.*Uid|.*Uuid)$/, (making, at) => uuid(making, at)],
  [/(fingerprint|checksum|hash|sha256)$/i, (making, at) => base64(making, at, 12)],
  [/(publicIp|externalIp)/i, (making, at) => `203.0.113.${1 + byte(making, at)}`],
  [
    /(ip|ipAddress|address)$/i,
    (making, at) => `10.255.${byte(making, `${at}1`)}.${1 + byte(making, at)}`,
  ],
  [/^(state|.*State)$/, (making) => (making.place.cloud === "aws" ? "available" : "ACTIVE")],
  [/^(status|.*Status)$/, (making) => (making.place.cloud === "aws" ? "ACTIVE" : "RUNNING")],
  [/^version$|Version$/, () => "1"],
];

const aws: readonly TextRule[] = [
  [/^arn$/, (making) => arnOf(making)],
  [
    /Arn$/,
    (making, at, name) =>
      `${prefix(making)}:${kebab(name.replace(/Arn$/, ""))}/${uuid(making, at)}`,
  ],
  [/^(owner|ownerId|accountId|registryId|.*AccountId)$/, (making) => fill("{account}", making)],
  [/(endpoint|dnsName|hostname|domainName|fqdn)$/i, (making, at) => awsHost(making, at)],
  [/(url|uri)$/i, (making, at) => `https://${awsHost(making, at)}/`],
  [/^etag$/, (making, at) => hex(making, 32, at)],
  [/(zoneId)$/i, (making, at) => `Z${hex(making, 13, at).toUpperCase()}`],
];

const gcp: readonly TextRule[] = [
  [/^deletionPolicy$/, () => "DELETE"],
  [/^project$/, (making) => fill("{project}", making)],
  [/^selfLink/, (making) => selfLinkOf(making)],
  [/^etag$/, (making, at) => base64(making, at, 8)],
  [/(uniqueId|generatedId|numericId|NumericId|serverId)$/, (making, at) => digits(making, 19, at)],
  [
    /(email|emailAddress|serviceAccount|writerIdentity)$/i,
    (making) => fill("service-{number}@gcp-sa-{hex6}.iam.gserviceaccount.com", making),
  ],
  [
    /(endpoint|dnsName|hostname|fqdn)$/i,
    (making, at) => `${hex(making, 12, at)}.${serviceOf(making.schema.type)}.goog`,
  ],
  [/(url|uri|link)$/i, (making) => selfLinkOf(making)],
  [/^(location|zone)$/, (making) => fill("{location}", making)],
];

function generalText(name: string, at: string, making: Making): string {
  const inherited = fromReferences(name, making);
  if (inherited !== undefined) return inherited;
  const own = making.place.cloud === "aws" ? aws : gcp;
  for (const [form, text] of [...own, ...shared])
    if (form.test(name)) return text(making, at, name);
  return /(Id|Name|Key|Secret|Token|Password)$/i.test(name)
    ? `${kebab(name)}-${hex(making, 8, at)}`
    : "";
}

/** An output from a referenced resource: `vpcId` from a NAT gateway's subnet, `backupVaultArn` of a vault's lock. */
function fromReferences(name: string, { references, schema, id }: Making): string | undefined {
  if (name === `${nounOf(schema.type)}Id` && !/[:/]/.test(id)) return id;
  for (const { target } of references) {
    const noun = nounOf(target.type).toLowerCase();
    if (name.toLowerCase().endsWith(`${noun}arn`) && typeof target.state.arn === "string")
      return target.state.arn;
    if (name.toLowerCase() === `${noun}id`) return target.id;
    const theirs = target.state[name];
    if (
      /^(?:vpcId|transitGatewayId|location|clusterName)$/.test(name) &&
      typeof theirs === "string"
    )
      return theirs;
  }
  return undefined;
}

/** Service names in ARNs that differ from the SDK's modules. */
const arnServices: Readonly<Record<string, string>> = {
  cfg: "config",
  costexplorer: "ce",
  ebs: "ec2",
  ec2transitgateway: "ec2",
  lb: "elasticloadbalancing",
  msk: "kafka",
  mskconnect: "kafkaconnect",
  verifiedaccess: "ec2",
  vpc: "ec2",
};

function prefix(making: Making): string {
  const service = serviceOf(making.schema.type);
  const noun = nounOf(making.schema.type);
  // One module of the SDK covers several services.
  if (service === "route53" && noun.startsWith("resolver"))
    return arnPrefix("route53resolver", making);
  if (service === "route53" && noun.startsWith("profiles"))
    return arnPrefix("route53profiles", making);
  if (service === "cloudwatch" && noun.startsWith("log")) return arnPrefix("logs", making);
  if (service === "cloudwatch" && noun.startsWith("event")) return arnPrefix("events", making);
  return arnPrefix(arnServices[service] ?? service, making);
}

/** `arn:aws:<service>:<region>:<account>:<noun>/<id>`, unless the id is an ARN. */
function arnOf(making: Making): string {
  if (making.id.startsWith("arn:")) return making.id;
  return `${prefix(making)}:${kebab(nounOf(making.schema.type))}/${making.id}`;
}

export function selfLinkOf(making: Making): string {
  const service = serviceOf(making.schema.type);
  const version = service === "container" ? "v1" : `${service}/v1`;
  const host = service === "container" ? "container.googleapis.com" : "www.googleapis.com";
  return `https://${host}/${version}/${making.id}`;
}

function awsHost(making: Making, at: string): string {
  return `${hex(making, 12, at)}.${serviceOf(making.schema.type)}.${making.place.region}.amazonaws.com`;
}

/** When the resource was made and last changed, in the form of its API. */
function timeOf(making: Making): string {
  const time = moment(making);
  if (making.place.cloud === "aws") return time.replace(/\.\d+Z$/, "Z");
  if (serviceOf(making.schema.type) !== "compute")
    return time.replace("000Z", `${digits(making, 6, "fraction")}Z`);
  const pacific = new Date(new Date(time).getTime() - 8 * 3_600_000).toISOString();
  return pacific.replace("Z", "-08:00");
}

function base64(making: Making, at: string, length: number): string {
  return Buffer.from(hex(making, length * 2, at), "hex").toString("base64");
}

function byte(making: Making, at: string): number {
  return Number.parseInt(hex(making, 2, at), 16) % 253;
}
