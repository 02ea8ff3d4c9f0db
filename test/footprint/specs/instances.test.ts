// What a cell's manifest says of further streams, databases and caches. That they are deployed beside the main ones is for test/e2e.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { all, aws, type Case, loaded, onprem, refusesEach, set } from "../../support/sample.ts";

const reports = { databaseName: "reports" };

const cases: Case[] = [
  [
    'a further one called "main"',
    { [aws]: set("databases", { main: reports }) },
    [/databases\.main: the name must not be "main", which is database/],
  ],
  [
    "a further one that is copied to another cell",
    { [aws]: set("databases", { reports: { ...reports, replicateTo: { cell: "aws-usw2" } } }) },
    [/databases\.reports\.replicateTo: must be omitted: only the main database can have it/],
  ],
  [
    "an unknown setting of a further one, by its own path",
    { [aws]: set("caches", { sessions: { evicton: "noeviction" } }) },
    [/caches\.sessions\.evicton: unknown field, did you mean "eviction"/],
  ],
  [
    "a second stream where the operator can be there once",
    { [onprem]: set("streams", { analytics: { topics: {} } }) },
    [/streams\.analytics: is not supported on-premises: a cell has only one stream there/],
  ],
  [
    "a second of what a cell has one of",
    { [aws]: set("objectStores", { more: {} }) },
    [/objectStores: unknown field, did you mean "objectStore"/],
  ],
  [
    "a grant to a further one that there is not",
    {
      [aws]: all(
        set("databases", { reports }),
        set("identity.workloads.orders.grants", [
          { kind: "database", name: "report", user: "reporting", may: ["connect"] },
        ]),
      ),
    },
    [/grants\[0\]\.name: must be a database that the cell declares, did you mean "reports"/],
  ],
];

describe("further sections of a kind", () => {
  refusesEach(cases);

  test("have specs by key, and can be granted by it, topics with the stream's key before them", () => {
    const { cells } = loaded({
      [aws]: all(
        set("databases", { reports }),
        set("caches", { sessions: {} }),
        set("streams", { analytics: { topics: { clicks: {} } } }),
        set("identity.workloads.orders.grants", [
          { kind: "database", name: "reports", user: "reporting", may: ["connect"] },
          { kind: "cache", name: "sessions", user: "app", may: ["connect"] },
          { kind: "topic", name: "analytics.clicks", may: ["produce"] },
        ]),
      ),
    });
    const specs = cells.find(({ stack }) => stack === aws)?.specs;
    assert.equal(specs?.cloud, "aws");
    assert.equal(specs.databases?.reports?.databaseName, "reports");
    assert.deepEqual(Object.keys(specs.caches ?? {}), ["sessions"]);
    assert.deepEqual(Object.keys(specs.streams?.analytics?.topics ?? {}), ["clicks"]);
    // Topics of events belong to the main stream.
    assert.ok(Object.keys(specs.stream?.topics ?? {}).includes("order.events"));
  });
});
