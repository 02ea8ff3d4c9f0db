/** Damage of the cloud's file: found when it is opened, and reported as such. */
import type { DatabaseSync } from "node:sqlite";

/** The file is not a database of the embedded cloud, or is damaged. */
export class StoreDamaged extends Error {
  override readonly name = "StoreDamaged";
}

/** SQLite's codes for a wrong statement, which only other tables can cause here, a damaged file, and a file that is no database. */
const damages: readonly unknown[] = [1, 11, 26];

/** Runs work on the file. @throws StoreDamaged for an error that a damaged file causes */
export function orDamaged<Result>(file: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { errcode, message } = error as Error & { readonly errcode?: number };
    // The low byte is the code, the others say more about it.
    if (!damages.includes((errcode ?? 0) & 0xff)) throw error;
    throw new StoreDamaged(`${file}: ${message}`);
  }
}

/** A few milliseconds for a large footprint; a damaged page would otherwise be found when it is needed, or never. */
export function refuseDamage(database: DatabaseSync): void {
  const found = database.prepare("PRAGMA quick_check(1)").all().flatMap(Object.values);
  if (found.length !== 1 || found[0] !== "ok")
    throw Object.assign(new Error(String(found[0])), { errcode: 11 });
}
