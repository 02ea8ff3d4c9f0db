// What is registered with the engine on AWS. Does not prove that Aurora runs the statements; see function.test.ts.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "../../../components/core/iam.ts";
import { AwsTenantDatabases } from "../../../components/tenant-database/aws.ts";
import { AwsTenantCluster } from "../../../components/tenant-database/aws-own.ts";
import {
  AwsTenantFunctions,
  type AwsTenantFunctionsArgs,
} from "../../../components/tenant-database/aws-shared.ts";
import { tenantDatabase } from "../../../components/tenant-database/section.ts";
import { refusals } from "../../support/accepted.ts";
import { account, awsData, keyArn } from "../../support/data-args.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { awsSpec } from "../database/fixture.ts";
import { given, tenantOn } from "./fixture.ts";

const ownership = { ...awsData.ownership, tenant: "acme-eu" };
const invocation = "aws:lambda/invocation:Invocation";
const functionType = "aws:lambda/function:Function";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

const databaseSpecOf = (lifetime: "permanent" | "ephemeral") =>
  tenantDatabase.clouds.aws.spec.parse(
    tenantDatabase.clouds.aws.plan(given(), tenantOn("aws", { lifetime })),
  );

const databasesOf = (spec: ReturnType<typeof databaseSpecOf>, retain: boolean) =>
  new AwsTenantDatabases("aws-use1-database", {
    ownership,
    spec,
    retain,
    functionName: "prod-aws-use1-tenant-databases",
    server: { writer: "writer.example", endpoint: "proxy.example" },
    reference: { resourceId: "prx-0a", clusterResourceId: "cluster-0A" },
  });

const tenant = (lifetime: "permanent" | "ephemeral" = "permanent") =>
  inventory(() => databasesOf(databaseSpecOf(lifetime), lifetime === "permanent"));

const settled = (output: pulumi.Output<string>) =>
  new Promise<string>((resolve) => void output.apply(resolve));

describe("the databases of a tenant on AWS", async () => {
  const all = await tenant();
  const made = only(all, invocation);

  test("are an invocation each, on every change and removal", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-database:AwsTenantDatabases": 1,
      [invocation]: 1,
    });
    assert.equal(made.name, "aws-use1-database-app");
    assert.equal(made.inputs.functionName, "prod-aws-use1-tenant-databases");
    assert.equal(made.inputs.lifecycleScope, "CRUD");
    assert.equal(
      made.inputs.triggers,
      undefined,
      "other triggers would replace it: a DROP DATABASE",
    );
    assert.deepEqual(refusals(all), []);
  });

  test("are declared to the function, without a password", () => {
    assert.deepEqual(JSON.parse(String(made.inputs.input)), {
      server: { host: "writer.example", port: 5432 },
      retain: true,
      declaration: {
        mode: "database",
        name: "tenant_acme_eu_app",
        connections: 20,
        timeouts: { statement: 60_000, idleInTransaction: 60_000, idle: 0 },
        extensions: ["pgcrypto"],
        users: [
          { name: "tenant_acme_eu_app_shop", may: "write", connections: 20 },
          { name: "tenant_acme_eu_app_migrations", may: "own", connections: 2 },
        ],
      },
    });
    assert.deepEqual(made.secrets, []);
  });

  test("are protected while the tenant is retained, and removed with an ephemeral one", async () => {
    assert.deepEqual([made.protect, made.retainOnDelete], [true, true]);
    const ephemeral = only(await tenant("ephemeral"), invocation);
    assert.deepEqual([ephemeral.protect, ephemeral.retainOnDelete], [false, false]);
    assert.equal(JSON.parse(String(ephemeral.inputs.input)).retain, false);
  });

  test("let the role of a service sign in as its own users only, at the proxy and at the cluster", async () => {
    let documents: unknown;
    await inventory(async () => {
      const made = databasesOf(databaseSpecOf("permanent"), true);
      documents = await Promise.all(
        ["web/storefront", "web/other"].map((service) =>
          settled(policyDocument(made.statements(service))),
        ),
      );
    });
    const arn = (id: string) =>
      `arn:aws:rds-db:us-east-1:111122223333:dbuser:${id}/tenant_acme_eu_app_shop`;
    assert.deepEqual(
      (documents as string[]).map((text) => JSON.parse(text).Statement),
      [
        [
          {
            Sid: "Databases",
            Effect: "Allow",
            Action: "rds-db:connect",
            Resource: [arn("prx-0a"), arn("cluster-0A")],
          },
        ],
        [],
      ],
    );
  });

  test("say where and as whom services sign in", () => {
    const component = only(all, "atoll:tenant-database:AwsTenantDatabases");
    assert.deepEqual(component.outputs?.databases, {
      app: {
        host: "proxy.example",
        port: 5432,
        database: "tenant_acme_eu_app",
        storage: "10 GiB",
        users: {
          tenant_acme_eu_app_shop: {
            name: "tenant_acme_eu_app_shop",
            service: "web/storefront",
            may: "write",
            signIn: "aws-iam",
          },
          tenant_acme_eu_app_migrations: {
            name: "tenant_acme_eu_app_migrations",
            service: "jobs/migrations",
            may: "own",
            signIn: "aws-iam",
          },
        },
      },
    });
  });
});

