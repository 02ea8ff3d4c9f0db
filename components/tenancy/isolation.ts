/** How a layer of a tenant is separated from the other tenants of its cell. Plain data. */
import { z } from "zod";

/**
 * `pool`: a part of a resource that tenants share, such as a database in the shared cluster. `bridge`: a resource of its own on shared
 * infrastructure, such as its own bucket and key. `silo`: infrastructure of its own, such as its own nodes or database cluster.
 */
export const isolations = ["pool", "bridge", "silo"] as const;
export type Isolation = (typeof isolations)[number];

export function isIsolation(value: unknown): value is Isolation {
  return isolations.some((known) => known === value);
}

/**
 * The isolation of a tier: one for all layers, or one for each layer with a default.
 *
 * @param layers the names of the layers
 */
export function isolationSchema(layers: readonly string[]) {
  const one = z.enum(isolations);
  const each = Object.fromEntries(layers.map((layer) => [layer, one.optional()]));
  return z
    .union([one, z.strictObject({ default: one, ...each })])
    .transform((given): Readonly<Record<string, Isolation>> => {
      const fallback = typeof given === "string" ? given : given.default;
      const own: Readonly<Record<string, Isolation | undefined>> =
        typeof given === "string" ? {} : given;
      return Object.fromEntries(layers.map((layer) => [layer, own[layer] ?? fallback]));
    });
}
