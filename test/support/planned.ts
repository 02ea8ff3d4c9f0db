/** What the embedded cloud plans for two sets of resources of a program, without an engine. */
import { objectSchema } from "../../simulator/kubernetes/schema.ts";
import { diffConfig } from "../../simulator/provider-config.ts";
import {
  gvkOf,
  normalForm,
  plan,
  refusedUpdate,
  resourceSchema,
  withDefaults,
} from "../../simulator/schema/index.ts";
import type { Registered } from "./inventory.ts";

/** Names of resources by what happens to them. */
export interface Planned {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly replaced: readonly string[];
  readonly deleted: readonly string[];
  /** Updates that the cloud refuses, with its reason. */
  readonly refused: readonly string[];
}

type Bag = Record<string, unknown>;

export function planned(before: readonly Registered[], after: readonly Registered[]): Planned {
  const [old, now] = [custom(before), custom(after)];
  const result = {
    created: [...now.keys()].filter((urn) => !old.has(urn)).map(labelOf),
    deleted: [...old.keys()].filter((urn) => !now.has(urn)).map(labelOf),
    updated: [] as string[],
    replaced: [] as string[],
    refused: [] as string[],
  };
  const places = [old, now].map(
    (resources) => (resource: Registered) => placeOf(resource, resources),
  );
  for (const [urn, wanted] of now) {
    const current = old.get(urn);
    if (current === undefined) continue;
    const { type, ignoreChanges, replaceOnChanges } = wanted;
    if (type.startsWith(providers)) {
      const { changed, replaces } = diffConfig(urn, current.inputs, wanted.inputs);
      if (changed.length > 0)
        result[replaces.length > 0 ? "replaced" : "updated"].push(labelOf(urn));
      continue;
    }
    const schema =
      resourceSchema(type) ?? (gvkOf(type) === undefined ? undefined : objectSchema(type));
    if (schema === undefined) continue;
    const [olds, news] = [current.inputs, wanted.inputs].map((inputs) =>
      withDefaults(schema, inputs),
    );
    const kept = ignoreChanges.reduce<Bag>(
      (bag, path) => ignoring(bag, olds ?? {}, path),
      news ?? {},
    );
    const [before, after] = [places[0]?.(current), places[1]?.(wanted)];
    if (before !== after && ("region" in schema.properties || "project" in schema.properties)) {
      result.replaced.push(labelOf(urn));
      continue;
    }
    const changes = plan(schema, normalForm(type, olds ?? {}), kept);
    if (changes.length === 0) continue;
    const forced = changes.some(({ path }) => replaceOnChanges.some((one) => path.startsWith(one)));
    if (forced || changes.some(({ replace }) => replace)) result.replaced.push(labelOf(urn));
    else {
      const reason = refusedUpdate(type, olds ?? {}, kept)?.reason;
      if (reason !== undefined) result.refused.push(`${labelOf(urn)}: ${reason}`);
      else result.updated.push(labelOf(urn));
    }
  }
  return result;
}

const providers = "pulumi:providers:";

/** The region or project of a resource's provider: a resource that has its own is recreated where that is. */
function placeOf({ provider }: Registered, resources: ReadonlyMap<string, Registered>): string {
  const { region, project } =
    resources.get(provider.split("::").slice(0, -1).join("::"))?.inputs ?? {};
  return [region, project].join();
}

function custom(resources: readonly Registered[]): Map<string, Registered> {
  return new Map(resources.filter((one) => one.custom).map((one) => [one.urn, one]));
}

function labelOf(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split("$").at(-1)} ${name}`;
}

/** The new inputs with the old value at a path, as the engine applies `ignoreChanges`. */
function ignoring(news: Bag, olds: Bag, path: string): Bag {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) {
    const { [first]: _, ...others } = news;
    return first in olds ? { ...others, [first]: olds[first] } : others;
  }
  const [inner, before] = [news[first], olds[first]];
  if (!isBag(inner) || !isBag(before)) return news;
  return { ...news, [first]: ignoring(inner, before, rest.join(".")) };
}

function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
