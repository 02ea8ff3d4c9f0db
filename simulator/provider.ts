/** The lifecycle of a resource on any cloud. Pure except for the store; `server.ts` translates the engine's messages. */
import { CloudError } from "./errors.ts";
import { type Faults, PartialFailure } from "./faults.ts";
import { InitFailed } from "./init-failed.ts";
import { objectSchema } from "./kubernetes/schema.ts";
import type { CheckFailure, ResourceSchema } from "./schema/index.ts";
import { gvkOf, normalForm, plan, refusedUpdate, resourceSchema } from "./schema/index.ts";
import type { Indexes, Resource, Store } from "./store.ts";
import { parseUrn } from "./urn.ts";
import { type Bag, UNKNOWN, type Wired } from "./wire.ts";

/** A desired resource. */
export interface Wanted extends Wired {
  readonly urn: string;
  readonly type: string;
  /** The configuration of its provider. */
  readonly config: Bag;
}

/** A resource after creation or update. */
export interface Made {
  readonly place: string;
  readonly id: string;
  readonly state: Bag;
  readonly secrets: readonly string[];
  readonly indexes: Indexes;
}

/** What differs between clouds and Kubernetes clusters. */
export interface Behaviour {
  /** Inputs with the provider's defaults, and their problems. */
  check(wanted: Wanted, olds: Bag): { inputs: Bag; failures: readonly CheckFailure[] };
  /** The place, from the configuration and the inputs or state. */
  place(type: string, properties: Bag, config: Bag): string;
  /** Finds a resource by an id in any form that users write. */
  lookUp(type: string, id: string, properties: Bag, config: Bag): Resource | undefined;
  /** Its state in a preview: values that the cloud computes are unknown. */
  preview(wanted: Wanted, previous: Resource | undefined): Wired;
  /** @throws CloudError when the cloud would refuse it. */
  make(wanted: Wanted, previous: Resource | undefined): Made;
  /** Why a resource that the provider waits for is not ready; undefined if it is. @default none is waited for */
  notReady?(resource: Resource, action: "create" | "update"): string | undefined;
  /** Whether two sets of inputs have the same unique name, so that the old resource must be deleted first. */
  collides(schema: ResourceSchema, olds: Bag, news: Bag): boolean;
  /** @throws CloudError when the cloud would refuse to delete it. */
  remove(resource: Resource, config: Bag): void;
}

export interface Difference {
  readonly changes: readonly {
    path: string;
    kind: "add" | "update" | "delete";
    replace: boolean;
  }[];
  readonly deleteBeforeReplace: boolean;
}

export class Provider {
  readonly #store: Store;
  readonly #faults: Faults;
  readonly #behaviour: Behaviour;

  constructor(store: Store, faults: Faults, behaviour: Behaviour) {
    this.#store = store;
    this.#faults = faults;
    this.#behaviour = behaviour;
  }

  check(wanted: Wanted, olds: Bag): { inputs: Bag; failures: readonly CheckFailure[] } {
    if (Object.keys(olds).length > 0) this.#acknowledgeOnly(wanted.urn);
    return this.#behaviour.check(wanted, olds);
  }

  /** @throws CloudError for an update that the cloud would refuse: a preview shows it before anything is changed. */
  diff(wanted: Wanted, id: string, olds: Bag, oldState: Bag): Difference {
    const schema = schemaOf(wanted.type);
    this.#acknowledge(wanted, id, oldState);
    const moved = movedIn(wanted, oldState);
    const planned = plan(schema, normalForm(wanted.type, olds), wanted.values);
    const changes = [
      ...planned.filter(({ path }) => moved.every((move) => move.path !== path)),
      ...moved,
    ];
    const replaces = changes.some((change) => change.replace);
    if (changes.length > 0 && !replaces) refuse(wanted, { ...oldState, ...olds });
    return {
      changes,
      deleteBeforeReplace: replaces && this.#behaviour.collides(schema, olds, wanted.values),
    };
  }

  preview(wanted: Wanted, id: string | undefined, oldState: Bag): Wired {
    const previous = id === undefined ? undefined : this.#find(wanted, id, oldState);
    return this.#behaviour.preview(wanted, previous);
  }

  /**
   * Creates the resource, or adopts one that an earlier call created and the engine does not know: a lost answer (a killed run, a
   * timeout) leaves no orphan.
   *
   * @throws InitFailed when it exists but did not become ready in time.
   */
  create(wanted: Wanted): Resource {
    this.#faults.before("create", wanted.urn);
    const resource = this.#store.transaction(() => this.#adopt(wanted) ?? this.#insert(wanted));
    return this.#answer(resource, "create", wanted);
  }

