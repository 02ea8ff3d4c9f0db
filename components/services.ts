/** The services of a cell, in build order. */
import { cache } from "./cache/section.ts";
import { database } from "./database/section.ts";
import { eventSourcing } from "./event-sourcing/section.ts";
import { objectStore } from "./object-store/section.ts";
import { queue } from "./queue/section.ts";
import { secrets } from "./secrets/section.ts";
import { stream } from "./stream/section.ts";

export const services = [
  stream,
  database,
  cache,
  objectStore,
  queue,
  secrets,
  eventSourcing,
] as const;

export type Service = (typeof services)[number];
