/**
 * The cloud's resources, in one SQLite file. Every change is one transaction that is committed before the engine gets the answer,
 * so a killed process loses nothing that was acknowledged; several processes can serve the same file.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { type Indexes, type NewResource, type Resource, resourceOf, tables } from "./records.ts";
import { orDamaged, refuseDamage } from "./store-damage.ts";
import type { Bag } from "./wire.ts";

export type { Handle, Indexes, NewResource, Reference, Resource } from "./records.ts";

/** How long one process waits for another's transaction, in milliseconds. */
const LOCK_WAIT = 30_000;

export class Store {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens or creates the file.
   *
   * @throws StoreDamaged when it is not a database of the embedded cloud, or has damaged pages
   */
  constructor(file: string) {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    // SQLite gives its other files the mode of this one.
    closeSync(openSync(file, "a", 0o600));
    this.#database = orDamaged(file, () => new DatabaseSync(file, { timeout: LOCK_WAIT }));
    try {
      orDamaged(file, () => {
        // NORMAL syncs at checkpoints: only a power failure can lose data, not a killed process.
        this.#database.exec(
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;",
        );
        this.#database.exec(tables);
        refuseDamage(this.#database);
      });
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  /** Runs work as one transaction. */
  transaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      this.#rollBack();
      throw error;
    }
  }

