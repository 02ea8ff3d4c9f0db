// Plain data. Whether brokers and operators accept it is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Cloud } from "../../../components/core/cloud.ts";
import type { Isolation } from "../../../components/tenancy/isolation.ts";
import { physicalStream } from "../../../components/tenant-stream/names.ts";
import { streamCheck, streamPlan } from "../../../components/tenant-stream/plan.ts";
import {
  awsTenantStreamSpec,
  gcpTenantStreamSpec,
  onpremTenantStreamSpec,
  streamSettings,
  streamTier,
} from "../../../components/tenant-stream/schema.ts";
import { stream } from "../../../components/tenant-stream/section.ts";
import { streamStatements } from "../../../components/tenant-stream/statements.ts";
import { type GivenTenant, tenantOn } from "../../support/tenant-on.ts";
import { awsSpec } from "../stream/fixture.ts";

interface Given {
  readonly isolation?: Isolation;
  readonly tier?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
  readonly tenant?: GivenTenant;
}

const topics = { orders: {}, "invoices.paid": { cleanup: "compact", partitions: 3 } };

function given({ isolation = "pool", tier = {}, settings = {} }: Given) {
  return {
    isolation,
    tier: streamTier.parse(tier),
    settings: streamSettings.parse({ topics, ...settings }),
  };
}

const problems = (cloud: Cloud, what: Given = {}) =>
  streamCheck(given(what), tenantOn(cloud, what.tenant)).map(
    ({ path, message }) => `${path}: ${message}`,
  );
const plan = (cloud: Cloud, what: Given = {}) =>
  streamPlan(given(what), tenantOn(cloud, what.tenant));

describe("the topics and clients of a tenant", () => {
  const physical = physicalStream("birch", given({}).settings, undefined);

  test("have the tenant's prefix, which ends in a delimiter", () => {
    assert.deepEqual(Object.keys(physical.topics), ["birch.orders", "birch.invoices.paid"]);
    assert.deepEqual(physical.clients.app, {
      produce: ["birch.*"],
      consume: ["birch.*"],
      group: "birch.app",
      transactional: true,
    });
  });

  test("have parts of the tier's quota, by their shares", () => {
    const clients = {
      storefront: { produce: ["orders"], share: 3 },
      audit: { consume: ["orders"] },
    };
    const { clients: shared } = physicalStream("birch", given({ settings: { clients } }).settings, {
      produce: "4 MiB",
      consume: "8 MiB",
      requestPercent: 10,
    });
    assert.deepEqual(shared.storefront?.quota, {
      produce: "3072 KiB",
      consume: "6144 KiB",
      requestPercent: 7,
    });
    assert.deepEqual(shared.audit?.quota, {
      produce: "1024 KiB",
      consume: "2048 KiB",
      requestPercent: 2,
    });
    assert.equal(shared.audit?.transactional, false);
  });

  test("are the same in every isolation", () => {
    for (const cloud of ["aws", "gcp"] as const) {
      const [pool, bridge, silo] = (["pool", "bridge", "silo"] as const).map((isolation) => {
        const { topics: names, clients } = plan(cloud, { isolation });
        return { names, clients };
      });
      assert.deepEqual(bridge, pool);
      assert.deepEqual(silo, pool);
    }
  });

  test("are valid specs of the components, and only those on shared brokers use up the cell's", () => {
    const aws = awsTenantStreamSpec.parse(plan("aws"));
    const own = awsTenantStreamSpec.parse(plan("aws", { isolation: "silo" }));
    assert.deepEqual(stream.demand(aws), { topics: 2, partitions: (6 + 3) * 3 });
    assert.deepEqual(stream.demand(own), {});
    assert.deepEqual(own.brokers?.topics, {});
    assert.deepEqual(own.brokers?.zones.length, 3);
    const gcp = gcpTenantStreamSpec.parse(plan("gcp", { isolation: "silo" }));
    assert.deepEqual(gcp.brokers?.administrators, ["platform@acme-ops.iam.gserviceaccount.com"]);
    const onprem = onpremTenantStreamSpec.parse(plan("onprem"));
    assert.deepEqual(onprem.namespaces, ["tenant-birch-web", "tenant-birch-jobs"]);
    assert.equal(onprem.authentication, "certificate");
  });

  test("of a tenant's own quota are set on-premises only", () => {
    const what = { tier: { quota: { produce: "5 MiB" }, withoutQuota: "accept" } };
    const quotaOf = (cloud: Cloud) =>
      (plan(cloud, what).clients as { app: { quota?: unknown } }).app.quota;
    assert.deepEqual(
      [quotaOf("aws"), quotaOf("gcp"), quotaOf("onprem")],
      [undefined, undefined, { produce: "5120 KiB" }],
    );
  });
});

