// What these tests cannot prove: that Karpenter and GKE provide nodes, and that an API server evaluates the policy's CEL as it reads.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as kubernetes from "@pulumi/kubernetes";
import { checkSpec } from "../../../components/core/spec.ts";
import { onOwnNodes } from "../../../components/tenant-nodes/admission.ts";
import { AwsTenantNodes } from "../../../components/tenant-nodes/aws.ts";
import { GcpTenantNodes } from "../../../components/tenant-nodes/gcp.ts";
import {
  awsTenantNodesSpec,
  gcpTenantNodesSpec,
  nodesSettings,
  nodesTier,
} from "../../../components/tenant-nodes/schema.ts";
import { nodes } from "../../../components/tenant-nodes/section.ts";
import { TenantNodesPolicy } from "../../../components/tenant-nodes/shared.ts";
import { refusals } from "../../support/accepted.ts";
import { inventory, only, type Registered } from "../../support/inventory.ts";
import { tenantOn, tenantOwnership } from "../../support/tenant.ts";

const given = (isolation: "pool" | "bridge" | "silo", tier: object = {}) => ({
  isolation,
  tier: nodesTier.parse(tier),
  settings: nodesSettings.parse({}),
});
const cell = { cluster: { name: "prod-gcp-euw1", region: "europe-west1" } };
const cluster = () => ({ provider: new kubernetes.Provider("cluster", { kubeconfig: "{}" }) });
const custom = (all: readonly Registered[]) =>
  all.filter(({ type }) => !type.startsWith("pulumi:"));

describe("the nodes of a tenant", () => {
  test("are those of the cell in a pool and a bridge", () => {
    const pools = (["pool", "bridge"] as const).flatMap((isolation) => [
      awsTenantNodesSpec.parse(nodes.clouds.aws.plan(given(isolation), tenantOn("aws"))).pool,
      gcpTenantNodesSpec.parse(nodes.clouds.gcp.plan(given(isolation), tenantOn("gcp", { cell })))
        .pool,
    ]);
    assert.deepEqual(pools, [undefined, undefined, undefined, undefined]);
  });

  test("cannot be of a kind that the cloud does not have", () => {
    const plan = nodes.clouds.aws.plan(given("silo", { families: ["m5g"] }), tenantOn("aws"));
    const found = checkSpec(nodes.clouds.aws.spec, plan, "nodes").problems;
    assert.match(found[0]!.path, /pool.families/);
  });

  test("need a name that no pool of the cell has", () => {
    const taken = { nodePools: { pools: { "tenant-acme": { labels: {}, taints: {} } } } };
    const found = nodes.clouds.aws.check(given("silo"), tenantOn("aws", { cell: taken }));
    assert.equal(found.length, 1);
    assert.deepEqual(nodes.clouds.aws.check(given("pool"), tenantOn("aws", { cell: taken })), []);
  });

  test("are dedicated by the site on-premises: label and taint must both be the tenant's", () => {
    const key = "atoll.dev/tenant";
    const taint = { [key]: { value: "acme", effect: "NoSchedule" } };
    const checked = (labels: object, taints: object) =>
      nodes.clouds.onprem.check(
        given("silo"),
        tenantOn("onprem", { cell: { nodePools: { pools: { own: { labels, taints } } } } }),
      ).length;
    assert.equal(checked({ [key]: "acme" }, taint), 0);
    assert.equal(checked({ [key]: "other" }, taint), 1);
    assert.equal(checked({ [key]: "acme" }, {}), 1);
    const preferred = { [key]: { value: "acme", effect: "PreferNoSchedule" } };
    assert.equal(checked({ [key]: "acme" }, preferred), 1);
    assert.deepEqual(nodes.clouds.onprem.check(given("bridge"), tenantOn("onprem")), []);
  });
});

