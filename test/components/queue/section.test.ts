// Queues as a section of a cell's manifest. test/e2e deploys a cell with queues.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  all,
  aws,
  type Case,
  gcp,
  loaded,
  onprem,
  refusesEach,
  set,
} from "../../support/sample.ts";

const queues = { queues: { mails: {}, orders: { type: "fifo" } } };

const cases: Case[] = [
  [
    "queues on-premises, with the alternative",
    { [onprem]: set("queue", queues) },
    [/onprem-sel\.yaml: queue: is not supported on-premises: use a topic of the cell's stream/],
  ],
  [
    "a setting of another cloud",
    { [gcp]: set("queue", { ...queues, dataKeyReuse: "5 minutes" }) },
    [
      /gcp-euw1\.yaml: queue\.dataKeyReuse: is not supported on Google Cloud: only AWS cells have it/,
    ],
  ],
  [
    "a grant to a queue that the cell does not declare",
    {
      [aws]: all(
        set("queue", queues),
        set("identity.workloads.orders.grants", [{ kind: "queue", name: "mail", may: ["send"] }]),
      ),
    },
    [/grants\[0\]\.name: must be a queue that the cell declares, did you mean "mails"/],
  ],
];

describe("the queues of a cell", () => {
  refusesEach(cases);

  test("are specs with the cell's place, and can be granted on both clouds", () => {
    const grants = [{ kind: "queue", name: "orders", may: ["send", "consume"] }];
    const { cells } = loaded(
      Object.fromEntries(
        [aws, gcp].map((stack) => [
          stack,
          all(set("queue", queues), set("identity.workloads.orders.grants", grants)),
        ]),
      ),
    );
    const specs = cells.flatMap(({ specs }) => specs.queue ?? []);
    assert.deepEqual(
      specs.map(({ cloud, region, queues }) => [cloud, region, Object.keys(queues)]),
      [
        ["aws", "us-east-1", ["mails", "orders"]],
        ["gcp", "europe-west1", ["mails", "orders"]],
      ],
    );
  });
});