  /** Where the disk is full, SQLite has rolled back already: its complaint about that must not hide the first error. */
  #rollBack(): void {
    try {
      this.#database.exec("ROLLBACK");
    } catch {
      // The first error says what happened.
    }
  }

  find(place: string, type: string, id: string): Resource | undefined {
    return this.#one(
      "SELECT * FROM resources WHERE place = ? AND type = ? AND id = ?",
      place,
      type,
      id,
    );
  }

  /** The existing resources of a URN, oldest first: more than one during a replacement. */
  byUrn(urn: string): Resource[] {
    return this.#many("SELECT * FROM resources WHERE urn = ? ORDER BY key", urn);
  }

  byKey(key: number): Resource | undefined {
    return this.#one("SELECT * FROM resources WHERE key = ?", key);
  }

  ofType(type: string, place: string): Resource[] {
    return this.#many(
      "SELECT * FROM resources WHERE type = ? AND place = ? ORDER BY key",
      type,
      place,
    );
  }

  countOfType(type: string, place: string): number {
    const row = this.#statement(
      "SELECT count(*) AS n FROM resources WHERE type = ? AND place = ?",
    ).get(type, place);
    return Number(row?.n ?? 0);
  }

  inPlace(place: string): Resource[] {
    return this.#many("SELECT * FROM resources WHERE place = ? ORDER BY key", place);
  }

  all(): Resource[] {
    return this.#many("SELECT * FROM resources ORDER BY key");
  }

  countByStack(): Record<string, number> {
    const rows = this.#statement("SELECT stack, count(*) AS n FROM resources GROUP BY stack").all();
    return Object.fromEntries(rows.map((row) => [String(row.stack), Number(row.n)]));
  }

  /** The oldest resource with one of the handles, in one of two places or everywhere. */
  byHandle(scopes: readonly [string, string], handles: readonly string[]): Resource | undefined {
    for (const handle of handles) {
      const found = this.#one(
        `SELECT resources.* FROM handles JOIN resources USING (key)
         WHERE handle = ? AND scope IN (?, ?, '') ORDER BY key LIMIT 1`,
        handle,
        ...scopes,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The resources that refer to a resource, with the referring property. */
  referrers(key: number, type?: string): { resource: Resource; property: string }[] {
    const rows = this.#statement(
      `SELECT resources.*, refs.property FROM refs JOIN resources ON resources.key = refs.source
       WHERE refs.target = ? AND (? IS NULL OR resources.type = ?) ORDER BY resources.key`,
    ).all(key, type ?? null, type ?? null);
    return rows.map((row) => ({ resource: resourceOf(row), property: String(row.property) }));
  }

  countReferrers(key: number, type: string, property: string): number {
    const row = this.#statement(
      `SELECT count(*) AS n FROM refs JOIN resources ON resources.key = refs.source
       WHERE refs.target = ? AND resources.type = ? AND refs.property = ?`,
    ).get(key, type, property);
    return Number(row?.n ?? 0);
  }

  /** The resources that a resource refers to. */
  targets(key: number): Resource[] {
    return this.#many(
      "SELECT resources.* FROM refs JOIN resources ON resources.key = refs.target WHERE refs.source = ?",
      key,
    );
  }

  nameHolder(name: string): Resource | undefined {
    return this.#one(
      "SELECT resources.* FROM names JOIN resources USING (key) WHERE name = ?",
      name,
    );
  }

  /** Reserves a name permanently, as clouds do after some deletions. */
  keepName(name: string, why: string): void {
    this.#statement("INSERT OR IGNORE INTO kept_names VALUES (?, ?)").run(name, why);
  }

  /** Why a name is reserved, or undefined. */
  keptName(name: string): string | undefined {
    const row = this.#statement("SELECT why FROM kept_names WHERE name = ?").get(name);
    return row === undefined ? undefined : String(row.why);
  }

  /** The URNs that have written to a bucket, whether they still exist or not. */
  fillersOf(bucket: number): string[] {
    const rows = this.#statement("SELECT urn FROM fillers WHERE bucket = ? ORDER BY rowid").all(
      bucket,
    );
    return rows.map((row) => String(row.urn));
  }

  /** How many resources a URN has created, so that a replacement gets another id. */
  nextGeneration(urn: string): number {
    const row = this.#statement(
      `INSERT INTO generations VALUES (?, 1) ON CONFLICT (urn) DO UPDATE SET created = created + 1 RETURNING created`,
    ).get(urn);
    return Number(row?.created ?? 1);
  }

  /** How often a change of a URN was requested, including this time. */
  nextAttempt(urn: string): number {
    const row = this.#statement(
      `INSERT INTO attempts VALUES (?, 1) ON CONFLICT (urn) DO UPDATE SET made = made + 1 RETURNING made`,
    ).get(urn);
    return Number(row?.made ?? 1);
  }

  insert(resource: NewResource, indexes: Indexes): Resource {
    const { lastInsertRowid } = this.#statement(
      "INSERT INTO resources (urn, stack, type, place, id, inputs, state, secrets) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    ).run(
      resource.urn,
      resource.stack,
      resource.type,
      resource.place,
      resource.id,
      JSON.stringify(resource.inputs),
      JSON.stringify(resource.state),
      JSON.stringify(resource.secrets),
    );
    const key = Number(lastInsertRowid);
    this.#index(key, resource.urn, indexes);
    return { ...resource, key, acknowledged: false };
  }

  update(
    key: number,
    urn: string,
    change: Pick<Resource, "inputs" | "state" | "secrets">,
    indexes: Indexes,
  ): void {
    this.#write(key, change);
    for (const table of ["handles", "names"])
      this.#statement(`DELETE FROM ${table} WHERE key = ?`).run(key);
    this.#statement("DELETE FROM refs WHERE source = ?").run(key);
    this.#index(key, urn, indexes);
  }

  /** Changes properties, but not names and references. */
  drift(key: number, change: Pick<Resource, "inputs" | "state" | "secrets">): void {
    this.#write(key, change);
  }

  delete(key: number): void {
    this.#statement("DELETE FROM resources WHERE key = ?").run(key);
  }

  acknowledge(key: number): void {
    this.#statement("UPDATE resources SET acknowledged = 1 WHERE key = ?").run(key);
  }

  /** Records the definition of an existing resource. False if it is the recorded one. */
  define(key: number, digest: string): boolean {
    const { changes } = this.#statement(
      `INSERT INTO definitions VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET digest = excluded.digest WHERE digest <> excluded.digest`,
    ).run(key, digest);
    return changes > 0;
  }

  recordProvider(urn: string, stack: string, pack: string, config: Bag): void {
    this.#statement(
      `INSERT INTO providers VALUES (?, ?, ?, ?)
       ON CONFLICT (urn) DO UPDATE SET config = excluded.config WHERE config <> excluded.config`,
    ).run(urn, stack, pack, JSON.stringify(config));
  }

  providersOf(stack: string, pack: string): { urn: string; config: Bag }[] {
    return this.#statement("SELECT urn, config FROM providers WHERE stack = ? AND package = ?")
      .all(stack, pack)
      .map((row) => ({ urn: String(row.urn), config: JSON.parse(String(row.config)) as Bag }));
  }

  #write(key: number, change: Pick<Resource, "inputs" | "state" | "secrets">): void {
    this.#statement("UPDATE resources SET inputs = ?, state = ?, secrets = ? WHERE key = ?").run(
      JSON.stringify(change.inputs),
      JSON.stringify(change.state),
      JSON.stringify(change.secrets),
      key,
    );
  }

  #index(key: number, urn: string, { handles, names, references, fills }: Indexes): void {
    const handle = this.#statement("INSERT INTO handles VALUES (?, ?, ?)");
    for (const each of handles) handle.run(each.handle, each.scope, key);
    const name = this.#statement("INSERT INTO names VALUES (?, ?)");
    for (const each of names) name.run(each, key);
    const reference = this.#statement("INSERT INTO refs VALUES (?, ?, ?)");
    for (const each of references) reference.run(key, each.to, each.property);
    const filler = this.#statement("INSERT OR IGNORE INTO fillers VALUES (?, ?)");
    for (const bucket of fills) filler.run(bucket, urn);
  }

  #one(sql: string, ...values: (string | number)[]): Resource | undefined {
    const row = this.#statement(sql).get(...values);
    return row === undefined ? undefined : resourceOf(row);
  }

  #many(sql: string, ...values: (string | number)[]): Resource[] {
    return this.#statement(sql)
      .all(...values)
      .map(resourceOf);
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }
}
