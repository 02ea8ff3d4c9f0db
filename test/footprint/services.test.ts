// What these tests cannot prove: that the engine is never started after a refusal; test/cli and test/e2e do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { all, aws, type Case, gcp, onprem, refusals, refusesEach, set } from "../support/sample.ts";

const grants = "identity.workloads.orders.grants";

const cases: Case[] = [
  [
    "a topic with more copies than brokers",
    { [aws]: set("stream.topics.page-views.replicationFactor", 5) },
    [
      /aws-use1\.yaml: stream\.topics\.page-views\.replicationFactor: must be at most the number of brokers, 3 \(got 5\)/,
    ],
  ],
  [
    "more records than the brokers' disks can store",
    { [onprem]: set("stream.topics.page-views.dailyVolume", "200 GiB") },
    [/onprem-sel\.yaml: stream\.topics: must keep at most .* most of it in "page-views"/],
  ],
  [
    "a retention above the limit of every API",
    { [aws]: set("stream.topics.page-views.retention", "999999999999999999999 days") },
    [/aws-use1\.yaml: stream\.topics\.page-views\.retention: must be at most 36500 days/],
  ],
  [
    "two services in one namespace",
    { [onprem]: set("database.namespace", "kafka") },
    [
      /onprem-sel\.yaml: database\.namespace: must differ from that of stream\.namespace \(got "kafka"\)/,
    ],
  ],
  [
    "a service in a system namespace",
    { [onprem]: all(set("stream.namespace", "kube-system"), set("database.namespace", "default")) },
    [
      /onprem-sel\.yaml: stream\.namespace: must be a dedicated namespace/,
      /onprem-sel\.yaml: database\.namespace: must be a dedicated namespace/,
    ],
  ],
  [
    "a bucket whose name is reserved by Google",
    { [gcp]: set("objectStore.buckets.my-g00gle-files", {}) },
    [/gcp-euw1\.yaml: objectStore\.buckets\.my-g00gle-files: .*must not contain "google"/],
  ],
  [
    "more users of a cache than a group can have",
    {
      [aws]: (manifest) => {
        const cache = manifest.cache as { users: Record<string, object> };
        for (let i = 0; i < 99; i++) cache.users[`reader${i}`] = {};
      },
    },
    [/aws-use1\.yaml: cache\.users: must be at most 99 users/],
  ],
  [
    "logs that are kept for less than a claimed framework requires",
    {
      [aws]: all(
        set("stream.logRetentionDays", 30),
        set("network.flowLogs", { retentionDays: 90 }),
        set("objectStore.accessLogs", { retentionDays: 364 }),
      ),
    },
    [
      /aws-use1\.yaml: network\.flowLogs\.retentionDays: must be at least 365, .*: PCI DSS 4\.0\.1, 10\.5\.1 \(got 90\)/,
      /stream\.logRetentionDays: must be at least 365, .* \(got 30\)/,
      /objectStore\.accessLogs\.retentionDays: must be at least 365, .* \(got 364\)/,
    ],
  ],
  [
    "logs of hubs, names and people that are kept for less",
    {
      local: all(
        set("connectivity.logs", { retentionDays: 90 }),
        set("dns.retentionDays", 90),
        set("people.aws.retentionDays", 90),
      ),
    },
    [
      /local\.yaml: connectivity\.logs\.retentionDays: must be at least 365, /,
      /dns\.retentionDays: must be at least 365, /,
      /people\.aws\.retentionDays: must be at least 365, /,
    ],
  ],
  [
    "topics that are not a map",
    { [gcp]: all(set("stream.topics", "page-views"), set("stream.clients", {})) },
    [/gcp-euw1\.yaml: stream\.topics: must be a map of names to values \(got "page-views"\)/],
  ],
  [
    "a version that is not a string, once",
    { [gcp]: set("cluster.version", 1.35) },
    [/gcp-euw1\.yaml: cluster\.version: .*\(got 1\.35\)/],
  ],
  [
    "a quota on a cloud without quotas",
    { [aws]: set("stream.clients.storefront.quota", { produce: "5 MiB" }) },
    [/stream\.clients\.storefront\.quota: must be omitted on AWS/],
  ],
  [
    "a database too small for its connections",
    { [aws]: set("database.connections", 100_000) },
    [/aws-use1\.yaml: database\.connections: .*\(got 100000\)/],
  ],
  [
    "a recovery point objective that the cloud cannot meet",
    { [gcp]: set("database.objectives", { rpo: "1 second" }) },
    [/gcp-euw1\.yaml: database\.objectives\.rpo: /],
  ],
  [
    "a setting of another cloud",
    { [gcp]: set("database.proxy", true) },
    [/database\.proxy: is not supported on Google Cloud: only AWS cells have it \(got true\)/],
  ],
  [
    "a field of the cell among a section's settings",
    { [aws]: set("cache.region", "us-west-2") },
    [/cache\.region: must be omitted: it is a field of the cell/],
  ],
  [
    "a grant with a wildcard",
    { [aws]: set(`${grants}.3.name`, "*") },
    [
      /identity\.workloads\.orders\.grants\[3\]\.name: must name one resource: wildcards are not supported/,
    ],
  ],
  [
    "a grant to a missing bucket",
    { [aws]: set(`${grants}.3.name`, "invoice") },
    [
      /grants\[3\]\.name: must be a bucket that the cell declares, did you mean "invoices"\? \(got "invoice"\)/,
    ],
  ],
  [
    "a grant to a user that the cache does not have",
    { [aws]: set(`${grants}.2.user`, "ap") },
    [/grants\[2\]\.user: must be a user of the cell's cache, did you mean "app"\?/],
  ],
  [
    "data without a stateful node pool",
    { [onprem]: set("nodePools.data.class", "stateless") },
    [
      /onprem-sel\.yaml: nodePools: must have a pool of class "stateful", whose nodes hold the data of stream, database/,
    ],
  ],
  [
    "more brokers than nodes of stateful pools",
    { [onprem]: set("stream.brokers", { count: 4 }) },
    [
      /onprem-sel\.yaml: stream\.brokers\.count: must be at most 3, the nodes of pools of class "stateful": no two run on one \(got 4\)/,
    ],
  ],
  [
    "a compliance lock in an ephemeral environment",
    { [aws]: set("objectStore.buckets.invoices.lock.mode", "compliance") },
    [
      /objectStore\.buckets\.invoices\.lock\.mode: must be "governance" in an ephemeral environment/,
    ],
  ],
  [
    "copies to a cell on another cloud",
    { [aws]: set("objectStore.buckets.uploads.replicateTo", { cell: "gcp-euw1" }) },
    [
      /objectStore\.buckets\.uploads\.replicateTo\.cell: must be a cell on aws; "gcp-euw1" is on gcp/,
    ],
  ],
  [
    "workloads that sign in to a missing cell",
    { [onprem]: set("identity.gcp.cell", "gcp-euw2") },
    [/identity\.gcp\.cell: must be a cell of the environment on gcp, did you mean "gcp-euw1"\?/],
  ],
  [
    "workloads with a grant to a missing resource of the other cell",
    { [onprem]: set("identity.workloads.archive.gcp.0.name", "ledger") },
    [/identity\.workloads\.archive\.gcp\[0\]\.name: must be a bucket that the cell declares/],
  ],
];

describe("the services of a cell", () => {
  refusesEach(cases);

  test("problems of several sections are reported in one message", () => {
    const lines = refusals({
      [aws]: all(set("database.connections", 0), set("cache.size", "huge"), set("region", "x")),
    });
    for (const field of ["database.connections", "cache.size", "region"])
      assert.ok(
        lines.some((line) => line.includes(` ${field}: `)),
        `${field}: ${lines.join("\n")}`,
      );
  });
});
