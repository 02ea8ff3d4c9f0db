/** What runs beside the cluster of a cell on Google Cloud: streams, databases, buckets, and who may use them. */
import type * as gcp from "@pulumi/gcp";
import { GcpCache } from "../../components/cache/gcp.ts";
import type { GcpCluster } from "../../components/cluster/gcp.ts";
import { GcpDatabase } from "../../components/database/gcp.ts";
import { GcpEventSourcing } from "../../components/event-sourcing/gcp.ts";
import { GcpIdentity } from "../../components/identity/gcp.ts";
import type { GcpReferences } from "../../components/identity/gcp-roles.ts";
import type { GcpNetwork } from "../../components/network/gcp.ts";
import type { GcpNodePools } from "../../components/node-pool/gcp.ts";
import { GcpObjectStore } from "../../components/object-store/gcp.ts";
import { GcpSecrets } from "../../components/secrets/gcp.ts";
import { GcpStream } from "../../components/stream/gcp.ts";
import { main } from "../../footprint/specs/declared-resources.ts";
import type { Built, GcpCellInputs } from "./inputs.ts";
import { registryDatabase } from "./registry-database.ts";

interface Ground {
  readonly gcp: gcp.Provider;
  readonly network: GcpNetwork;
  readonly cluster: GcpCluster;
  readonly nodePools: GcpNodePools;
}

interface Made {
  readonly stream: GcpStream | undefined;
  readonly database: GcpDatabase | undefined;
  readonly cache: GcpCache | undefined;
  readonly objectStore: GcpObjectStore | undefined;
  readonly secrets: GcpSecrets | undefined;
}

export function gcpServices(
  inputs: GcpCellInputs,
  ground: Ground,
): Pick<Built, "services" | "references"> & Pick<Made, "database"> {
  const { specs, common, keys } = inputs;
  const { gcp, network, cluster, nodePools } = ground;
  const opts = { providers: { gcp } };
  const stream =
    specs.stream &&
    new GcpStream(
      "stream",
      { ...common, spec: specs.stream, network, keys: { data: keys.streams } },
      opts,
    );
  const database =
    specs.database &&
    new GcpDatabase(
      "database",
      { ...common, spec: specs.database, network, keys: { data: keys.databases } },
      opts,
    );
  const cache =
    specs.cache &&
    new GcpCache(
      "cache",
      { ...common, spec: specs.cache, network, keys: { data: keys.caches } },
      opts,
    );
  const objectStore =
    specs.objectStore &&
    new GcpObjectStore(
      "object-store",
      { ...common, spec: specs.objectStore, keyName: keys.objects },
      opts,
    );
  const secrets =
    specs.secrets &&
    new GcpSecrets(
      "secrets",
      { ...common, spec: specs.secrets, keyName: keys.secrets, cluster },
      // External Secrets needs nodes to run on.
      { ...opts, dependsOn: nodePools },
    );
  const made = { stream, database, cache, objectStore, secrets };
  const eventSourcing = gcpEvents(inputs, ground, made);
  const references = gcpReferences(made);
  const identity =
    specs.identity &&
    new GcpIdentity(
      "identity",
      { ...common, spec: specs.identity, references },
      // The pool of a project's workloads comes to be with its first cluster.
      { ...opts, dependsOn: cluster },
    );
  return { services: { ...made, eventSourcing, identity }, references, database };
}

/** The registry of schemas, which runs on the cluster, and the connector that reads the database's outbox. */
function gcpEvents(
  { specs, common }: GcpCellInputs,
  { gcp, network, cluster, nodePools }: Ground,
  { stream, database }: Pick<Made, "stream" | "database">,
): GcpEventSourcing | undefined {
  const spec = specs.eventSourcing;
  if (spec === undefined || stream === undefined) return undefined;
  return new GcpEventSourcing(
    "event-sourcing",
    {
      ...common,
      spec,
      stream,
      network,
      cluster,
      ...(database && {
        database: { host: database.endpoint, connectionName: database.connectionName },
      }),
      ...(database &&
        spec.registry && {
          registryDatabase: registryDatabase(spec.registry, database.endpoint),
        }),
    },
    { providers: { gcp }, dependsOn: nodePools },
  );
}

/** What IAM knows the cell's resources by. */
function gcpReferences({ database, cache, objectStore, secrets }: Made): GcpReferences {
  const mapped = <From, To>(
    of: Readonly<Record<string, From>> | undefined,
    to: (from: From) => To,
  ) => Object.fromEntries(Object.entries(of ?? {}).map(([name, from]) => [name, to(from)]));
  return {
    bucket: mapped(objectStore?.buckets, ({ bucketName }) => ({ name: bucketName })),
    secret: mapped(secrets?.secretNames, (secretId) => ({ secretId })),
    database: database ? { [main]: { instance: database.instanceName } } : {},
    cache: cache ? { [main]: { instance: cache.instanceName } } : {},
  };
}
