/** Copies of a cell's services on Google Cloud in another region. */
import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { GcpDatabase } from "../../components/database/gcp.ts";
import { targetId } from "../../components/provider/target.ts";
import { GcpDatabaseCopy } from "../../components/replication/gcp-database.ts";
import { keyOf } from "../environment/keys.ts";
import { networkContextOf } from "../outputs/copy-target.ts";
import type { GcpCellInputs } from "./inputs.ts";

interface Context {
  readonly gcp: gcp.Provider;
  readonly database: GcpDatabase | undefined;
}

export async function gcpCopies(
  { cells, specs, common, environment }: GcpCellInputs,
  { gcp, database }: Context,
): Promise<Record<string, pulumi.Output<string>>> {
  const target = cells.find(({ name }) => name === specs.database?.replicateTo?.cell);
  if (!database || target?.cloud !== "gcp") return {};
  const context = await networkContextOf(target.stack);
  const copy = new GcpDatabaseCopy(
    "database-copy",
    {
      ...common,
      spec: database.spec,
      primary: database.instanceName,
      there: {
        region: target.region,
        networkId: context.value("networkId"),
        subnetworkId: context.value("subnetworkId"),
        keyName: keyOf(environment, targetId(target), "databases"),
      },
    },
    { providers: { gcp } },
  );
  return { [`database in ${target.name}`]: copy.endpoint };
}