describe("own nodes on AWS", async () => {
  const { pool, ...spec } = awsTenantNodesSpec.parse(
    nodes.clouds.aws.plan(given("silo", { most: 7 }), tenantOn("aws")),
  );
  const all = await inventory(
    () =>
      new AwsTenantNodes("aws-use1-nodes", {
        ownership: tenantOwnership,
        spec: { ...spec, pool: pool! },
        cluster: cluster(),
      }),
  );
  const made = only(all, "kubernetes:karpenter.sh/v1:NodePool").inputs as {
    readonly metadata: { readonly name: string };
    readonly spec: {
      readonly limits: Record<string, string>;
      readonly template: {
        readonly metadata: { readonly labels: Record<string, string> };
        readonly spec: { readonly taints: unknown; readonly nodeClassRef: unknown };
      };
    };
  };

  test("are a NodePool with the cell's class, the tenant's label and taint, and a limit", () => {
    const { template, limits } = made.spec;
    assert.equal(made.metadata.name, "tenant-acme");
    assert.deepEqual(template.spec.nodeClassRef, {
      group: "karpenter.k8s.aws",
      kind: "EC2NodeClass",
      name: "atoll",
    });
    assert.deepEqual(template.spec.taints, [
      { key: "atoll.dev/tenant", value: "acme", effect: "NoSchedule" },
    ]);
    assert.equal(template.metadata.labels["atoll.dev/tenant"], "acme");
    assert.equal(limits.nodes, "7");
    assert.deepEqual(refusals(custom(all)), []);
  });
});

describe("own nodes on Google Cloud", async () => {
  const { pool, ...spec } = gcpTenantNodesSpec.parse(
    nodes.clouds.gcp.plan(given("silo"), tenantOn("gcp", { cell })),
  );
  const all = await inventory(
    () =>
      new GcpTenantNodes("gcp-euw1-nodes", {
        ownership: tenantOwnership,
        spec: { ...spec, pool: pool! },
        volumesKey: "projects/p/locations/l/keyRings/r/cryptoKeys/volumes",
      }),
  );

  test("are a node pool with the tenant's label and taint, and the account of the cell's nodes", () => {
    const { inputs } = only(all, "gcp:container/nodePool:NodePool");
    const config = inputs.nodeConfig as Record<string, unknown>;
    assert.match(String(inputs.name), /^tenant-acme-ondemand-/);
    assert.deepEqual([inputs.cluster, inputs.location], ["prod-gcp-euw1", "europe-west1"]);
    assert.deepEqual(config.taints, [
      { key: "atoll.dev/tenant", value: "acme", effect: "NO_SCHEDULE" },
    ]);
    assert.equal((config.labels as Record<string, string>)["atoll.dev/tenant"], "acme");
    assert.equal(config.serviceAccount, "prod-gcp-euw1-nodes@acme-prod.iam.gserviceaccount.com");
    assert.equal((config.resourceLabels as Record<string, string>).tenant, "acme");
    assert.deepEqual(refusals(all), []);
  });

  test("of the longest id have a name that GKE accepts", async () => {
    const long = await inventory(
      () =>
        new GcpTenantNodes("gcp-euw1-nodes", {
          ownership: tenantOwnership,
          spec: { ...spec, tenant: "a".repeat(20), pool: pool! },
          volumesKey: "projects/p/locations/l/keyRings/r/cryptoKeys/volumes",
        }),
    );
    assert.ok(String(only(long, "gcp:container/nodePool:NodePool").inputs.name).length <= 40);
  });
});

describe("pods of tenants with nodes of their own", async () => {
  const { validations, matchConstraints } = onOwnNodes("enterprise");

  test("must select and tolerate the nodes of the tenant that the namespace's label says", () => {
    const [selects, tolerates] = validations.map(({ expression }) => expression);
    assert.equal(
      selects,
      "has(object.spec.nodeSelector) && 'atoll.dev/tenant' in object.spec.nodeSelector && object.spec.nodeSelector['atoll.dev/tenant'] == namespaceObject.metadata.labels['atoll.dev/tenant']",
    );
    assert.equal(
      tolerates,
      "has(object.spec.tolerations) && object.spec.tolerations.exists(t, has(t.key) && t.key == 'atoll.dev/tenant' && has(t.value) && t.value == namespaceObject.metadata.labels['atoll.dev/tenant'])",
    );
    assert.deepEqual(matchConstraints.namespaceSelector, {
      matchLabels: { "atoll.dev/tier": "enterprise" },
    });
  });

  test("are checked by a policy for each such tier", async () => {
    const all = await inventory(
      () =>
        new TenantNodesPolicy("aws-use1-tenancy-nodes", {
          ownership: tenantOwnership,
          tiers: ["enterprise"],
          cluster: cluster(),
        }),
    );
    const policy = only(
      all,
      "kubernetes:admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy",
    );
    assert.equal((policy.inputs.metadata as { name: string }).name, "atoll-tier-enterprise-nodes");
    assert.deepEqual(refusals(custom(all)), []);
  });
});
