/**
 * Data sources. Tables answer those about the cloud; those that describe a resource (`getVpc`, `getCluster`, ...) are answered from
 * the existing resource, and need no code.
 */
import { CloudError } from "../errors.ts";
import { type AwsPlace, type GcpPlace, placeOf } from "../place.ts";
import {
  type CheckFailure,
  checkArguments,
  type InvokeSchema,
  invokeSchema,
  resourceSchema,
} from "../schema/index.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, hasUnknown, isBag } from "../wire.ts";
import { awsAnswers, filtersOf } from "./aws.ts";
import { cloudControlResource } from "./clusters.ts";
import { describe, saidUnder } from "./described.ts";
import { gcpAnswers } from "./gcp.ts";
import { keyFacts } from "./keys.ts";
import { kubernetesAnswers } from "./kubernetes.ts";
import { networkFacts, routeTableAssociation, tableOfSubnet } from "./networks.ts";

const cloudControl = "aws:cloudcontrol/getResource:getResource";

export interface Invoked {
  readonly result: Bag;
  readonly failures: readonly CheckFailure[];
}

/**
 * Answers a data source. Unknown arguments give an empty result, which the SDK treats as unknown.
 *
 * @throws CloudError when the data source is unknown, or the resource does not exist.
 */
export function invoke(token: string, args: Bag, config: Bag, store: Store): Invoked {
  if (hasUnknown(args)) return { result: {}, failures: [] };
  const pure = kubernetesAnswers[token];
  if (pure !== undefined) return { result: pure(args), failures: [] };
  const schema = invokeSchema(token);
  if (schema === undefined) {
    throw new CloudError(
      "UnknownFunction",
      `the embedded cloud does not know ${token}: add it to tools/generate/types.json and run \`npm run generate\``,
    );
  }
  const failures = checkArguments(schema, args);
  if (failures.length > 0) return { result: {}, failures };
  const place = placeOf(token, undefined, args, config);
  return {
    result: { ...args, ...answer(schema, args, place as AwsPlace | GcpPlace, store) },
    failures,
  };
}

function answer(schema: InvokeSchema, args: Bag, place: AwsPlace | GcpPlace, store: Store): Bag {
  const { token } = schema;
  const known =
    place.cloud === "aws" ? awsAnswers[token]?.(args, place) : gcpAnswers[token]?.(args, place);
  if (known !== undefined) return known;
  if (token === cloudControl) return cloudControlResource(args, place as AwsPlace, store);
  const { type, plural } = describedType(token);
  if (type === undefined)
    throw new CloudError("UnknownFunction", `the embedded cloud has no answer for ${token}`);
  const inPlace = (wanted: string) => placesOf(place).flatMap((key) => store.ofType(wanted, key));
  const asked = asResource(token, args, () => inPlace(routeTableAssociation));
  const found = inPlace(type).filter((resource) => matches(resource, asked));
  if (plural) return { id: place.region ?? place.key, ids: found.map(({ id }) => id) };
  const [only, ...others] = found;
  if (only === undefined)
    throw new CloudError(
      "ResourceNotFoundException",
      `no matching ${type} found for ${JSON.stringify(args)}`,
    );
  if (others.length > 0)
    throw new CloudError(
      "InvalidParameter",
      `multiple ${type} matched ${JSON.stringify(args)}; use additional constraints`,
    );
  const facts = networkFacts[token]?.(only, store) ?? keyFacts[token]?.(only);
  return { ...describe(only, schema), ...facts };
}

/** The arguments as properties of the resource: a route table does not itself say which subnets use it. */
function asResource(token: string, args: Bag, associations: () => readonly Resource[]): Bag {
  if (token !== "aws:ec2/getRouteTable:getRouteTable" || args.subnetId === undefined) return args;
  const { subnetId, ...others } = args;
  return { ...others, id: tableOfSubnet(subnetId, associations()) };
}

/** The resource type that a data source describes: `aws:ec2/vpc:Vpc` for `getVpc` and, as a list, for `getVpcs`. */
function describedType(token: string): { type: string | undefined; plural: boolean } {
  const [pack = "", module = ""] = token.split(":");
  const [service = "", name = ""] = module.split("/");
  const noun = name.replace(/^get/, "").replace(/^KMS/, "");
  const type = (word: string) =>
    `${pack}:${service}/${word.charAt(0).toLowerCase()}${word.slice(1)}:${word}`;
  if (resourceSchema(type(noun)) !== undefined) return { type: type(noun), plural: false };
  const single = noun.replace(/s$/, "");
  return {
    type: resourceSchema(type(single)) === undefined ? undefined : type(single),
    plural: true,
  };
}

function placesOf(place: AwsPlace | GcpPlace): string[] {
  return place.cloud === "aws"
    ? [`aws/${place.account}/${place.region}`, `aws/${place.account}`]
    : [place.key];
}

/** Whether a resource matches the arguments: by id or ARN, by equal properties, by filters and tags. */
function matches(resource: Resource, { filters, tags, region: _, ...args }: Bag): boolean {
  const { id, state } = resource;
  const equal = Object.entries(args).every(([name, value]) => {
    if (name === "id" || name === "secretId" || name === "keyId")
      return value === id || value === state.arn || value === state[name];
    const said = saidUnder(name, resource);
    return said === undefined || said === value || id === value || isBag(value);
  });
  const tagged = Object.entries(isBag(tags) ? tags : {}).every(
    ([key, value]) => isBag(state.tags) && state.tags[key] === value,
  );
  return (
    equal &&
    tagged &&
    filtersOf(filters).every(({ name, values }) => values.includes(filtered(resource, name)))
  );
}

/** The value for a filter of EC2's API: `tag:Name`, or a property in kebab case. */
function filtered({ state, id, type }: Resource, name: string): string {
  if (name.startsWith("tag:"))
    return isBag(state.tags) ? String(state.tags[name.slice("tag:".length)]) : "";
  const property = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const noun = type.split(":")[2]?.toLowerCase();
  return property.toLowerCase() === `${noun}id` ? id : String(state[property]);
}
