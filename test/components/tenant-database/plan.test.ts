// What tiers and tenants say, and what is planned from it. Does not prove that PostgreSQL accepts the names; see function.test.ts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { databaseGrants } from "../../../components/tenant-database/grants.ts";
import { tenantDatabase } from "../../../components/tenant-database/section.ts";
import { cells, given, tenantOn } from "./fixture.ts";

const { aws, gcp, onprem } = tenantDatabase.clouds;

const declaration = {
  mode: "database",
  name: "tenant_acme_eu_app",
  connections: 20,
  timeouts: { statement: 60_000, idleInTransaction: 60_000, idle: 0 },
  extensions: ["pgcrypto"],
  users: [
    { name: "tenant_acme_eu_app_shop", may: "write", connections: 20 },
    { name: "tenant_acme_eu_app_migrations", may: "own", connections: 2 },
  ],
};

const services = {
  app: {
    tenant_acme_eu_app_shop: "web/storefront",
    tenant_acme_eu_app_migrations: "jobs/migrations",
  },
};

describe("the databases of a tenant are planned", () => {
  test("in the pool on AWS: a database each, with the limits of the tier", () => {
    assert.deepEqual(aws.plan(given(), tenantOn("aws")), {
      tenant: "acme-eu",
      isolation: "pool",
      storage: "10 GiB",
      databases: { app: declaration },
      services,
      cloud: "aws",
      account: "111122223333",
      region: "us-east-1",
    });
  });

  test("in the pool on AWS as schemas, if the tier says so", () => {
    const { databases } = aws.plan(
      given("pool", { mode: "schema" }, { databases: { app: {} } }),
      tenantOn("aws"),
    );
    assert.deepEqual(databases, {
      app: { ...declaration, mode: "schema", extensions: [], users: [] },
    });
  });

  test("as a bridge: never as a schema", () => {
    const { databases, isolation } = aws.plan(given("bridge", { mode: "schema" }), tenantOn("aws"));
    assert.equal(isolation, "bridge");
    assert.equal(databases.app?.mode, "database");
  });

  test("as a silo on AWS: a cluster with the size of the tier and the other settings of the cell's", () => {
    const planned = aws.plan(
      given("silo", { cluster: { size: "medium", backupDays: 21 } }),
      tenantOn("aws"),
    );
    assert.deepEqual(planned.cluster, {
      cloud: "aws",
      account: "111122223333",
      region: "us-east-1",
      zones: ["us-east-1a", "us-east-1b"],
      version: "18",
      insights: "advanced",
      size: "medium",
      backups: { retentionDays: 21 },
      tenants: true,
    });
  });

  test("as a silo on Google Cloud: an instance of the first generation", () => {
    assert.deepEqual(gcp.plan(given("silo"), tenantOn("gcp")).cluster, {
      cloud: "gcp",
      project: "acme-prod",
      region: "europe-west1",
      version: "17",
      size: "small",
      backups: { retentionDays: 35 },
      tenants: true,
      generation: 1,
    });
    const again = given("silo", {}, { databases: { app: {} }, generation: 2 });
    assert.equal(gcp.plan(again, tenantOn("gcp")).cluster?.generation, 2);
  });

  test("on-premises in the namespace of the cell's database, for the namespaces of the tenant", () => {
    const planned = onprem.plan(given("bridge"), tenantOn("onprem"));
    assert.equal(planned.namespace, "postgres");
    assert.equal(planned.image, "ghcr.io/cloudnative-pg/postgresql:18.4-standard-trixie");
    assert.deepEqual(planned.clients, ["tenant-acme-eu-web", "tenant-acme-eu-jobs"]);
    assert.equal(planned.cluster, undefined);
  });

  test("as a silo on-premises: a cluster in a namespace of the tenant, which the tenant's pods reach", () => {
    const planned = onprem.plan(given("silo"), tenantOn("onprem"));
    assert.equal(planned.namespace, "tenant-acme-eu-database");
    assert.deepEqual(planned.cluster, {
      cloud: "onprem",
      namespace: "tenant-acme-eu-database",
      version: "18",
      operator: "present",
      generation: 1,
      clientNamespaces: ["tenant-acme-eu-web", "tenant-acme-eu-jobs"],
      size: "small",
      backups: { retentionDays: 35 },
      tenants: true,
    });
  });
});

describe("pods reach", () => {
  test("the isolated subnets on AWS", () => {
    assert.deepEqual(aws.reaches(given(), cells.aws), {
      ports: [5432],
      cidrs: ["10.32.32.0/20", "10.32.96.0/20", "10.32.160.0/20"],
    });
  });

  test("the whole block on AWS, if the network existed before", () => {
    const cell = { ...cells.aws, sections: { network: { existing: { vpcId: "vpc-0a" } } } };
    assert.deepEqual(aws.reaches(given(), cell), { ports: [5432], cidrs: ["10.32.0.0/16"] });
  });

  test("the subnetwork of endpoints on Google Cloud, also on the port of connectors", () => {
    assert.deepEqual(gcp.reaches(given(), cells.gcp), {
      ports: [5432, 3307],
      cidrs: ["10.36.128.0/20"],
    });
  });

  test("the namespace of the database on-premises, or that of the tenant's own", () => {
    assert.deepEqual(onprem.reaches(given(), cells.onprem, "acme-eu"), {
      ports: [5432],
      namespaces: ["postgres"],
    });
    assert.deepEqual(onprem.reaches(given("silo"), cells.onprem, "acme-eu"), {
      ports: [5432],
      namespaces: ["tenant-acme-eu-database"],
    });
  });
});

describe("of its cell", () => {
  const spec = aws.spec.parse(aws.plan(given(), tenantOn("aws")));

  test("a tenant takes databases and connections", () => {
    assert.deepEqual(tenantDatabase.demand(spec), { databases: 1, databaseConnections: 20 });
  });

  test("a schema takes connections, and a silo nothing", () => {
    const { app } = spec.databases;
    assert.ok(app);
    const schema = { ...spec, databases: { app: { ...app, mode: "schema" as const } } };
    assert.deepEqual(tenantDatabase.demand(schema), { databases: 0, databaseConnections: 20 });
    assert.deepEqual(tenantDatabase.demand({ ...spec, isolation: "silo" }), {});
  });

  test("services need users on AWS, and groups on Google Cloud", () => {
    assert.deepEqual(databaseGrants(spec), [
      {
        service: "web/storefront",
        cluster: "cell",
        users: ["tenant_acme_eu_app_shop"],
        groups: ["tenant_acme_eu_app", "tenant_acme_eu_app_writer"],
      },
      {
        service: "jobs/migrations",
        cluster: "cell",
        users: ["tenant_acme_eu_app_migrations"],
        groups: ["tenant_acme_eu_app", "tenant_acme_eu_app_owner"],
      },
    ]);
  });
});