  update(wanted: Wanted, id: string, oldState: Bag): Resource {
    this.#faults.before("update", wanted.urn);
    const resource = this.#store.transaction(() => {
      const previous = this.#find(wanted, id, oldState);
      if (previous === undefined)
        throw new CloudError("ResourceNotFoundException", `${wanted.type} ${id} does not exist`);
      return this.#replaceState(wanted, previous);
    });
    return this.#answer(resource, "update", wanted);
  }

  /** The current resource, or undefined if it does not exist. */
  read(type: string, id: string, properties: Bag, config: Bag): Resource | undefined {
    const found = this.#behaviour.lookUp(type, id, properties, config);
    if (found !== undefined && !found.acknowledged) this.#store.acknowledge(found.key);
    return found && { ...found, inputs: normalForm(type, found.inputs) };
  }

  /** Deleting a missing resource is not an error. */
  delete(wanted: Wanted, id: string): void {
    this.#faults.before("delete", wanted.urn);
    this.#store.transaction(() => {
      const resource = this.#find(wanted, id, wanted.values);
      if (resource === undefined) return;
      this.#behaviour.remove(resource, wanted.config);
      this.#store.delete(resource.key);
    });
    this.#faults.after("delete", wanted.urn);
  }

  #answer(resource: Resource, action: "create" | "update", wanted: Wanted): Resource {
    try {
      this.#faults.after(action, resource.urn);
    } catch (error) {
      throw error instanceof PartialFailure ? new InitFailed(resource, error.message) : error;
    }
    return this.#ready(resource, action, wanted);
  }

  /** What it needs may come with a resource that is created at the same time. */
  #ready(resource: Resource, action: "create" | "update", wanted: Wanted): Resource {
    const reason = this.#behaviour.notReady?.(resource, action);
    if (reason === undefined) return resource;
    throw new InitFailed(resource, reason, () => {
      const now = this.#store.transaction(() => this.#replaceState(wanted, resource));
      return this.#ready(now, action, wanted);
    });
  }

  #insert(wanted: Wanted): Resource {
    const made = this.#behaviour.make(wanted, undefined);
    const { place, id, state, secrets, indexes } = made;
    const { stack } = parseUrn(wanted.urn);
    return this.#store.insert(
      {
        urn: wanted.urn,
        stack,
        type: wanted.type,
        place,
        id,
        inputs: wanted.values,
        state,
        secrets,
      },
      indexes,
    );
  }

  #replaceState(wanted: Wanted, previous: Resource): Resource {
    refuse(wanted, previous.state);
    const { state, secrets, indexes } = this.#behaviour.make(wanted, previous);
    const change = { inputs: wanted.values, state, secrets };
    this.#store.update(previous.key, previous.urn, change, indexes);
    return { ...previous, inputs: wanted.values, state, secrets };
  }

  /** The unacknowledged resource of this URN: updated to the desired state, or deleted if it must be replaced. */
  #adopt(wanted: Wanted): Resource | undefined {
    const orphan = this.#store.byUrn(wanted.urn).findLast((resource) => !resource.acknowledged);
    if (orphan === undefined) return undefined;
    const replaces = plan(schemaOf(wanted.type), orphan.inputs, wanted.values).some(
      (change) => change.replace,
    );
    const place = this.#behaviour.place(wanted.type, wanted.values, wanted.config);
    if (!replaces && place === orphan.place) return this.#replaceState(wanted, orphan);
    this.#behaviour.remove(orphan, wanted.config);
    this.#store.delete(orphan.key);
    return undefined;
  }

  #find(wanted: Wanted, id: string, oldState: Bag): Resource | undefined {
    const own = this.#store.byUrn(wanted.urn).find((resource) => resource.id === id);
    return own ?? this.#behaviour.lookUp(wanted.type, id, oldState, wanted.config);
  }

  #acknowledge(wanted: Wanted, id: string, oldState: Bag): void {
    const resource = this.#find(wanted, id, oldState);
    if (resource !== undefined && !resource.acknowledged) this.#store.acknowledge(resource.key);
  }

  /** The engine knows the URN; if it has only one resource, it is that one. */
  #acknowledgeOnly(urn: string): void {
    const [only, ...others] = this.#store.byUrn(urn);
    if (only !== undefined && others.length === 0 && !only.acknowledged)
      this.#store.acknowledge(only.key);
  }
}

function refuse({ type, values }: Wanted, before: Bag): void {
  const refused = refusedUpdate(type, before, values);
  if (refused !== undefined) throw new CloudError(refused.code, refused.reason);
}

/** A resource whose region or project differs from its provider's must be recreated there. */
function movedIn({ values, config }: Wanted, oldState: Bag): Difference["changes"] {
  return ["region", "project"]
    .filter((property) => {
      const before = oldState[property];
      const after = values[property] ?? config[property];
      return (
        typeof before === "string" &&
        typeof after === "string" &&
        after !== UNKNOWN &&
        before !== after
      );
    })
    .map((path) => ({ path, kind: "update", replace: true }));
}

/** @throws CloudError for a type without a schema. */
export function schemaOf(type: string): ResourceSchema {
  const schema =
    resourceSchema(type) ?? (gvkOf(type) === undefined ? undefined : objectSchema(type));
  if (schema !== undefined) return schema;
  throw new CloudError("UnknownType", unknownType(type));
}

export function unknownType(type: string): string {
  return `the embedded cloud does not know ${type}: add it to tools/generate/types.json and run \`npm run generate\``;
}
