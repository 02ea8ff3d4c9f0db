/** The endpoints of a Memorystore instance. Pure. */

interface Endpoint {
  readonly connections?: readonly {
    readonly pscAutoConnection?: { readonly connectionType?: string; readonly ipAddress?: string };
  }[];
}

/** A cluster has one discovery address; an instance with one shard has one for writes and one for its replicas. */
export type EndpointKind = "DISCOVERY" | "PRIMARY" | "READER";

/** The address of this kind that Memorystore created in the network. Empty while there is none. */
export function addressOf(kind: EndpointKind, endpoints: readonly Endpoint[] | undefined): string {
  const connections = (endpoints ?? []).flatMap((endpoint) => endpoint.connections ?? []);
  const found = connections.find(
    ({ pscAutoConnection }) => pscAutoConnection?.connectionType === `CONNECTION_TYPE_${kind}`,
  );
  return found?.pscAutoConnection?.ipAddress ?? "";
}

interface Authority {
  readonly caCerts?: readonly { readonly certificates?: readonly string[] }[];
}

/** The certificates of an instance's own authorities, as PEM. Empty while it has none. */
export function certificatesOf(authorities: readonly Authority[] | undefined): string[] {
  const chains = (authorities ?? []).flatMap(({ caCerts }) => caCerts ?? []);
  return chains.flatMap(({ certificates }) => certificates ?? []);
}
