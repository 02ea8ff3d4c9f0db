// What is registered with the engine on-premises. Does not prove that CloudNativePG applies it, or how long its job takes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import type { Isolation } from "../../../components/tenancy/isolation.ts";
import { OnpremTenantDatabases } from "../../../components/tenant-database/onprem.ts";
import { OnpremTenantsGroup } from "../../../components/tenant-database/onprem-group.ts";
import { tenantDatabase } from "../../../components/tenant-database/section.ts";
import { refusals } from "../../support/accepted.ts";
import { onpremOwnership } from "../../support/data-args.ts";
import { counts, inventory, only, type Registered } from "../../support/inventory.ts";
import { given, tenantOn } from "./fixture.ts";

const ownership = { ...onpremOwnership, tenant: "acme-eu" };
const roleType = "kubernetes:postgresql.cnpg.io/v1:DatabaseRole";
const databaseType = "kubernetes:postgresql.cnpg.io/v1:Database";
const policyType = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const jobType = "kubernetes:batch/v1:Job";

const build = (more: { retain?: boolean; suspended?: boolean; isolation?: Isolation } = {}) => {
  const { retain = true, suspended = false, isolation = "pool" } = more;
  const { onprem } = tenantDatabase.clouds;
  const spec = onprem.spec.parse(onprem.plan(given(isolation), tenantOn("onprem", { suspended })));
  return inventory(
    () =>
      new OnpremTenantDatabases("onprem-sel-database", {
        ownership,
        retain,
        spec,
        cluster: { provider: new kubernetes.Provider("cluster", { kubeconfig: "{}" }) },
        postgres: { cluster: "prod-database", host: "prod-database-rw.postgres.svc" },
      }),
  );
};

const specOf = ({ inputs }: Registered) => inputs.spec as Record<string, unknown>;
const nameOf = ({ inputs }: Registered) => (inputs.metadata as { name: string }).name;

