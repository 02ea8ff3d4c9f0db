// What these tests cannot prove: that stacks have these outputs; test/e2e/footprint.e2e.test.ts does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { deployedStack, deployedTables } from "../../../cli/report/deployed.ts";
import { defineSection } from "../../../components/section/section.ts";
import { cellSections, sectionsWith } from "../../../components/sections.ts";

const cell = {
  cloud: "aws",
  location: "us-east-1",
  cluster: { name: "local-aws-use1", version: "1.35" },
  nodePools: { system: {}, batch: {} },
  services: {
    stream: {
      bootstrapServers: "b-1:9098",
      brokers: 3,
      topics: { "order.events": "order.events" },
    },
    database: { name: "app", version: "17", endpoint: "db", port: 5432 },
    databases: { reports: { name: "sales", version: "17", endpoint: "db-2", port: 5432 } },
    cache: { endpoint: "cache", port: 6379, clustered: false },
    objectStore: { buckets: { uploads: "s3://uploads", invoices: "s3://invoices" } },
  },
};

test("one line per stack, and one per service of a cell", () => {
  const deployed = [
    deployedStack("local", 33, { footprint: {} }),
    deployedStack("local.aws-use1", 257, { cell }),
  ];
  const [stacks = "", services = ""] = deployedTables(deployed, cellSections);
  assert.match(stacks, /^local +33$/m);
  assert.match(stacks, /^local\.aws-use1 +aws +us-east-1 +1\.35 +system, batch +257$/m);
  assert.deepEqual(
    services
      .trim()
      .split("\n")
      .map((line) => line.split(/ {2,}/)),
    [
      ["stack", "service"],
      ["local.aws-use1", "Kafka", "3 brokers, 1 topics"],
      ["", "PostgreSQL", "17, database app"],
      ["", "PostgreSQL reports", "17, database sales"],
      ["", "Valkey", "one shard"],
      ["", "buckets", "uploads, invoices"],
    ],
  );
});

test("a footprint without cells has no table of services", () => {
  assert.equal(deployedTables([deployedStack("local", 33, {})], cellSections).length, 1);
});

test("a repository's own section has its column", () => {
  const outputs = z.object({ text: z.string() });
  const notice = defineSection({
    name: "notice",
    component: "notice",
    clouds: {
      aws: { unsupported: "is not tested" },
      gcp: { unsupported: "is not tested" },
      onprem: { unsupported: "is not tested" },
    },
    outputs,
    column: { title: "notice", value: ({ text }: z.output<typeof outputs>) => text },
  });
  const services = { notice: { text: "Upgrade on Sunday" } };
  const stack = deployedStack("local.onprem-sel", 3, { cell: { services } });
  const [, table = ""] = deployedTables([stack], sectionsWith([notice]));
  assert.match(table, /^local\.onprem-sel +notice +Upgrade on Sunday$/m);
});