describe("a tenant's stream is refused", () => {
  test("beyond each limit of the tier, with all of them at once", () => {
    const tier = { topics: 1, partitions: 8, clients: 1, retention: "1 day" };
    const clients = { one: { produce: ["*"] }, two: { consume: ["*"] } };
    assert.deepEqual(problems("aws", { tier, settings: { clients } }), [
      "topics: must be at most 1, the limit of the tier",
      "topics: must be at most 8 partitions together, the limit of the tier",
      "clients: must be at most 1, the limit of the tier",
      "topics.orders.retention: must be at most 1 day, the limit of the tier",
    ]);
  });

  test("for what the cell's brokers do not do, under the tenant's own names", () => {
    const settings = { topics: { orders: { replicationFactor: 5, localRetention: "2 hours" } } };
    assert.deepEqual(problems("gcp", { settings }), [
      "topics.orders.replicationFactor: must be at most the number of brokers, 3",
      "topics.orders.localRetention: must be omitted on GCP: Google Cloud manages tiered storage",
    ]);
    const clients = { audit: { consume: ["ordres"] } };
    assert.match(
      problems("aws", { settings: { clients } }).join("\n"),
      /^clients\.audit\.consume\[0\]: must be a topic of this stream/,
    );
  });

  test("with a quota that the service cannot set, unless the tier accepts that", () => {
    const quota = { produce: "5 MiB" } as const;
    for (const cloud of ["aws", "gcp"] as const) {
      assert.match(
        problems(cloud, { tier: { quota } }).join(),
        /^clients: .*no API for client quotas/,
      );
      assert.deepEqual(problems(cloud, { tier: { quota, withoutQuota: "accept" } }), []);
      assert.deepEqual(problems(cloud, { tier: { quota }, isolation: "silo" }), []);
    }
    assert.deepEqual(problems("onprem", { tier: { quota } }), []);
  });

  test("if its prefix meets a topic, a grant or a group of the cell", () => {
    const cases = {
      // Topics `orders.events` and the grant `orders.*`.
      orders: /topic "orders\.events"/,
      // The groups `checkout` and `checkout.*`.
      checkout: /the groups of client "checkout"/,
    };
    for (const [id, reason] of Object.entries(cases)) {
      assert.match(problems("aws", { tenant: { id } }).join("\n"), reason);
      assert.deepEqual(problems("aws", { tenant: { id }, isolation: "silo" }), []);
    }
    const prefixed = {
      ...awsSpec,
      topics: { "eu-orders": {} },
      clients: { all: { produce: [], consume: ["eu-*"] } },
    };
    assert.match(
      problems("aws", { tenant: { id: "eu-shop", cell: { stream: prefixed } } }).join("\n"),
      /the grant "eu-\*" of client "all"/,
    );
    const identity = {
      workloads: { shop: { grants: [{ kind: "topic", name: "orders.events" }] } },
    };
    assert.match(
      problems("aws", { tenant: { id: "shop", cell: { identity } } }).join("\n"),
      /the groups of a workload/,
    );
    assert.deepEqual(problems("aws", { tenant: { id: "order" } }), []);
  });

  test("for services that the tenant does not have, and without External Secrets on-premises", () => {
    const clients = { app: { consume: ["*"], services: ["web/storefront", "web/shop"] } };
    assert.match(
      problems("gcp", { settings: { clients } }).join("\n"),
      /^clients\.app\.services: must be a service of the tenant's namespaces/,
    );
    assert.match(
      problems("onprem", { tenant: { cell: { secrets: undefined } } }).join("\n"),
      /^clients: must be on a cell with the section secrets/,
    );
  });

  test("with names that Kafka, metrics and certificates do not allow", () => {
    const refused = (settings: unknown) => streamSettings.safeParse(settings).error?.issues.length;
    assert.ok(refused({ topics: { with_underscore: {} } }));
    assert.ok(refused({ topics: { ["a".repeat(159)]: {} } }));
    assert.ok(refused({ clients: { app: {} } }));
    assert.ok(refused({ clients: { app: { produce: ["or*"] } } }));
    assert.ok(refused({ clients: {} }));
    assert.equal(refused({ topics: { ["a".repeat(158)]: {} } }), undefined);
    // A common name of a certificate has at most 64 characters.
    assert.ok(`${"a".repeat(20)}.${"b".repeat(40)}`.length <= 64);
    assert.ok(refused({ clients: { ["b".repeat(41)]: { produce: ["*"] } } }));
  });
});

describe("the statements for everything under the prefix", () => {
  const arn = "arn:aws:kafka:us-east-1:111122223333:cluster/prod-stream/0a1b-7";

  test("name topic, group and transactional id together, and nothing beyond the delimiter", () => {
    const statements = streamStatements("birch", arn);
    assert.deepEqual(
      statements.map(({ resources }) => resources),
      [
        arn,
        "arn:aws:kafka:us-east-1:111122223333:topic/prod-stream/0a1b-7/birch.*",
        "arn:aws:kafka:us-east-1:111122223333:group/prod-stream/0a1b-7/birch.*",
        "arn:aws:kafka:us-east-1:111122223333:transactional-id/prod-stream/0a1b-7/birch.*",
      ],
    );
    const actions = statements.flatMap((each) => each.actions as string[]);
    assert.doesNotMatch(actions.join(" "), /\*|CreateTopic|DeleteTopic|AlterTopic|AlterCluster/);
  });
});
