// The regions are from documentation of mid-2026. Does not prove that they are current, or enabled in an account.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Region } from "@pulumi/aws";
import { z } from "zod";
import {
  defaultZones,
  regionProblem,
  regionsOf,
  regionText,
  zoneProblems,
  zonesOf,
} from "../../../components/core/cloud.ts";

describe("regions and zones", () => {
  test("every AWS region is one that the SDK knows", () => {
    const known = new Set<string>(Object.values(Region));
    assert.deepEqual(
      regionsOf("aws").filter((region) => !known.has(region)),
      [],
    );
  });

  test("every region has at least three zones, each once", () => {
    for (const cloud of ["aws", "gcp"] as const) {
      for (const region of regionsOf(cloud)) {
        const zones = zonesOf(cloud, region);
        assert.ok(zones.length >= 3, region);
        assert.equal(new Set(zones).size, zones.length);
        assert.deepEqual(defaultZones(cloud, region), zones.slice(0, 3));
      }
    }
  });

  test("an invalid region has no zones, also when it is a property of Object", () => {
    for (const name of ["__proto__", "constructor", "nowhere"]) {
      for (const cloud of ["aws", "gcp"] as const) assert.deepEqual(zonesOf(cloud, name), []);
    }
  });

  test("the footprint's regions have the zones of their clouds", () => {
    assert.deepEqual(defaultZones("aws", "us-east-1"), ["us-east-1a", "us-east-1b", "us-east-1c"]);
    assert.deepEqual(defaultZones("gcp", "europe-west1"), [
      "europe-west1-b",
      "europe-west1-c",
      "europe-west1-d",
    ]);
  });
});

describe("mistakes", () => {
  test("a region that does not exist is rejected with the most similar name", () => {
    assert.equal(
      regionProblem("aws", "us-east-11"),
      'must be a region of aws, did you mean "us-east-1"?',
    );
    assert.equal(regionProblem("gcp", "moon"), "must be a region of gcp");
    assert.equal(regionProblem("gcp", "toString"), "must be a region of gcp");
    assert.equal(regionProblem("gcp", "europe-west1"), undefined);
    const message = z.object({ r: regionText("gcp") }).safeParse({ r: "europe-wst1" }).error
      ?.issues[0];
    assert.match(message?.message ?? "", /did you mean "europe-west1"/);
  });

  test("zones of another region and duplicate zones are rejected, each with its path", () => {
    const problems = zoneProblems("aws", "us-east-1", ["us-east-1a", "us-east-2a", "us-east-1a"]);
    assert.deepEqual(
      problems.map(({ index }) => index),
      [1, 2],
    );
    assert.match(problems[0]!.message, /must be a zone of us-east-1: us-east-1a, us-east-1b/);
    assert.match(problems[1]!.message, /twice/);
  });

  test("zones of a region that does not exist have no problems", () => {
    assert.deepEqual(zoneProblems("aws", "nowhere", ["nowhere-a"]), []);
  });
});
