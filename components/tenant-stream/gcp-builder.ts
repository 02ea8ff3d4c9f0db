import type { TenantBuild } from "../section/tenant-build.ts";
import { GcpStream } from "../stream/gcp.ts";
import { stream } from "../stream/section.ts";
import { keys } from "../tenant-keys/section.ts";
import { GcpTenantStream, type GcpTenantStreamArgs } from "./gcp.ts";
import type { GcpTenantStreamSpec } from "./schema.ts";

export function build(
  spec: GcpTenantStreamSpec,
  { name, common, opts, ofCell, ground, needed }: TenantBuild<"gcp">,
): GcpTenantStream {
  const brokers: GcpTenantStreamArgs["stream"] =
    spec.brokers === undefined
      ? {
          clusterId: ofCell(stream, "id of its Kafka cluster", ({ cluster }) =>
            cluster?.cloud === "gcp" ? cluster.id : undefined,
          ),
          bootstrapServers: ofCell(stream, "bootstrap servers", (found) => found.bootstrapServers),
        }
      : new GcpStream(
          `${name}-brokers`,
          {
            ...common,
            spec: spec.brokers,
            network: { subnetworkId: ground("subnetworkId") },
            keys: { data: needed(keys).of("streams") },
          },
          opts(),
        );
  return new GcpTenantStream(name, { ...common, spec, stream: brokers }, opts());
}
