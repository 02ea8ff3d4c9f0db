/** What a cell on Google Cloud copies to one in another region. */
import type * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import type { GcpDatabase } from "../../components/database/gcp.ts";
import { GcpDatabaseCopy } from "../../components/replication/gcp-database.ts";
import { targetId, targetOf } from "../../footprint/specs/cell-target.ts";
import { keyOf } from "../environment/keys.ts";
import { groundOf } from "../outputs/copy-target.ts";
import type { GcpCellInputs } from "./inputs.ts";

interface Ground {
  readonly gcp: gcp.Provider;
  readonly database: GcpDatabase | undefined;
}

export async function gcpCopies(
  { cells, specs, common, environment }: GcpCellInputs,
  { gcp, database }: Ground,
): Promise<Record<string, pulumi.Output<string>>> {
  const target = cells.find(({ name }) => name === specs.database?.replicateTo?.cell);
  if (!database || target?.cloud !== "gcp") return {};
  const ground = await groundOf(target.stack);
  const copy = new GcpDatabaseCopy(
    "database-copy",
    {
      ...common,
      spec: database.spec,
      primary: database.instanceName,
      there: {
        region: target.region,
        networkId: ground.text("networkId"),
        subnetworkId: ground.text("subnetworkId"),
        keyName: keyOf(environment, targetId(targetOf(target)), "databases"),
      },
    },
    { providers: { gcp } },
  );
  return { [`database in ${target.name}`]: copy.endpoint };
}
