/** Pure: where clients of a Memorystore instance begin. */

interface Endpoint {
  readonly connections?: readonly {
    readonly pscAutoConnection?: { readonly connectionType?: string; readonly ipAddress?: string };
  }[];
}

/** A cluster has one address to find the others by; an instance of one shard one for writes, and one that its replicas share. */
export type EndpointKind = "DISCOVERY" | "PRIMARY" | "READER";

/** The address of a kind among those that Memorystore made in the network. Empty while there is none. */
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

/** The PEM texts of an instance's own authorities. Empty while it has none. */
export function certificatesOf(authorities: readonly Authority[] | undefined): string[] {
  const chains = (authorities ?? []).flatMap(({ caCerts }) => caCerts ?? []);
  return chains.flatMap(({ certificates }) => certificates ?? []);
}
