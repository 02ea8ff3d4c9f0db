/** Pure: where clients of a Memorystore instance begin. */

interface Discovery {
  readonly address?: string;
}

interface Endpoint {
  readonly connections?: readonly {
    readonly pscAutoConnection?: { readonly connectionType?: string; readonly ipAddress?: string };
  }[];
}

/** Discovery of a cluster; the primary of an instance without shards, which has no discovery. Empty while there is neither. */
export function primaryAddress(
  discovery: readonly Discovery[] | undefined,
  endpoints: readonly Endpoint[] | undefined,
): string {
  const connections = (endpoints ?? []).flatMap((endpoint) => endpoint.connections ?? []);
  const primary = connections.find(
    ({ pscAutoConnection }) => pscAutoConnection?.connectionType === "CONNECTION_TYPE_PRIMARY",
  );
  return discovery?.[0]?.address ?? primary?.pscAutoConnection?.ipAddress ?? "";
}
