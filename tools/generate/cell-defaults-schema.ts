/** `cellDefaults` in JSON Schema: an environment has defaults for its cells, so fields can be missing in a cell's own file. */
import { type Cloud, clouds } from "../../components/core/cloud.ts";
import type { Section } from "../../components/section/section.ts";
import { cellDefaultFields, ofOneCell } from "../../footprint/manifest/cell-defaults.ts";

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

/** The manifest in a cell's own file: the environment may have defaults for all but the fields of one cell. */
export function ownFile(cell: Shape): Shape {
  const own = ofOneCell.map((field): [string, Shape] => [field, cell.properties?.[field] ?? {}]);
  const { properties, ...rest } = partial(cell);
  return {
    ...rest,
    properties: { ...properties, ...Object.fromEntries(own) },
    required: [...ofOneCell],
  };
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

/**
 * The schema of a cell's own file: without required fields, as the environment may have their defaults, and with `null` for every
 * field, which removes a default.
 */
export function partial(shape: Shape): Shape {
  // Without required fields, several members of a union can match.
  const {
    required: _,
    oneOf,
    anyOf = oneOf,
    allOf,
    properties,
    additionalProperties,
    ...rest
  } = shape;
  return {
    // Lists are not merged: their items are unchanged.
    ...rest,
    ...(properties && { properties: mapped(properties, removable) }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "object"
          ? removable(additionalProperties)
          : additionalProperties,
    }),
    ...(anyOf && { anyOf: anyOf.map(partial) }),
    ...(allOf && { allOf: allOf.map(partial) }),
  };
}

function mapped(
  properties: Readonly<Record<string, Shape>>,
  change: (shape: Shape) => Shape,
): Record<string, Shape> {
  return Object.fromEntries(Object.entries(properties).map(([name, it]) => [name, change(it)]));
}

/** A field that may also be `null`. */
function removable(field: Shape): Shape {
  const { const: only, ...shape } = partial(field);
  if (shape.not !== undefined) return shape;
  if (shape.anyOf) return { ...shape, anyOf: [...shape.anyOf, { type: "null" }] };
  const values = only === undefined ? shape.enum : [only];
  return {
    ...shape,
    ...(typeof shape.type === "string" && { type: [shape.type, "null"] }),
    ...(Array.isArray(values) && { enum: [...values, null] }),
  };
}
