import { cluster } from "../cluster/section.ts";
import { database } from "../database/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { stream } from "../stream/section.ts";
import { OnpremEventSourcing } from "./onprem.ts";
import type { OnpremEventSourcingSpec } from "./onprem-schema.ts";
import { registryDatabase } from "./registry-database.ts";

/** The schema registry, and the connector for the database's outbox. */
export function build(
  spec: OnpremEventSourcingSpec,
  cell: SectionBuild<"onprem">,
): OnpremEventSourcing | undefined {
  const [kafka, host] = [cell.built(stream), cell.built(database)?.writerEndpoint];
  if (kafka === undefined) return undefined;
  return new OnpremEventSourcing(
    cell.name,
    {
      ...cell.common,
      spec,
      stream: kafka,
      cluster: cell.needed(cluster),
      ...(host && { databaseHost: host }),
      ...(host &&
        spec.registry && {
          registryDatabase: registryDatabase(spec.registry, host, cell.secret),
        }),
    },
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}
