// What is registered with the engine. Does not prove that the services accept it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import type { Cloud } from "../../../components/core/cloud.ts";
import type { Isolation } from "../../../components/tenancy/isolation.ts";
import { AwsServerlessCache } from "../../../components/tenant-cache/aws-serverless.ts";
import { AwsTenantCacheUser } from "../../../components/tenant-cache/aws-user.ts";
import { OnpremTenantCache } from "../../../components/tenant-cache/onprem.ts";
import { cacheCheck } from "../../../components/tenant-cache/plan.ts";
import {
  awsTenantCacheSpec,
  cacheSettings,
  cacheTier,
  gcpTenantCacheSpec,
  onpremTenantCacheSpec,
} from "../../../components/tenant-cache/schema.ts";
import { cache } from "../../../components/tenant-cache/section.ts";
import { cacheRoles, cacheStatements } from "../../../components/tenant-cache/statements.ts";
import { refusals } from "../../support/accepted.ts";
import { keyArn } from "../../support/data-args.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { type GivenTenant, tenantOn } from "../../support/tenant-on.ts";

const owned = { ...ownership, tenant: "birch" };

function given(isolation: Isolation, settings: Record<string, unknown> = {}, tier = {}) {
  return { isolation, tier: cacheTier.parse(tier), settings: cacheSettings.parse(settings) };
}

const plan = (cloud: Cloud, isolation: Isolation, tenant: GivenTenant = {}, tier = {}) =>
  cache.clouds[cloud].plan(given(isolation, {}, tier), tenantOn(cloud, tenant));

describe("the plan of a tenant's cache", () => {
  test("on AWS is a user, a serverless cache, or a replication group", () => {
    const [pool, bridge, silo] = (["pool", "bridge", "silo"] as const).map((isolation) =>
      awsTenantCacheSpec.parse(plan("aws", isolation)),
    );
    assert.deepEqual(pool, { isolation: "pool", tenant: "birch", services: [] });
    assert.deepEqual(bridge, {
      isolation: "bridge",
      tenant: "birch",
      services: [],
      account: "111122223333",
      region: "us-east-1",
      version: "8",
      snapshotDays: 7,
      limits: { maxGB: 1, maxEcpuPerSecond: 1000 },
    });
    assert.ok(silo?.isolation === "silo");
    assert.deepEqual([silo.cache.size, Object.keys(silo.cache.users)], ["small", ["app"]]);
    assert.deepEqual(
      [pool, bridge, silo].map((spec) => cache.demand(spec as never)),
      [{ cacheUsers: 1 }, {}, {}],
    );
  });

  test("on Google Cloud is an instance, with the endpoints that the cell's cache prepared", () => {
    const { cache: own } = gcpTenantCacheSpec.parse(plan("gcp", "bridge", {}, { size: "medium" }));
    assert.deepEqual([own.connectionPolicy, own.size, own.version], ["present", "small", "8"]);
    const silo = gcpTenantCacheSpec.parse(plan("gcp", "silo", {}, { size: "medium" }));
    assert.equal(silo.cache.size, "medium");
  });

  test("on-premises is a cache in a namespace of its own, for the tenant's namespaces", () => {
    const spec = onpremTenantCacheSpec.parse(plan("onprem", "bridge"));
    const spaces = ["tenant-birch-web", "tenant-birch-jobs"];
    assert.deepEqual(
      [spec.cache.namespace, spec.cache.clientNamespaces, spec.namespaces, spec.store],
      ["valkey-tenant-birch", spaces, spaces, "cell"],
    );
    assert.deepEqual(cache.demand(spec as never), {
      cpu: 2,
      memoryGib: 8,
      pods: 2,
      addresses: 2,
      namespaces: 1,
    });
    const suspended = onpremTenantCacheSpec.parse(plan("onprem", "bridge", { suspended: true }));
    assert.deepEqual(suspended.cache.clientNamespaces, []);
  });

  test("refuses a pool where no stack of a tenant can add a user, with the alternative", () => {
    for (const cloud of ["gcp", "onprem"] as const)
      assert.match(cache.clouds[cloud].without.pool, /use "bridge"/);
  });

  test("refuses unknown services, and a store that does not serve its namespace", () => {
    const problems = (cloud: Cloud, services: string[], tenant: GivenTenant = {}) =>
      cacheCheck(given("bridge", { services }), tenantOn(cloud, tenant)).map(
        ({ path, message }) => `${path}: ${message}`,
      );
    assert.deepEqual(problems("aws", ["web/storefront"]), []);
    assert.match(
      problems("aws", ["web/shop"]).join(),
      /^services: must be a service of the tenant/,
    );
    assert.match(
      problems("onprem", [], { cell: { secrets: undefined } }).join(),
      /must be on a cell with the section secrets/,
    );
    const secrets = { externalSecrets: { namespaces: ["shop"] } };
    assert.match(
      problems("onprem", [], { cell: { secrets } }).join(),
      /secrets\.externalSecrets\.namespaces is empty/,
    );
  });
});

