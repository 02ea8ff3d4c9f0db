/** How AWS and Google Cloud behave: inputs by the provider's schema, outputs by rules, refusals by invariants. */
import { withName } from "./autoname.ts";
import { clusterTypes, insideOf } from "./clusters.ts";
import { CloudError } from "./errors.ts";
import { filledBy } from "./invariants/contents.ts";
import { invariants, updateInvariants } from "./invariants/index.ts";
import { lastSnapshot } from "./invariants/snapshots.ts";
import { collidingName, duplicate, keptName, namesKeptBy, namesOf } from "./names.ts";
import type { Making } from "./outputs/making.ts";
import { idOf, secretOutputs, stateOf } from "./outputs/state.ts";
import { type AwsPlace, type GcpPlace, placeOf } from "./place.ts";
import type { Behaviour, Made, Wanted } from "./provider.ts";
import { schemaOf, unknownType } from "./provider.ts";
import { candidatesIn, handlesOf, type Resolved, resolve, scopesOf } from "./references/index.ts";
import { refuseDeletion } from "./references/release.ts";
import {
  type CheckFailure,
  checkInputs,
  normalForm,
  type ResourceSchema,
  resourceSchema,
  withDefaults,
} from "./schema/index.ts";
import type { Resource, Store } from "./store.ts";
import type { Bag, Wired } from "./wire.ts";

export class Clouds implements Behaviour {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  check(
    { type, urn, values }: Wanted,
    olds: Bag,
  ): { inputs: Bag; failures: readonly CheckFailure[] } {
    const schema = resourceSchema(type);
    if (schema === undefined)
      return { inputs: values, failures: [{ property: "", reason: unknownType(type) }] };
    const inputs = withName(schema, urn, withDefaults(schema, values), olds);
    return { inputs, failures: checkInputs(schema, inputs) };
  }

  place(type: string, properties: Bag, config: Bag): string {
    return this.#place(type, properties, config).key;
  }

  lookUp(type: string, id: string, properties: Bag, config: Bag): Resource | undefined {
    const place = this.#place(type, properties, config);
    const exact = this.#store.find(place.key, type, id);
    if (exact !== undefined) return exact;
    const meant = this.#store.byHandle(scopesOf(place), [`${type}=${id}`, id]);
    return meant?.type === type ? meant : undefined;
  }

  preview(wanted: Wanted, previous: Resource | undefined): Wired {
    const making = this.#making(wanted, previous, [], 0);
    const state = stateOf({ ...making, id: previous?.id ?? "" }, true);
    if (previous !== undefined) {
      const { type, values: inputs } = wanted;
      const change = { type, inputs, state, references: [], previous };
      for (const refuse of updateInvariants(type))
        refuse({ ...change, store: this.#store, place: making.place });
    }
    return { values: state, secrets: [...wanted.secrets, ...secretOutputs(making.schema, state)] };
  }

  make(wanted: Wanted, previous: Resource | undefined): Made {
    const schema = schemaOf(wanted.type);
    const place = this.#place(wanted.type, wanted.values, wanted.config);
    const references = resolve(candidatesIn(schema, wanted.values, place), this.#store, place);
    const generation = previous === undefined ? this.#store.nextGeneration(wanted.urn) : 0;
    const draft = this.#making(wanted, previous, references, generation);
    const making: Making = { ...draft, id: previous?.id ?? idOf(draft) };
    const state = normalForm(wanted.type, stateOf(making, false));
    const change = {
      store: this.#store,
      type: wanted.type,
      place,
      inputs: wanted.values,
      state,
      references,
      previous,
    };
    for (const refuse of invariants(wanted.type)) refuse(change);
    const names = namesOf(schema, wanted.values, place);
    this.#refuseDuplicate(making, place, names, previous);
    return {
      place: place.key,
      id: making.id,
      state,
      secrets: [...new Set([...wanted.secrets, ...secretOutputs(schema, state)])],
      indexes: {
        handles: handlesOf(schema, making.id, wanted.values, state, place),
        names,
        references: references.map(({ property, target }) => ({ property, to: target.key })),
        fills: filledBy(wanted.type, references),
      },
    };
  }

  collides(schema: ResourceSchema, olds: Bag, news: Bag): boolean {
    // As in bridged providers: the name is set, and the new resource has the same name.
    const property = collidingName(schema);
    return (
      property !== undefined && olds[property] !== undefined && olds[property] === news[property]
    );
  }

  remove(resource: Resource): void {
    refuseDeletion(resource, this.#store);
    lastSnapshot(resource, this.#store);
    for (const name of namesKeptBy(resource)) {
      this.#store.keepName(name, `of ${resource.urn}, which was deleted`);
    }
    // Deleting a cluster deletes everything in it.
    if (!clusterTypes.has(resource.type)) return;
    for (const object of this.#store.inPlace(insideOf(resource))) this.#store.delete(object.key);
  }

  #refuseDuplicate(
    making: Making,
    place: AwsPlace | GcpPlace,
    names: readonly string[],
    previous: Resource | undefined,
  ): void {
    const { type } = making.schema;
    const kept = names.map((name) => this.#store.keptName(name)).find((why) => why !== undefined);
    if (previous === undefined && kept !== undefined) throw keptName(making, kept);
    const holders = names.map((name) => this.#store.nameHolder(name));
    if (previous === undefined) holders.push(this.#store.find(place.key, type, making.id));
    const holder = holders.find((other) => other !== undefined && other.key !== previous?.key);
    if (holder !== undefined) throw duplicate(making, holder);
  }

  #making(
    wanted: Wanted,
    previous: Resource | undefined,
    references: readonly Resolved[],
    generation: number,
  ): Making {
    return {
      schema: schemaOf(wanted.type),
      urn: wanted.urn,
      generation,
      place: this.#place(wanted.type, wanted.values, wanted.config),
      inputs: wanted.values,
      id: "",
      previous: previous?.state,
      references,
      refer: (property) =>
        references.find(
          (reference) =>
            reference.property === property || reference.property.startsWith(`${property}[`),
        )?.target,
    };
  }

  #place(type: string, properties: Bag, config: Bag): AwsPlace | GcpPlace {
    const place = placeOf(type, resourceSchema(type), properties, config);
    if (place.cloud === "kubernetes") throw new CloudError("UnknownType", unknownType(type));
    return place;
  }
}
