/** A cell: one cloud, one region, its network, cluster, node pools and services. The unit of scale and of failure. */
import type { ComponentArgs } from "../components/core/component.ts";
import type { Built, Services } from "./cell-build.ts";
import { type CellKeys, keysOf, serviceLogsOf } from "./environment-keys.ts";
import type { Cell, Footprint } from "./footprint.ts";
import { landingId, landingOf } from "./landing.ts";
import {
  type CellOutputs,
  type EnvironmentOutputs,
  type Pending,
  readEnvironment,
} from "./outputs.ts";
import { cellOwnership } from "./ownership.ts";

export async function cellStack(
  { environment, cells }: Footprint,
  cell: Cell,
  retain: boolean,
): Promise<Pending<CellOutputs>> {
  const landing = landingOf(cell);
  const outputs = await readEnvironment(cell.environment);
  const keys = keysOf(outputs, landingId(landing));
  const common = { ownership: cellOwnership(environment, cell), retain };
  const {
    cluster,
    nodePools,
    services,
    references = {},
    ground = {},
    copies = {},
  } = await build(cell, cells, common, keys, outputs);
  return {
    environment: cell.environment,
    cell: cell.name,
    cloud: cell.cloud,
    location: cell.cloud === "onprem" ? cell.site : cell.region,
    cidr: cell.cidr,
    cluster: { name: cluster.clusterName, version: cluster.version },
    nodePools: Object.fromEntries(
      Object.entries(nodePools.pools).map(([key, pool]) => [
        key,
        { class: pool.class, capacity: pool.capacity },
      ]),
    ),
    services: serviceOutputs(services),
    references,
    ground,
    copies,
  };
}

/** Only what the cell's own cloud needs is loaded: SDKs are most of what a program loads. */
async function build(
  cell: Cell,
  cells: readonly Cell[],
  common: ComponentArgs,
  keys: CellKeys,
  outputs: EnvironmentOutputs | undefined,
): Promise<Built> {
  const { specs } = cell;
  switch (specs.cloud) {
    case "aws": {
      const inputs = { cell, cells, specs, common, keys, environment: outputs };
      const serviceLogs = serviceLogsOf(outputs, specs.cluster.account);
      return (await import("./cell-aws.ts")).awsCell({ ...inputs, serviceLogs });
    }
    case "gcp": {
      const inputs = { cell, cells, specs, common, keys, environment: outputs };
      return (await import("./cell-gcp.ts")).gcpCell(inputs);
    }
    case "onprem":
      return (await import("./cell-onprem.ts")).onpremCell({ cell, cells, specs, common });
  }
}

function serviceOutputs(services: Services): Pending<CellOutputs["services"]> {
  const { stream, eventSourcing, database, cache, objectStore, secrets, identity } = services;
  return {
    ...(stream && {
      stream: {
        bootstrapServers: stream.bootstrapServers,
        brokers: stream.brokers,
        topics: stream.topicNames,
      },
    }),
    ...(eventSourcing && {
      eventSourcing: {
        ...(eventSourcing.registryUrl && { registryUrl: eventSourcing.registryUrl }),
      },
    }),
    ...(database && {
      database: {
        name: database.databaseName,
        version: database.version,
        endpoint: database.endpoint,
        ...(database.readerEndpoint && { readerEndpoint: database.readerEndpoint }),
        port: database.port,
      },
    }),
    ...(cache && {
      cache: { endpoint: cache.endpoint, port: cache.port, clustered: cache.clustered },
    }),
    ...(objectStore && {
      objectStore: {
        buckets: Object.fromEntries(
          Object.entries(objectStore.buckets).map(([key, { uri }]) => [key, uri]),
        ),
      },
    }),
    ...(secrets && {
      secrets: {
        names: secrets.secretNames,
        ...(secrets.store && { store: secrets.store.name }),
      },
    }),
    ...(identity && { identity: { principals: identity.principals } }),
  };
}
