/** Outputs of a resource by themselves, without a cloud in which the resources that it refers to exist. */
import assert from "node:assert/strict";
import { withName } from "../../../simulator/autoname.ts";
import { idOf, stateOf } from "../../../simulator/outputs/state.ts";
import { placeOf } from "../../../simulator/place.ts";
import { resourceSchema } from "../../../simulator/schema/index.ts";
import type { Resource } from "../../../simulator/store.ts";
import type { Bag } from "../../../simulator/wire.ts";
import { configs } from "../../support/played-cloud.ts";

/** The states of resources by the input that refers to them. */
type Referred = Readonly<Record<string, Bag>>;

/** Some outputs of a new resource; `id` is its id. */
export function outputs(
  type: string,
  inputs: Bag,
  names: readonly string[],
  referred: Referred = {},
  config = configs[type.split(":")[0] ?? ""] ?? {},
): unknown[] {
  const schema = resourceSchema(type);
  assert.ok(schema, type);
  const place = placeOf(type, schema, inputs, config);
  assert.ok(place.cloud !== "kubernetes");
  const urn = `urn:pulumi:s::p::${type}::r`;
  const making = {
    schema,
    urn,
    generation: 1,
    place,
    inputs: withName(schema, urn, inputs, {}),
    previous: undefined,
    references: [],
    refer: (property: string) =>
      referred[property] && ({ state: referred[property] } as unknown as Resource),
  };
  const id = idOf({ ...making, id: "" });
  const state = stateOf({ ...making, id }, false);
  return names.map((name) => (name === "id" ? id : state[name]));
}