const shared = (ownClusters: boolean) =>
  inventory(() => {
    const ready = new aws.rds.SubnetGroup("ready", { subnetIds: [] });
    const args: AwsTenantFunctionsArgs = {
      ownership: awsData.ownership,
      account,
      region: "us-east-1",
      network: { ...awsData.network, endpointSecurityGroupId: "sg-0e", cidr: "10.32.0.0/16" },
      database: {
        host: "prod.cluster-abc.us-east-1.rds.amazonaws.com",
        clusterResourceId: "cluster-ABC",
        securityGroupId: "sg-0d",
        masterSecretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-1a",
        ready,
      },
      keys: { logs: keyArn("logs"), databases: keyArn("data") },
      logRetentionDays: 365,
      ownClusters,
    };
    new AwsTenantFunctions("tenancy-database", args);
  });

const documentOf = (resource: { readonly inputs: Record<string, unknown> }) =>
  JSON.parse(String(resource.inputs.policy)) as {
    Statement: { Sid: string; Action: string; Resource: unknown; Condition?: unknown }[];
  };

describe("what a cell on AWS has for its tenants' databases", async () => {
  const all = await shared(false);
  const [policy] = [only(all, rolePolicy, "tenancy-database-tenants-role-policy")];

  test("two functions in the isolated subnets, each with a role, logs and a security group", () => {
    const functions = all.filter(({ type }) => type === functionType);
    assert.deepEqual(
      functions.map(({ inputs }) => [inputs.name, inputs.handler, inputs.runtime]),
      [
        ["prod-aws-use1-tenant-databases", "index.tenants", "nodejs24.x"],
        ["prod-aws-use1-tenant-databases-setup", "index.setup", "nodejs24.x"],
      ],
    );
    for (const { inputs } of functions) {
      assert.deepEqual(inputs.architectures, ["arm64"]);
      const { subnetIds } = inputs.vpcConfig as { subnetIds: string[] };
      assert.deepEqual(subnetIds, ["subnet-0a", "subnet-0b", "subnet-0c"]);
    }
    assert.equal(functions.length, 2);
    assert.equal(counts(all)["aws:cloudwatch/logGroup:LogGroup"], 2);
    assert.deepEqual(refusals(all.filter(({ name }) => name !== "ready")), []);
  });

  test("the code has the PostgreSQL client and nothing to install", () => {
    const { inputs } = only(all, functionType, "tenancy-database-tenants");
    const { assets } = inputs.code as { assets: Record<string, unknown> };
    assert.deepEqual(Object.keys(assets).sort(), [
      "connection.mjs",
      "databases.mjs",
      "declaration.mjs",
      "event.mjs",
      "index.mjs",
      "node_modules/postgres/package.json",
      "node_modules/postgres/src",
      "provisioner.mjs",
      "sql.mjs",
      "token.mjs",
    ]);
  });

  test("the function may sign in as one role of one cluster, and read no secret", () => {
    assert.deepEqual(documentOf(policy).Statement, [
      {
        Sid: "SignIn",
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: ["arn:aws:rds-db:us-east-1:111122223333:dbuser:cluster-ABC/atoll_tenants"],
      },
    ]);
  });

  test("with silos, as the same role of other clusters, whose master users' secrets only the set-up reads", async () => {
    const silos = await shared(true);
    const statements = documentOf(
      only(silos, rolePolicy, "tenancy-database-tenants-role-policy"),
    ).Statement;
    assert.deepEqual(statements[0]?.Resource, [
      "arn:aws:rds-db:us-east-1:111122223333:dbuser:cluster-ABC/atoll_tenants",
      "arn:aws:rds-db:us-east-1:111122223333:dbuser:cluster-*/atoll_tenants",
    ]);
    const setup = documentOf(only(silos, rolePolicy, "tenancy-database-setup-role-policy"));
    assert.deepEqual(
      setup.Statement.map(({ Sid, Action }) => [Sid, Action]),
      [
        ["MasterUser", "secretsmanager:GetSecretValue"],
        ["MasterUsersOfTenants", "secretsmanager:GetSecretValue"],
        ["DecryptIt", "kms:Decrypt"],
      ],
    );
    assert.deepEqual(setup.Statement[1]?.Condition, {
      ArnLike: {
        "secretsmanager:ResourceTag/aws:rds:primaryDBClusterArn":
          "arn:aws:rds:us-east-1:111122223333:cluster:prod-aws-use1-*",
      },
    });
  });

  test("the functions reach the database, and the set-up the endpoint of Secrets Manager", () => {
    const rules = all.filter(({ type }) => type.includes("SecurityGroup") && type.includes("Rule"));
    assert.deepEqual(
      rules
        .filter(({ type }) => type.includes("Egress"))
        .map(({ inputs }) => [inputs.referencedSecurityGroupId, inputs.fromPort]),
      [
        ["sg-0d", 5432],
        ["sg-0d", 5432],
        ["sg-0e", 443],
      ],
    );
    assert.deepEqual(
      rules
        .filter(({ type }) => type.includes("Ingress"))
        .map(({ inputs }) => inputs.securityGroupId),
      ["sg-0d", "sg-0d"],
    );
  });

  test("its role is made once, with the master user's secret by its ARN", () => {
    const { inputs } = only(all, invocation);
    assert.equal(inputs.functionName, "prod-aws-use1-tenant-databases-setup");
    assert.deepEqual(JSON.parse(String(inputs.input)), {
      server: { host: "prod.cluster-abc.us-east-1.rds.amazonaws.com", port: 5432 },
      secret: "arn:aws:secretsmanager:us-east-1:111122223333:secret:rds!cluster-1a",
    });
  });
});

