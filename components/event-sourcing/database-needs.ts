/** What event sourcing requires of the cell's database, from the section as written. Pure. */
import { z } from "zod";
import type { Cloud } from "../core/cloud.ts";
import type { ConnectionShare } from "../database/connection-budget.ts";
import type { Facts, Written } from "../section/cell.ts";
import { outboxFields } from "./aggregate-schema.ts";
import { registryFields } from "./registry-schema.ts";

/** Debezium's connections besides the replication connection: for metadata, heartbeats and checks at the start. */
const outboxConnections = 3;

/** A rolling update of the registry runs one replica more. */
export const registrySurge = 1;

const registryNeeds = z.object({
  replicas: registryFields.replicas,
  database: z
    .object({ connections: registryFields.database.unwrap().shape.connections })
    .prefault({}),
});
const outboxNeeds = z.object({ paused: outboxFields.paused });

/** The facts for the section `database`. An invalid section adds no facts: its schema reports the problems. */
export function databaseNeeds({ outbox, registry }: Written, cloud: Cloud): Facts {
  const reader = outbox === undefined ? undefined : outboxNeeds.safeParse(outbox).data;
  return {
    logicalReplication: outbox !== undefined,
    logicalSlot: reader?.paused === false,
    otherConnections: [
      // On AWS the registry is Glue.
      ...(cloud === "aws" ? [] : registryShare(registry)),
      ...outboxShare(outbox),
    ],
  };
}

function registryShare(written: unknown): ConnectionShare[] {
  const registry = written === undefined ? undefined : registryNeeds.safeParse(written).data;
  if (registry === undefined) return [];
  const { connections } = registry.database;
  const pods = registry.replicas + registrySurge;
  return [
    {
      what: `the schema registry (${registry.replicas} replicas and one during an update, ${connections} each)`,
      connections: pods * connections,
    },
  ];
}

function outboxShare(outbox: unknown): ConnectionShare[] {
  return outbox === undefined ? [] : [{ what: "the outbox", connections: outboxConnections }];
}
