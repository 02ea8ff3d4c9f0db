/** What stands, as stacks' own outputs say it: a line a stack, and what runs beside the clusters. */
import type { CellOutputs } from "../../stacks/outputs/cell.ts";
import { table } from "./table.ts";

/** A stack that is up; the environment's has no cell. */
export interface Standing {
  readonly stack: string;
  readonly resources: number;
  readonly cell?: Partial<CellOutputs>;
}

export function standingOf(
  stack: string,
  resources: number,
  outputs: Readonly<Record<string, unknown>>,
): Standing {
  const cell = outputs.cell as Partial<CellOutputs> | undefined;
  return { stack, resources, ...(cell && { cell }) };
}

/** The tables that people read. */
export function standingTables(standing: readonly Standing[]): string[] {
  const clusters = standing.map(({ stack, resources, cell }) => [
    stack,
    cell?.cloud ?? "",
    cell?.location ?? "",
    cell?.cluster?.version ?? "",
    Object.keys(cell?.nodePools ?? {}).join(", "),
    resources,
  ]);
  const services = standing.flatMap(({ stack, cell }) =>
    cell?.services === undefined ? [] : [[stack, ...servicesOf(cell.services)]],
  );
  return [
    table(["stack", "cloud", "where", "Kubernetes", "node pools", "resources"], clusters),
    ...(services.length === 0 ? [] : [`\n${table(serviceColumns, services)}`]),
  ];
}

const serviceColumns = [
  "stack",
  "Kafka",
  "PostgreSQL",
  "Valkey",
  "buckets",
  "secrets",
  "workloads",
];

function servicesOf(services: CellOutputs["services"]): string[] {
  const { stream, database, cache, objectStore, secrets, identity } = services;
  const names = (of: Readonly<Record<string, unknown>> | undefined) =>
    Object.keys(of ?? {}).join(", ");
  return [
    stream ? `${stream.brokers} brokers, ${Object.keys(stream.topics).length} topics` : "",
    database ? `${database.version}, database ${database.name}` : "",
    cache ? (cache.clustered ? "sharded" : "one shard") : "",
    names(objectStore?.buckets),
    names(secrets?.names),
    names({ ...identity?.principals, ...identity?.members }),
  ];
}