describe("a tenant's own cluster on AWS", async () => {
  const all = await inventory(
    () =>
      new AwsTenantCluster("aws-use1-database-cluster", {
        ...awsData,
        ownership,
        spec: { ...awsSpec, tenants: true },
        functions: {
          setupName: "prod-aws-use1-tenant-databases-setup",
          functionGroupId: "sg-0f",
          setupGroupId: "sg-05",
        },
      }),
    {
      respond: ({ type }) =>
        type === "aws:rds/cluster:Cluster"
          ? { masterUserSecrets: [{ secretArn: "arn:secret" }], clusterResourceId: "cluster-X" }
          : undefined,
    },
  );

  test("is an Aurora cluster that the cell's functions reach, after which the role is made", () => {
    const cluster = only(all, "aws:rds/cluster:Cluster");
    assert.match(String(cluster.inputs.clusterIdentifier), /^prod-aws-use1-acme-eu-/);
    assert.equal(cluster.protect, true);
    const from = all
      .filter(({ type }) => type.endsWith("SecurityGroupIngressRule"))
      .map(({ inputs }) => inputs.referencedSecurityGroupId);
    assert.ok(from.includes("sg-0f") && from.includes("sg-05"), JSON.stringify(from));
    assert.deepEqual(JSON.parse(String(only(all, invocation).inputs.input)).secret, "arn:secret");
    assert.deepEqual(refusals(all), []);
  });
});
