import { cluster } from "../cluster/section.ts";
import { database } from "../database/section.ts";
import { network } from "../network/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { stream } from "../stream/section.ts";
import { GcpEventSourcing } from "./gcp.ts";
import type { GcpEventSourcingSpec } from "./gcp-schema.ts";
import { registryDatabase } from "./registry-database.ts";

/** The schema registry, which runs on the cluster, and the connector for the database's outbox. */
export function build(
  spec: GcpEventSourcingSpec,
  cell: SectionBuild<"gcp">,
): GcpEventSourcing | undefined {
  const [kafka, postgres] = [cell.built(stream), cell.built(database)];
  if (kafka === undefined) return undefined;
  return new GcpEventSourcing(
    cell.name,
    {
      ...cell.common,
      spec,
      stream: kafka,
      network: cell.needed(network),
      cluster: cell.needed(cluster),
      ...(postgres && {
        database: { host: postgres.endpoint, connectionName: postgres.connectionName },
      }),
      ...(postgres &&
        spec.registry && {
          registryDatabase: registryDatabase(spec.registry, postgres.endpoint, cell.secret),
        }),
    },
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}
