/** The store's records of resources, and its tables. */
import { StoreDamaged } from "./store-damage.ts";
import type { Bag } from "./wire.ts";

/** An existing resource. */
export interface Resource {
  /** The store's number of the resource, in the order of creation. */
  readonly key: number;
  readonly urn: string;
  readonly stack: string;
  readonly type: string;
  /** Where it is: account and region, project, or cluster (see `place.ts`). */
  readonly place: string;
  /** The id that the provider returns to Pulumi. */
  readonly id: string;
  readonly inputs: Bag;
  /** Inputs and outputs together, as returned by a read. */
  readonly state: Bag;
  /** JSON pointers of secrets in inputs and state. */
  readonly secrets: readonly string[];
  /** Whether the engine knows the resource; if not, it is an orphan of a killed run. */
  readonly acknowledged: boolean;
}

export type NewResource = Omit<Resource, "key" | "acknowledged">;

/** What the cloud stores about a resource besides its properties. */
export interface Indexes {
  /** Strings that others use to refer to it. */
  readonly handles: readonly Handle[];
  /** Unique keys: physical names in their scope. */
  readonly names: readonly string[];
  /** The resources it refers to, by their keys. */
  readonly references: readonly Reference[];
  /** The keys of buckets that a service writes to because of it. */
  readonly fills: readonly number[];
}

export interface Handle {
  /** The place where the handle is valid, or "" where it is valid everywhere. */
  readonly scope: string;
  readonly handle: string;
}

export interface Reference {
  readonly to: number;
  /** The property that refers, for messages. */
  readonly property: string;
}

export const tables = `
  CREATE TABLE IF NOT EXISTS resources (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    urn TEXT NOT NULL, stack TEXT NOT NULL, type TEXT NOT NULL, place TEXT NOT NULL, id TEXT NOT NULL,
    inputs TEXT NOT NULL, state TEXT NOT NULL, secrets TEXT NOT NULL,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    UNIQUE (place, type, id)
  );
  CREATE INDEX IF NOT EXISTS resources_urn ON resources (urn);
  CREATE INDEX IF NOT EXISTS resources_type ON resources (type, place);
  CREATE TABLE IF NOT EXISTS handles (
    handle TEXT NOT NULL, scope TEXT NOT NULL,
    key INTEGER NOT NULL REFERENCES resources ON DELETE CASCADE
  );
  CREATE INDEX IF NOT EXISTS handles_handle ON handles (handle, scope);
  CREATE INDEX IF NOT EXISTS handles_key ON handles (key);
  CREATE TABLE IF NOT EXISTS names (
    name TEXT PRIMARY KEY,
    key INTEGER NOT NULL REFERENCES resources ON DELETE CASCADE
  );
  CREATE INDEX IF NOT EXISTS names_key ON names (key);
  CREATE TABLE IF NOT EXISTS refs (
    source INTEGER NOT NULL REFERENCES resources ON DELETE CASCADE,
    target INTEGER NOT NULL, property TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS refs_target ON refs (target);
  CREATE INDEX IF NOT EXISTS refs_source ON refs (source);
  CREATE TABLE IF NOT EXISTS fillers (
    bucket INTEGER NOT NULL REFERENCES resources ON DELETE CASCADE, urn TEXT NOT NULL,
    UNIQUE (bucket, urn)
  );
  CREATE TABLE IF NOT EXISTS kept_names (name TEXT PRIMARY KEY, why TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS generations (urn TEXT PRIMARY KEY, created INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS attempts (urn TEXT PRIMARY KEY, made INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS providers (
    urn TEXT PRIMARY KEY, stack TEXT NOT NULL, package TEXT NOT NULL, config TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS definitions (
    key INTEGER PRIMARY KEY REFERENCES resources ON DELETE CASCADE, digest TEXT NOT NULL
  );
`;

export function resourceOf(row: Record<string, unknown>): Resource {
  return {
    key: Number(row.key),
    urn: String(row.urn),
    stack: String(row.stack),
    type: String(row.type),
    place: String(row.place),
    id: String(row.id),
    inputs: parsed(row, "inputs") as Bag,
    state: parsed(row, "state") as Bag,
    secrets: parsed(row, "secrets") as string[],
    acknowledged: row.acknowledged === 1,
  };
}

function parsed(row: Record<string, unknown>, column: string): unknown {
  try {
    return JSON.parse(String(row[column]));
  } catch {
    throw new StoreDamaged(`the ${column} of resource ${String(row.urn)} are not JSON`);
  }
}
