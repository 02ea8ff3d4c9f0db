/** `cellDefaults` in JSON Schema: an environment has defaults for its cells, so fields can be missing in a cell's own file. */
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import type { Section } from "../../components/section/section.ts";
import { cellDefaultFields } from "../../footprint/manifest/cell-defaults.ts";

/** JSON Schema, as far as it is used here. */
export interface Shape {
  [keyword: string]: unknown;
  description?: string;
  default?: unknown;
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  items?: Shape | boolean;
  anyOf?: Shape[];
  oneOf?: Shape[];
  allOf?: Shape[];
  required?: string[];
}

/** The defaults for all cells of an environment, and for those of each cloud. */
export function addCellDefaults(
  environment: Shape,
  registry: readonly Section[],
  cell: Readonly<Record<Cloud, Shape>>,
): void {
  const fields = cellDefaultFields(registry);
  const common = fields.common.map((field): [string, Shape] => {
    const different = new Map(
      clouds.map((cloud) => [JSON.stringify(cell[cloud].properties?.[field]), cloud]),
    );
    const [only, ...others] = [...different.values()].map((cloud) => fieldOf(cloud, field));
    return [field, only && others.length === 0 ? only : { anyOf: only ? [only, ...others] : [] }];
  });
  const byCloud = clouds.map((cloud): [string, Shape] => {
    const own = fields[cloud].map((field): [string, Shape] => [field, fieldOf(cloud, field)]);
    return [
      cloud,
      { type: "object", properties: Object.fromEntries(own), additionalProperties: false },
    ];
  });
  const section = environment.properties?.cellDefaults;
  if (!section) return;
  delete section.propertyNames;
  section.properties = Object.fromEntries([...common, ...byCloud]);
  section.additionalProperties = false;
}

/** The field in the schema of a cloud's cells. */
function fieldOf(cloud: Cloud, field: string): Shape {
  return {
    $ref: `cell-${cloud}.json#/properties/config/properties/atoll:manifest/properties/${field}`,
  };
}

/** A schema without required fields, as the environment may have their defaults. */
export function partial<T>(shape: T): T {
  if (Array.isArray(shape)) return shape.map(partial) as T;
  if (typeof shape !== "object" || shape === null) return shape;
  const { required, ...rest } = shape as Record<string, unknown>;
  const kept = Array.isArray(required) ? rest : shape;
  return Object.fromEntries(
    Object.entries(kept).map(([key, value]) => [
      // Without required fields, several members of a union can match.
      key === "oneOf" ? "anyOf" : key,
      // Lists are not merged.
      key === "items" ? value : partial(value),
    ]),
  ) as T;
}
