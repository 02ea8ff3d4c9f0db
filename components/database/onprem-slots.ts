/** PostgreSQL's settings for replication slots with CloudNativePG. Pure. */
import { bytes } from "../core/units.ts";
import { wantedMajor } from "./base-schema.ts";
import type { OnpremDatabaseSpec } from "./schema.ts";

/** The first major version that synchronizes logical slots to standbys itself. */
const firstWithSync = 17;

/** Share of the volume for write-ahead logs that slots may fill: the rest is for checkpoints and logs that are not archived. */
const slotShare = 0.5;

/**
 * A slot that nobody reads is invalidated before it fills the volume. Logical slots are synchronized to the standbys, so that a
 * connector continues after a switchover: by PostgreSQL itself since 17, by the extension pg_failover_slots of CloudNativePG's
 * standard images before.
 *
 * Source: CloudNativePG, "Logical Decoding Slot Synchronization" and "Capping the WAL size retained for replication slots".
 */
export function slotParameters(spec: OnpremDatabaseSpec): Record<string, string> {
  const kept = Math.floor((bytes(spec.storage.wal) * slotShare) / 2 ** 20);
  const limit = { max_slot_wal_keep_size: `${kept}MB` };
  if (!spec.logicalReplication) return limit;
  return {
    ...limit,
    hot_standby_feedback: "on",
    ...(syncsItself(spec)
      ? { sync_replication_slots: "on" }
      : { "pg_failover_slots.synchronize_slot_names": "name_like:%" }),
  };
}

/** Rules of pg_hba that let pg_failover_slots on a standby read the slots of the primary. */
export function slotRules(spec: OnpremDatabaseSpec): string[] {
  return spec.logicalReplication && !syncsItself(spec)
    ? ["hostssl all streaming_replica all cert"]
    : [];
}

function syncsItself(spec: OnpremDatabaseSpec): boolean {
  return Number(wantedMajor(spec)) >= firstWithSync;
}
