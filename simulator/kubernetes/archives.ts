/** The archives of CloudNativePG clusters. Their backups outlive a cluster, and a new one refuses a folder that is not empty. */
import { CloudError } from "../errors.ts";
import type { Resource, Store } from "../store.ts";
import { type Bag, isBag } from "../wire.ts";

const CLUSTER = "kubernetes:postgresql.cnpg.io/v1:Cluster";
const OBJECT_STORE = "kubernetes:barmancloud.cnpg.io/v1:ObjectStore";
const PLUGIN = "barman-cloud.cloudnative-pg.io";

/** @throws CloudError when an earlier cluster has written to the folder. */
export function refuseUsedArchive(place: string, type: string, inputs: Bag, store: Store): void {
  const folder = folderOf(place, type, inputs, store);
  const why = folder === undefined ? undefined : store.keptName(folder);
  if (why === undefined) return;
  throw new CloudError(
    "ClusterIsNotReady",
    `WAL archive check failed: Expected empty archive (${why})`,
  );
}

/** Keeps the folder of a deleted cluster. */
export function keepArchive({ place, type, inputs, urn }: Resource, store: Store): void {
  const folder = folderOf(place, type, inputs, store);
  if (folder !== undefined) store.keepName(folder, `backups of ${urn}, which was deleted`);
}

/** Endpoint, path and server name; undefined if the object has no archive. */
function folderOf(place: string, type: string, inputs: Bag, store: Store): string | undefined {
  if (type !== CLUSTER) return undefined;
  const { metadata, spec } = inputs;
  if (!isBag(metadata) || !isBag(spec) || !Array.isArray(spec.plugins)) return undefined;
  const plugin = spec.plugins.find(
    (each) => isBag(each) && each.name === PLUGIN && each.isWALArchiver === true,
  );
  const parameters = isBag(plugin) && isBag(plugin.parameters) ? plugin.parameters : undefined;
  if (parameters === undefined) return undefined;
  const { barmanObjectName, serverName = metadata.name } = parameters;
  const object = store.find(place, OBJECT_STORE, `${metadata.namespace}/${barmanObjectName}`);
  const configuration = isBag(object?.inputs.spec) ? object.inputs.spec.configuration : undefined;
  if (!isBag(configuration)) return undefined;
  return ["archive", configuration.endpointURL, configuration.destinationPath, serverName].join(
    "|",
  );
}
