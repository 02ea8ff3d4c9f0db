// What the database of a cell has for tenants. Does not prove that PostgreSQL applies its rules in this order: that is its manual.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { GcpDatabase } from "../../../components/database/gcp.ts";
import { OnpremDatabase } from "../../../components/database/onprem.ts";
import { database } from "../../../components/database/section.ts";
import { servesTenants } from "../../../components/database/tenants.ts";
import { onpremOwnership } from "../../support/data-args.ts";
import { inventory, only } from "../../support/inventory.ts";
import { cells } from "../tenant-database/fixture.ts";
import { gcpArgs, gcpSpec, onpremSpec } from "./fixture.ts";

describe("a cell's database", () => {
  const context = { lifetime: "permanent", frameworks: [], neighbours: [], unread: [] } as const;
  const tiers = { basic: { isolation: {} }, business: { database: { connections: 20 } } };

  test("serves tenants as soon as a tier has databases", () => {
    assert.equal(servesTenants({}), false);
    assert.equal(servesTenants({ tiers: { basic: { database: undefined } } }), false);
    assert.equal(servesTenants({ tiers }), true);
    const { aws, gcp, onprem } = database.clouds;
    assert.equal(aws.facts(cells.aws, context).tenants, false);
    assert.equal(aws.facts(cells.aws, { ...context, tiers }).tenants, true);
    assert.equal(gcp.facts(cells.gcp, { ...context, tiers }).tenants, true);
    assert.equal(onprem.facts(cells.onprem, { ...context, tiers }).tenants, true);
  });

  const rules = async (tenants: boolean) => {
    const all = await inventory(
      () =>
        new OnpremDatabase("database", {
          ownership: onpremOwnership,
          spec: { ...onpremSpec, tenants },
          cluster: { provider: new kubernetes.Provider("cluster", { kubeconfig: "{}" }) },
        }),
    );
    const { spec } = only(all, "kubernetes:postgresql.cnpg.io/v1:Cluster").inputs as {
      spec: { postgresql: { pg_hba: string[] } };
    };
    return spec.postgresql.pg_hba;
  };

  test("on-premises lets users of tenants connect with a certificate, and to the database of their group only", async () => {
    assert.deepEqual(await rules(false), ["hostnossl all all all reject"]);
    assert.deepEqual(await rules(true), [
      "hostnossl all all all reject",
      "hostssl samerole +atoll_tenants all cert",
      "hostssl all +atoll_tenants all reject",
    ]);
  });

  test("on Google Cloud lets the API run SQL for tenants only", async () => {
    const accessOf = async (tenants: boolean) => {
      const all = await inventory(
        () => new GcpDatabase("database", { ...gcpArgs, spec: { ...gcpSpec, tenants } }),
      );
      const { settings } = only(all, "gcp:sql/databaseInstance:DatabaseInstance").inputs;
      return (settings as { dataApiAccess?: string }).dataApiAccess;
    };
    assert.equal(await accessOf(false), undefined);
    assert.equal(await accessOf(true), "ALLOW_DATA_API");
  });
});
