/** What runs on the cluster of a cell of one's own: streams, databases, and who may use the clouds. */
import { OnpremCache } from "../../components/cache/onprem.ts";
import type { OnpremCluster } from "../../components/cluster/onprem.ts";
import { OnpremDatabase } from "../../components/database/onprem.ts";
import { OnpremEventSourcing } from "../../components/event-sourcing/onprem.ts";
import type { OnpremNodePools } from "../../components/node-pool/onprem.ts";
import { OnpremObjectStore } from "../../components/object-store/onprem.ts";
import { OnpremSecrets } from "../../components/secrets/onprem.ts";
import { OnpremStream } from "../../components/stream/onprem.ts";
import type { OnpremCellInputs, Services } from "./inputs.ts";
import { registryDatabase } from "./registry-database.ts";

interface Ground {
  readonly cluster: OnpremCluster;
  readonly nodePools: OnpremNodePools;
}

export async function onpremServices(
  inputs: OnpremCellInputs,
  ground: Ground,
): Promise<{ readonly services: Services; readonly database: OnpremDatabase | undefined }> {
  const { specs, common } = inputs;
  const { cluster, nodePools } = ground;
  // Nodes carry the labels of their pools before anything is placed on them.
  const opts = { dependsOn: nodePools };
  const stream =
    specs.stream && new OnpremStream("stream", { ...common, spec: specs.stream, cluster }, opts);
  const database =
    specs.database &&
    new OnpremDatabase("database", { ...common, spec: specs.database, cluster }, opts);
  const cache =
    specs.cache && new OnpremCache("cache", { ...common, spec: specs.cache, cluster }, opts);
  const objectStore =
    specs.objectStore &&
    new OnpremObjectStore("object-store", { ...common, spec: specs.objectStore });
  const secrets =
    specs.secrets &&
    new OnpremSecrets("secrets", { ...common, spec: specs.secrets, cluster }, opts);
  const eventSourcing = onpremEvents(inputs, ground, stream, database);
  const identity =
    specs.identity &&
    // The only part that needs the SDKs of the clouds.
    (await (await import("./onprem-identity.ts")).federatedIdentity(inputs, specs.identity));
  const services = { stream, eventSourcing, database, cache, objectStore, secrets, identity };
  return { services, database };
}

/** The registry of schemas, and the connector that reads the database's outbox. */
function onpremEvents(
  { specs, common }: OnpremCellInputs,
  { cluster, nodePools }: Ground,
  stream: OnpremStream | undefined,
  database: OnpremDatabase | undefined,
): OnpremEventSourcing | undefined {
  const spec = specs.eventSourcing;
  if (spec === undefined || stream === undefined) return undefined;
  return new OnpremEventSourcing(
    "event-sourcing",
    {
      ...common,
      spec,
      stream,
      cluster,
      ...(database && { databaseHost: database.writerEndpoint }),
      ...(database &&
        spec.registry && {
          registryDatabase: registryDatabase(spec.registry, database.writerEndpoint),
        }),
    },
    { dependsOn: nodePools },
  );
}
