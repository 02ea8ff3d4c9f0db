// Rejected settings, and pure planning functions. Does not prove the stated capacities of the clouds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { clouds } from "../../../components/core/cloud.ts";
import { weekdays } from "../../../components/core/schedule.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { awsWindows } from "../../../components/database/aws-windows.ts";
import { capacityOf, connectionsProblem, sizes } from "../../../components/database/capacity.ts";
import { objectiveProblems } from "../../../components/database/recovery.ts";
import {
  awsDatabaseSpec,
  gcpDatabaseSpec,
  onpremDatabaseSpec,
} from "../../../components/database/schema.ts";
import { awsSpec, gcpSpec, onpremSpec } from "./fixture.ts";

const targets = {
  aws: { schema: awsDatabaseSpec, spec: awsSpec },
  gcp: { schema: gcpDatabaseSpec, spec: gcpSpec },
  onprem: { schema: onpremDatabaseSpec, spec: onpremSpec },
} as const;

describe("invalid settings of a database", () => {
  const upgrade = { to: "18", approvedBy: "dba", change: "CHG-1" };
  const cases: [string, keyof typeof targets, Record<string, unknown>, RegExp][] = [
    [
      "a size too small for its connections",
      "aws",
      { size: "small", connections: 4000 },
      /^spec: connections: must be at most 1669, the limit of size "small"; size "large" supports 5000$/,
    ],
    [
      "more connections than any size takes",
      "gcp",
      { connections: 2000 },
      /^spec: connections: must be at most 500.*no size supports more than 1000: use a connection pool/,
    ],
    [
      "too many connections on premises",
      "onprem",
      { connections: 300 },
      /size "medium" supports 500$/,
    ],
    ["a version as a number", "aws", { version: 17 }, /^spec: version: must be in quotes/],
    [
      "a version out of support",
      "gcp",
      { version: "13" },
      /^spec: version: must be a supported major version: "16", "17", "18"/,
    ],
    [
      "an upgrade to the same major",
      "aws",
      { version: "18", upgrade },
      /^spec: upgrade\.to: must be later than version "18"/,
    ],
    [
      "an upgrade that nobody approved",
      "onprem",
      { upgrade: { to: "18", change: "CHG-1" } },
      /^spec: upgrade\.approvedBy: is required/,
    ],
    [
      "an objective that no archive meets",
      "gcp",
      { objectives: { rpo: "30 seconds" } },
      /^spec: objectives\.rpo: must be at least 5 minutes/,
    ],
    [
      "an objective that no failover meets",
      "onprem",
      { objectives: { rto: "10 seconds" } },
      /^spec: objectives\.rto: must be at least 2 minutes/,
    ],
    [
      "a retention that no cloud has",
      "aws",
      { backups: { retentionDays: 90 } },
      /^spec: backups\.retentionDays: /,
    ],
    [
      "a retention that the edition lacks",
      "gcp",
      { edition: "ENTERPRISE" },
      /^spec: edition: must be ENTERPRISE_PLUS for 35 days of point-in-time recovery, or backups\.retentionDays must be at most 7$/,
    ],
    ["a single instance", "aws", { readReplicas: 0 }, /^spec: readReplicas: /],
    [
      "a name that is taken",
      "aws",
      { databaseName: "rdsadmin" },
      /^spec: databaseName: must not be a reserved name/,
    ],
    [
      "a name that needs quotes",
      "gcp",
      { databaseName: "My-App" },
      /^spec: databaseName: must be 1 to 63 lower case/,
    ],
    [
      "an edition of another cloud",
      "aws",
      { edition: "ENTERPRISE" },
      /^spec: edition: unknown field/,
    ],
    ["a proxy where there is none", "gcp", { proxy: true }, /^spec: proxy: unknown field/],
    [
      "an archive without TLS",
      "onprem",
      { archive: { ...onpremSpec.archive, endpoint: "http://objects.acme.example" } },
      /^spec: archive\.endpoint: must be the URL/,
    ],
    [
      "an archive that is no bucket",
      "onprem",
      { archive: { ...onpremSpec.archive, path: "/mnt/backups" } },
      /^spec: archive\.path: must be a bucket and prefix/,
    ],
    ["no archive at all", "onprem", { archive: undefined }, /^spec: archive: is required/],
    [
      "a region that does not exist",
      "aws",
      { region: "us-est-1" },
      /^spec: region: must be a region of aws, did you mean "us-east-1"/,
    ],
  ];
  for (const [what, cloud, change, expected] of cases) {
    test(what, () => {
      const { schema, spec } = targets[cloud];
      const { problems } = checkSpec(schema, { ...spec, ...change }, "spec");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, expected);
    });
  }

  test("the smallest specs are valid", () => {
    for (const { schema, spec } of Object.values(targets)) {
      assert.deepEqual(checkSpec(schema, spec, "spec").problems, []);
    }
  });
});

describe("capacity", () => {
  test("never shrinks from one size to the next", () => {
    for (const cloud of clouds) {
      for (const [index, size] of sizes.entries()) {
        const next = sizes[index + 1];
        if (next === undefined) continue;
        assert.ok(capacityOf(cloud, size).maxConnections <= capacityOf(cloud, next).maxConnections);
        assert.ok(capacityOf(cloud, size).memoryGiB < capacityOf(cloud, next).memoryGiB);
      }
    }
  });

  test("a size is rejected exactly when it supports fewer connections, and the message names a size that supports them", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...clouds),
        fc.constantFrom(...sizes),
        fc.integer({ min: 1, max: 8000 }),
        (cloud, size, connections) => {
          const problem = connectionsProblem(cloud, size, connections);
          assert.equal(problem !== undefined, connections > capacityOf(cloud, size).maxConnections);
          const cure = /; size "(\w+)"/.exec(problem ?? "")?.[1];
          const named = sizes.find((each) => each === cure);
          if (named) assert.equal(connectionsProblem(cloud, named, connections), undefined);
        },
      ),
    );
  });
});

describe("windows and objectives", () => {
  test("backups and maintenance never overlap, at any hour of any day", () => {
    for (const day of weekdays) {
      for (let hour = 0; hour < 24; hour += 1) {
        const { backup, maintenance } = awsWindows({ maintenance: { day, hour } });
        assert.match(backup, /^([01]\d|2[0-3]):00-([01]\d|2[0-3]):00$/);
        assert.match(maintenance, /^[a-z]{3}:([01]\d|2[0-3]):00-[a-z]{3}:([01]\d|2[0-3]):00$/);
        assert.notEqual(backup.slice(0, 5), maintenance.slice(4, 9));
        assert.equal((Number(backup.slice(0, 2)) + 2) % 24, hour);
      }
    }
    assert.equal(
      awsWindows({ maintenance: { day: "sun", hour: 23 } }).maintenance,
      "sun:23:00-mon:00:00",
    );
  });

  test("both objectives are checked", () => {
    assert.deepEqual(
      objectiveProblems("aws", { rpo: "1 minute", rto: "1 second" }).map(({ field }) => field),
      ["rpo", "rto"],
    );
    assert.deepEqual(objectiveProblems("aws", { rpo: "5 minutes", rto: "1 minute" }), []);
  });
});
