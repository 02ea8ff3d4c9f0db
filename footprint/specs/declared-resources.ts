/** What a cell's manifest declares, by the names that grants know it by. A manifest may still be wrong: only names are read. */

import type { DeclaredResources } from "../../components/identity/granted.ts";
import type { CellManifest } from "../model.ts";
import { eventTopics } from "./event-topics.ts";

/** A cell has one database and one cache; grants call each by this name. */
export const main = "main";

export function declaredResources(
  cell: Pick<
    CellManifest,
    "database" | "cache" | "objectStore" | "secrets" | "stream" | "eventSourcing"
  >,
): DeclaredResources {
  return {
    bucket: namesIn(cell.objectStore?.buckets),
    secret: namesIn(cell.secrets?.secrets),
    topic: [
      ...namesIn(cell.stream?.topics),
      ...Object.keys(eventTopics(cell.eventSourcing).topics),
    ],
    database: cell.database ? [main] : [],
    cache: cell.cache ? [main] : [],
  };
}

/** The names in a record, if it is one. */
export function namesIn(written: unknown): string[] {
  return typeof written === "object" && written !== null ? Object.keys(written) : [];
}
