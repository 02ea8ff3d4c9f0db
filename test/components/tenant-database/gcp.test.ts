// What is registered with the engine on Google Cloud. Does not prove that Cloud SQL lets its administrators run every statement.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GcpTenantDatabases } from "../../../components/tenant-database/gcp.ts";
import { deployerEmail, GcpSqlDeployer } from "../../../components/tenant-database/gcp-deployer.ts";
import { GcpTenantInstance } from "../../../components/tenant-database/gcp-own.ts";
import { tenantDatabase } from "../../../components/tenant-database/section.ts";
import { refusals } from "../../support/accepted.ts";
import { gcpData } from "../../support/data-args.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { gcpSpec } from "../database/fixture.ts";
import { given, tenantOn } from "./fixture.ts";

const ownership = { ...gcpData.ownership, tenant: "acme-eu" };
const script = "gcp:sql/provisionScript:ProvisionScript";
const user = "gcp:sql/user:User";

describe("the databases of a tenant on Google Cloud", async () => {
  const spec = tenantDatabase.clouds.gcp.spec.parse(
    tenantDatabase.clouds.gcp.plan(given(), tenantOn("gcp")),
  );
  let users: unknown;
  let roles: unknown;
  const all = await inventory(() => {
    const made = new GcpTenantDatabases("gcp-euw1-database", {
      ownership,
      spec,
      instance: { name: "prod-db", connectionName: "p:r:prod-db", host: "db.example" },
    });
    roles = ["web/storefront", "web/other"].map((service) =>
      made.roles(service).map(({ role, on }) => [role, on.kind]),
    );
    users = Object.fromEntries(
      Object.entries(made.users).map(([service, { databaseRoles }]) => [service, databaseRoles]),
    );
  });
  const scriptOf = (name: string) => String(only(all, script, name).inputs.script);

  test("are a database each, and two scripts that the API runs", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-database:GcpTenantDatabases": 1,
      "gcp:sql/database:Database": 1,
      [script]: 2,
    });
    const database = only(all, "gcp:sql/database:Database");
    assert.equal(database.inputs.name, "tenant_acme_eu_app");
    assert.equal(database.inputs.deletionPolicy, "DELETE");
    assert.deepEqual([database.protect, database.retainOnDelete], [true, true]);
    assert.deepEqual(refusals(all), []);
  });

  test("groups are made first, by the role of administrators, which may create roles", () => {
    const groups = only(all, script, "gcp-euw1-database-app-groups");
    assert.equal(groups.inputs.database, "postgres");
    const lines = scriptOf("gcp-euw1-database-app-groups").split(";\n");
    assert.equal(lines[0], "SET ROLE cloudsqlsuperuser");
    assert.ok(
      lines.includes('ALTER ROLE "tenant_acme_eu_app_owner" NOLOGIN NOCREATEDB NOCREATEROLE'),
    );
    assert.equal(groups.inputs.user, undefined, "it signs in with IAM, not with a password");
  });

  test("rights are set in the database: nobody else connects, and tables of owners are shared", () => {
    const rights = only(all, script, "gcp-euw1-database-app-rights");
    assert.equal(rights.inputs.database, "tenant_acme_eu_app");
    const lines = scriptOf("gcp-euw1-database-app-rights").split(";\n");
    assert.equal(lines[0], "SET ROLE cloudsqlsuperuser");
    for (const statement of [
      'REVOKE ALL ON DATABASE "tenant_acme_eu_app" FROM PUBLIC',
      'GRANT CONNECT ON DATABASE "tenant_acme_eu_app" TO "tenant_acme_eu_app"',
      'ALTER DATABASE "tenant_acme_eu_app" CONNECTION LIMIT 20',
      'CREATE EXTENSION IF NOT EXISTS "pgcrypto"',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "tenant_acme_eu_app_owner" GRANT SELECT ON TABLES TO "tenant_acme_eu_app_reader"',
    ]) {
      assert.ok(lines.includes(statement), statement);
    }
  });

  test("its services are members of the groups, for their identities to create", () => {
    assert.deepEqual(users, {
      "web/storefront": ["tenant_acme_eu_app", "tenant_acme_eu_app_writer"],
      "jobs/migrations": ["tenant_acme_eu_app", "tenant_acme_eu_app_owner"],
    });
    assert.deepEqual(roles, [
      [
        ["roles/cloudsql.client", "project"],
        ["roles/cloudsql.instanceUser", "project"],
      ],
      [],
    ]);
  });
});

describe("the identity that runs the stacks", () => {
  const project = "acme-prod";
  const made = (email: string) =>
    inventory(
      () => new GcpSqlDeployer("tenancy-database", { ownership, project, instance: "db", email }),
    );

  test("is a user that signs in with IAM, and may create roles", async () => {
    const { inputs } = only(await made("deploy@acme-prod.iam.gserviceaccount.com"), user);
    assert.deepEqual(
      [inputs.name, inputs.type, inputs.databaseRoles, inputs.password],
      ["deploy@acme-prod.iam", "CLOUD_IAM_SERVICE_ACCOUNT", ["cloudsqlsuperuser"], undefined],
    );
    const person = only(await made("ada@acme.example"), user);
    assert.deepEqual(
      [person.inputs.name, person.inputs.type],
      ["ada@acme.example", "CLOUD_IAM_USER"],
    );
  });

  test("is the impersonated service account where there is one", () => {
    const impersonate = "deploy@acme-prod.iam.gserviceaccount.com";
    const projects = { [project]: { impersonate, delegates: [] } };
    assert.equal(deployerEmail({ accounts: {}, projects }, project, {}), impersonate);
  });
});

describe("a tenant's own instance on Google Cloud", async () => {
  const all = await inventory(
    () =>
      new GcpTenantInstance("gcp-euw1-database-cluster", {
        ...gcpData,
        ownership,
        spec: { ...gcpSpec, tenants: true },
        deployer: "deploy@acme-prod.iam.gserviceaccount.com",
      }),
  );

  test("lets the API run SQL, for the identity that runs the stacks", () => {
    const instance = only(all, "gcp:sql/databaseInstance:DatabaseInstance");
    assert.match(String(instance.inputs.name), /^prod-gcp-euw1-acme-eu-/);
    const { dataApiAccess } = instance.inputs.settings as { dataApiAccess?: string };
    assert.equal(dataApiAccess, "ALLOW_DATA_API");
    assert.equal(counts(all)[user], 1);
    assert.deepEqual(refusals(all), []);
  });
});
