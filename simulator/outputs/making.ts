/** The inputs of a resource's outputs. Outputs depend on nothing else, so the same program has the same outputs. */
import { createHash } from "node:crypto";
import type { AwsPlace, GcpPlace } from "../place.ts";
import type { ResourceSchema } from "../schema/shape.ts";
import type { Resource } from "../store.ts";
import { nounOf, serviceOf } from "../urn.ts";
import { type Bag, isBag } from "../wire.ts";

export interface Making {
  readonly schema: ResourceSchema;
  readonly urn: string;
  /** How many resources the URN has created, including this one. */
  readonly generation: number;
  readonly place: AwsPlace | GcpPlace;
  readonly inputs: Bag;
  /** The id; empty while it is being computed. */
  readonly id: string;
  /** The resource's state before an update. */
  readonly previous: Bag | undefined;
  /** The references in the inputs. */
  readonly references: readonly { readonly property: string; readonly target: Resource }[];
  /** The resource that an input refers to. */
  readonly refer: (property: string) => Resource | undefined;
}

/** The value of an output: a string with `{placeholders}`, or a function. */
export type Rule = string | ((making: Making) => unknown);

/** Rules of one type: the id, and outputs that the general rules do not cover. */
export interface TypeRules {
  readonly id?: Rule;
  readonly outputs?: Readonly<Record<string, Rule>>;
  /** Outputs that change with every update, and are unknown in a preview of an update. */
  readonly volatile?: readonly string[];
}

/** @param at the output's path, so that two outputs of one resource do not get the same digits */
export function evaluate(rule: Rule, making: Making, at = ""): unknown {
  return typeof rule === "string" ? fill(rule, making, at) : rule(making);
}

/**
 * Fills placeholders: `{hex17}`, `{HEX16}` and `{digits12}` (stable by resource and output), `{ec2}` (the seventeen digits of
 * EC2's ids, the first a zero), `{uuid}`, `{region}`, `{account}`, `{project}`, `{number}`, `{location}`, `{id}`,
 * `{arn:service}` (an ARN up to its resource part), `{own}` (the physical name), or an input by its path
 * (`{vpcConfig.subnetIds.0}`).
 */
export function fill(template: string, making: Making, at = ""): string {
  return template.replace(/\{([^{}]+)\}/g, (_, key: string) => placeholder(key, making, at));
}

function placeholder(key: string, making: Making, at: string): string {
  const { place } = making;
  const sized = /^(hex|HEX|digits)(\d+)$/.exec(key);
  if (sized?.[1] === "digits") return digits(making, Number(sized[2]), at);
  if (sized) {
    const text = hex(making, Number(sized[2]), at);
    return sized[1] === "HEX" ? text.toUpperCase() : text;
  }
  if (key.startsWith("arn:")) return arnPrefix(key.slice("arn:".length), making);
  switch (key) {
    case "ec2":
      return `0${hex(making, 16, at)}`;
    case "path":
      return String(making.inputs.path ?? "/");
    case "uuid":
      return uuid(making, at);
    case "id":
      return making.id;
    case "own":
      return ownName(making) ?? hex(making, 8, at);
    case "account":
      return place.cloud === "aws" ? place.account : place.projectNumber;
    case "project":
      return place.cloud === "gcp" ? place.project : "";
    case "number":
      return place.cloud === "gcp" ? place.projectNumber : "";
    case "location":
      return String(
        making.inputs.location ??
          making.inputs.region ??
          making.inputs.zone ??
          place.region ??
          "global",
      );
    case "region":
      return place.region ?? "";
    default:
      return String(valueAt(making.inputs, key.split(".")) ?? "");
  }
}

/** Services whose ARNs have no region. */
const global = new Set(["iam", "route53", "organizations", "cloudfront", "budgets", "ce", "s3"]);

export function arnPrefix(service: string, { place }: Making): string {
  if (place.cloud !== "aws") return "";
  const region = global.has(service) ? "" : place.region;
  return `arn:${place.partition}:${service}:${region}:${service === "s3" ? "" : place.account}`;
}

/** Stable hexadecimal digits for this resource and label. */
export function hex(making: Making, length: number, label = ""): string {
  const seed = [making.place.key, making.urn, making.generation, label].join("|");
  let text = "";
  for (let round = 0; text.length < length; round++) {
    text += createHash("sha256").update(`${seed}|${round}`).digest("hex");
  }
  return text.slice(0, length);
}

export function digits(making: Making, length: number, label = ""): string {
  const text = BigInt(`0x${hex(making, Math.max(16, length * 2), label)}`).toString();
  return `${1 + (Number(text[0]) % 9)}${text.slice(1, length)}`;
}

export function uuid(making: Making, label = ""): string {
  const text = hex(making, 32, label);
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    `4${text.slice(13, 16)}`,
    `a${text.slice(17, 20)}`,
    text.slice(20),
  ].join("-");
}

/** A stable time for this resource, in the first days of 2026. */
export function moment(making: Making, label = ""): string {
  const seconds = Number.parseInt(hex(making, 5, label), 16);
  return new Date(Date.UTC(2026, 0, 5) + seconds * 1000).toISOString();
}

/** Properties of physical names that do not contain the type's noun. */
const oddNames: Readonly<Record<string, string>> = {
  "aws:ec2/keyPair:KeyPair": "keyName",
  // `userName` is the name for clients, which users of several caches can share.
  "aws:elasticache/user:User": "userId",
};

/**
 * The property with a type's physical name: `name`, or one that contains the noun (`bucket`, `clusterIdentifier`,
 * `replicationGroupId`, `groupName`).
 */
export function ownNameProperty(schema: ResourceSchema): string | undefined {
  if (oddNames[schema.type] !== undefined) return oddNames[schema.type];
  const noun = nounOf(schema.type);
  const last = noun.replace(/^.*(?=[A-Z])/, "");
  const tail = last.charAt(0).toLowerCase() + last.slice(1);
  const candidates = [
    "name",
    noun,
    `${noun}Name`,
    `${noun}Id`,
    `${noun}Identifier`,
    "identifier",
    `${tail}Name`,
    `${tail}Id`,
    `${serviceOf(schema.type)}Name`,
    `${serviceOf(schema.type)}Identifier`,
  ];
  return candidates.find((name) => {
    const property = schema.properties[name];
    return property !== undefined && property.computed !== true && property.type === "string";
  });
}

export function ownName({ schema, inputs }: Making): string | undefined {
  const property = ownNameProperty(schema);
  const value = property === undefined ? undefined : inputs[property];
  return typeof value === "string" ? value : undefined;
}

/** The value at a path of keys and indices. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner)) return inner[Number(key)];
    return isBag(inner) ? inner[key] : undefined;
  }, value);
}

/** `node-group` for `nodeGroup`. */
export function kebab(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}
