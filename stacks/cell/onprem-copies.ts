/** Replicas of databases of other on-premises cells, fed from their archives. */
import type * as pulumi from "@pulumi/pulumi";
import type { OnpremCluster } from "../../components/cluster/onprem.ts";
import type { OnpremDatabase } from "../../components/database/onprem.ts";
import { OnpremDatabaseCopy } from "../../components/replication/onprem-database.ts";
import { linksBetween } from "../../footprint/across/replication.ts";
import type { OnpremCellInputs } from "./inputs.ts";

interface Context {
  readonly cluster: OnpremCluster;
  readonly database: OnpremDatabase | undefined;
}

export function onpremCopies(
  { cell, cells, common }: OnpremCellInputs,
  { cluster, database }: Context,
): Record<string, pulumi.Output<string>> {
  const followed = linksBetween(cells).filter(
    ({ to, mechanism }) => to.name === cell.name && mechanism.madeBy === "target",
  );
  return Object.fromEntries(
    followed.flatMap(({ from }) => {
      const source = cells.find(({ name }) => name === from.name)?.specs;
      if (source?.cloud !== "onprem" || !source.database || !database) return [];
      const copy = new OnpremDatabaseCopy(
        `database-of-${from.name}`,
        {
          ...common,
          place: common.ownership,
          source: {
            place: { environment: cell.environment, cell: from.name },
            spec: source.database,
          },
          database,
          cluster,
        },
        { dependsOn: database },
      );
      return [[`database of ${from.name}`, copy.endpoint]];
    }),
  );
}