describe("a tenant's user of the cell's ElastiCache", async () => {
  const all = await inventory(
    () =>
      new AwsTenantCacheUser("aws-use1-cache", {
        ownership: owned,
        tenant: "birch",
        services: ["web/storefront"],
        cache: {
          arn: "arn:aws:elasticache:us-east-1:111122223333:replicationgroup:prod-cache",
          userGroupId: "prod-cache-users",
          endpoint: "prod-cache.example",
          port: 6379,
          clustered: false,
        },
      }),
  );

  test("is a user with IAM, and its association with the group of the cell", () => {
    assert.deepEqual(counts(all), {
      "atoll:tenant-cache:AwsTenantCacheUser": 1,
      "aws:elasticache/user:User": 1,
      "aws:elasticache/userGroupAssociation:UserGroupAssociation": 1,
    });
    const { userId, userName, engine, authenticationMode, passwords } = only(
      all,
      "aws:elasticache/user:User",
    ).inputs;
    assert.deepEqual(
      [userId, userName, engine, authenticationMode, passwords],
      [
        "prod-aws-use1-birch-cache",
        "prod-aws-use1-birch-cache",
        "redis",
        { type: "iam" },
        undefined,
      ],
    );
    const member = only(all, "aws:elasticache/userGroupAssociation:UserGroupAssociation").inputs;
    assert.deepEqual(
      [member.userGroupId, member.userId],
      ["prod-cache-users", "prod-aws-use1-birch-cache"],
    );
    assert.deepEqual(refusals(all), []);
  });

  test("its services may connect to the one cache as the one user", () => {
    assert.deepEqual(cacheStatements("arn:cache", "arn:user"), [
      { sid: "Cache", actions: "elasticache:Connect", resources: ["arn:cache", "arn:user"] },
    ]);
    assert.deepEqual(
      cacheRoles("instances/birch").map(({ role, on }) => [role, on]),
      [["roles/memorystore.dbConnectionUser", { kind: "project" }]],
    );
  });
});

describe("a tenant's serverless cache", async () => {
  const spec = awsTenantCacheSpec.parse(plan("aws", "bridge"));
  assert.ok(spec.isolation === "bridge");
  const all = await inventory(
    () =>
      new AwsServerlessCache("aws-use1-cache", {
        ownership: owned,
        spec,
        network: {
          vpcId: "vpc-0a",
          subnetIds: ["subnet-0a", "subnet-0b"],
          clientSecurityGroupId: "sg-0c",
        },
        keys: { data: keyArn("data") },
      }),
    {
      respond: ({ type }) =>
        type === "aws:elasticache/serverlessCache:ServerlessCache"
          ? { endpoints: [{ address: "birch.serverless.example", port: 6379 }] }
          : undefined,
    },
  );

  test("has limits, a key, users of its own, and stays in its subnets", () => {
    const { inputs, ignoreChanges, protect } = only(
      all,
      "aws:elasticache/serverlessCache:ServerlessCache",
    );
    assert.deepEqual(inputs.cacheUsageLimits, {
      dataStorage: { maximum: 1, unit: "GB" },
      ecpuPerSeconds: [{ maximum: 1000 }],
    });
    assert.deepEqual(
      [inputs.engine, inputs.majorEngineVersion, inputs.kmsKeyId, inputs.dailySnapshotTime],
      ["valkey", "8", keyArn("data"), "03:00"],
    );
    assert.deepEqual([ignoreChanges, protect], [["subnetIds"], true]);
    assert.deepEqual(inputs.userGroupId, "prod-aws-use1-birch-cache-users");
    assert.deepEqual(refusals(all), []);
  });

  test("only the cluster's nodes reach it", () => {
    const rule = only(all, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").inputs;
    assert.deepEqual(
      [rule.referencedSecurityGroupId, rule.fromPort, rule.toPort, rule.cidrIpv4],
      ["sg-0c", 6379, 6380, undefined],
    );
  });
});

describe("a tenant's cache on-premises", async () => {
  const all = await inventory(
    () =>
      new OnpremTenantCache("onprem-sel-cache", {
        ownership: { ...owned, cell: "onprem-sel" },
        spec: plan("onprem", "bridge") as never,
        cluster: { provider: new kubernetes.Provider("site", { kubeconfig: "apiVersion: v1" }) },
      }),
  );
  const external = "kubernetes:external-secrets.io/v1:ExternalSecret";

  test("has its passwords from the tenant's path of the vault, in its own namespace", () => {
    const { metadata, spec } = only(all, external, "onprem-sel-cache-passwords").inputs as {
      metadata: Record<string, string>;
      spec: { secretStoreRef: unknown; data: { remoteRef: Record<string, string> }[] };
    };
    assert.deepEqual([metadata.name, metadata.namespace], ["passwords", "valkey-tenant-birch"]);
    assert.deepEqual(spec.secretStoreRef, { kind: "ClusterSecretStore", name: "cell" });
    assert.deepEqual(
      spec.data.map(({ remoteRef }) => `${remoteRef.key}/${remoteRef.property}`),
      ["default", "replication", "app"].map((user) => `tenants/birch/cache/${user}`),
    );
    const namespace = only(all, "kubernetes:core/v1:Namespace").inputs.metadata as {
      labels: Record<string, string>;
    };
    assert.equal(namespace.labels["atoll.dev/secrets"], "cell");
  });

  test("gives the tenant's namespaces the password of its user only", () => {
    const { rules } = only(all, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs;
    const [{ resourceNames } = { resourceNames: [] }] = rules as { resourceNames: string[] }[];
    assert.equal(resourceNames.length, 2);
    const { spec } = only(all, external, "onprem-sel-cache-password-cache-tenant-birch-web")
      .inputs as { spec: { data: { secretKey: string; remoteRef: { property: string } }[] } };
    assert.deepEqual(
      spec.data.map(({ secretKey, remoteRef }) => `${secretKey}: ${remoteRef.property}`),
      ["password: app", "ca.crt: ca.crt"],
    );
  });
});
