/** A cell: one cloud, one region, its network, cluster, node pools and services. The unit of scale and of failure. */

import type { Cell, Footprint } from "../../footprint/model.ts";
import { landingId, landingOf } from "../../footprint/specs/cell-target.ts";
import { type CellKeys, keysOf, serviceLogsOf } from "../environment/keys.ts";
import type { CellOutputs } from "../outputs/cell.ts";
import type { Pending } from "../outputs/pending.ts";
import { readEnvironment } from "../outputs/read.ts";
import { cellOwnership } from "../ownership.ts";
import type { Built, CellInputs, Services } from "./inputs.ts";

export async function cellStack(
  { environment, cells, connectivity, names, people }: Footprint,
  cell: Cell,
  retain: boolean,
): Promise<Pending<CellOutputs>> {
  const landing = landingOf(cell);
  const outputs = await readEnvironment(cell.environment);
  const keys = keysOf(outputs, landingId(landing));
  const common = { ownership: cellOwnership(environment, cell), retain };
  const around = { cells, connectivity, names, people, environment: outputs };
  const built = await build({ ...around, cell, common }, keys);
  const { cluster, nodePools, services, references = {}, ground = {}, copies = {} } = built;
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
    ...(built.connectivity && { connectivity: built.connectivity }),
    references,
    ...(built.dns && { dns: built.dns }),
    ...(built.people && { people: built.people }),
    ground,
    copies,
  };
}

/** Only what the cell's own cloud needs is loaded: SDKs are most of what a program loads. */
async function build(inputs: Omit<CellInputs<unknown>, "specs">, keys: CellKeys): Promise<Built> {
  const { specs } = inputs.cell;
  switch (specs.cloud) {
    case "aws": {
      const serviceLogs = serviceLogsOf(inputs.environment, specs.cluster.account);
      return (await import("./aws.ts")).awsCell({ ...inputs, specs, keys, serviceLogs });
    }
    case "gcp":
      return (await import("./gcp.ts")).gcpCell({ ...inputs, specs, keys });
    case "onprem":
      return (await import("./onprem.ts")).onpremCell({ ...inputs, specs });
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
    ...(identity && {
      identity: {
        principals: identity.principals,
        ...(identity.members && { members: identity.members }),
      },
    }),
  };
}