describe("the databases of a tenant on-premises", async () => {
  const all = await build();
  const roles: Record<string, Record<string, unknown>> = Object.fromEntries(
    all.filter(({ type }) => type === roleType).map((role) => [specOf(role).name, specOf(role)]),
  );

  test("are roles, a database, a job that sets rights, and who may read certificates", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-database:OnpremTenantDatabases": 1,
      [policyType]: 1,
      [roleType]: 6,
      [databaseType]: 1,
      [jobType]: 1,
      "kubernetes:rbac.authorization.k8s.io/v1:Role": 2,
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": 2,
      "pulumi:providers:kubernetes": 1,
    });
    assert.deepEqual(refusals(all.filter(({ type }) => type.startsWith("kubernetes:"))), []);
  });

  test("no role has a password, and users have certificates and limits", () => {
    assert.equal(Object.values(roles).length, 6);
    assert.deepEqual(
      Object.values(roles).filter((role) => role.disablePassword !== true),
      [],
    );
    assert.deepEqual(roles.tenant_acme_eu_app_shop, {
      cluster: { name: "prod-database" },
      disablePassword: true,
      databaseRoleReclaimPolicy: "retain",
      name: "tenant_acme_eu_app_shop",
      comment: "write tenant_acme_eu_app",
      login: true,
      clientCertificate: { enabled: true },
      connectionLimit: 20,
      inherit: true,
      inRoles: ["atoll_tenants", "tenant_acme_eu_app", "tenant_acme_eu_app_writer"],
    });
  });

  test("whoever may act as the owner does not inherit its rights", () => {
    const { inherit, inRoles } = roles.tenant_acme_eu_app_migrations ?? {};
    assert.equal(inherit, false);
    assert.deepEqual(inRoles, ["atoll_tenants", "tenant_acme_eu_app", "tenant_acme_eu_app_owner"]);
  });

  test("the database has its owner, extensions and limit", () => {
    const database = only(all, databaseType);
    assert.deepEqual(specOf(database), {
      cluster: { name: "prod-database" },
      name: "tenant_acme_eu_app",
      owner: "tenant_acme_eu_app_owner",
      connectionLimit: 22,
      extensions: [{ name: "pgcrypto", ensure: "present" }],
      databaseReclaimPolicy: "retain",
    });
    assert.equal(database.protect, true);
    assert.ok(database.dependsOn.some((urn) => urn.endsWith("app-owner-role")));
  });

  test("and is dropped with its roles when the tenant is not retained", async () => {
    const gone = await build({ retain: false });
    assert.equal(specOf(only(gone, databaseType)).databaseReclaimPolicy, "delete");
    assert.deepEqual(
      [
        ...new Set(
          gone
            .filter(({ type }) => type === roleType)
            .map((each) => specOf(each).databaseRoleReclaimPolicy),
        ),
      ],
      ["delete"],
    );
  });

  test("the job signs in with the owner's certificate, and takes connections from everybody else", () => {
    const job = only(all, jobType);
    assert.match(nameOf(job), /^tenant-acme-eu-app-rights-[0-9a-f]{8}$/);
    const { spec: pod } = specOf(job).template as {
      spec: {
        containers: { command: string[]; env: { name: string; value: string }[] }[];
        volumes: { secret: { secretName: string; items: { key: string }[] } }[];
      };
    };
    const [container] = pod.containers;
    const statement = container?.command.at(-1) ?? "";
    assert.match(statement, /^REVOKE ALL ON DATABASE "tenant_acme_eu_app" FROM PUBLIC;\n/);
    assert.doesNotMatch(statement, /CREATE EXTENSION|CREATE ROLE/);
    const env = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));
    assert.deepEqual(
      [env.PGHOST, env.PGUSER, env.PGSSLMODE],
      ["prod-database-rw", "tenant_acme_eu_app_owner", "verify-full"],
    );
    assert.deepEqual(
      pod.volumes.map(({ secret }) => [secret.secretName, secret.items.map(({ key }) => key)]),
      [
        ["tenant-acme-eu-app-owner-client-cert", ["tls.crt", "tls.key"]],
        ["prod-database-ca", ["ca.crt"]],
      ],
    );
  });

  test("only the tenant's namespaces connect, beside the cell's own policies", async () => {
    const policy = only(all, policyType);
    assert.deepEqual(policy.inputs.metadata, {
      ...(policy.inputs.metadata as object),
      name: "tenant-acme-eu",
      namespace: "postgres",
    });
    assert.deepEqual(specOf(policy), {
      podSelector: {
        matchLabels: { "cnpg.io/cluster": "prod-database", "cnpg.io/podRole": "instance" },
      },
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [
            {
              namespaceSelector: {
                matchExpressions: [
                  {
                    key: "kubernetes.io/metadata.name",
                    operator: "In",
                    values: ["tenant-acme-eu-web", "tenant-acme-eu-jobs"],
                  },
                ],
              },
            },
          ],
          ports: [{ protocol: "TCP", port: 5432 }],
        },
      ],
    });
    const suspended = await build({ suspended: true });
    assert.equal(counts(suspended)[policyType], undefined);
  });

  test("a service's account reads the certificate of its own user only", () => {
    const role = all.find(({ name }) => name === "onprem-sel-database-app-shop-certificate");
    assert.deepEqual(role?.inputs.rules, [
      {
        apiGroups: [""],
        resources: ["secrets"],
        resourceNames: ["tenant-acme-eu-app-shop-client-cert"],
        verbs: ["get"],
      },
    ]);
    const binding = all.find(({ name }) => name.endsWith("app-shop-certificate-binding"));
    assert.deepEqual(binding?.inputs.subjects, [
      { kind: "ServiceAccount", name: "storefront", namespace: "tenant-acme-eu-web" },
    ]);
  });
});

test("a cell on-premises has the group that its rules for connections are for", async () => {
  const all = await inventory(
    () =>
      new OnpremTenantsGroup("tenancy-database", {
        ownership: onpremOwnership,
        cluster: { provider: new kubernetes.Provider("cluster", { kubeconfig: "{}" }) },
        namespace: "postgres",
        database: "prod-database",
      }),
  );
  const group = only(all, roleType);
  assert.equal(nameOf(group), "atoll-tenants");
  assert.deepEqual([specOf(group).name, specOf(group).login], ["atoll_tenants", false]);
});
