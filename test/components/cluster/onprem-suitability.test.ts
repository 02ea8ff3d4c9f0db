/** Does not prove that a cluster that looks suitable is. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  type ClusterFacts,
  observedVersion,
  unsuitable,
} from "../../../components/cluster/onprem-suitability.ts";
import { BlueprintError } from "../../../components/core/errors.ts";

const suitable: ClusterFacts = {
  kubeletVersions: { "sel-a1": "v1.35.2", "sel-b1": "v1.35.2+k3s1", "sel-c1": "v1.34.6" },
  apis: { "v1.gateway.networking.k8s.io": true },
};

describe("suitability of a cluster", () => {
  test("a cluster that meets the manifest has the observed version", () => {
    assert.equal(observedVersion('cluster "c"', "1.35", suitable), "1.35");
  });

  test("all problems are in one error", () => {
    const facts = {
      kubeletVersions: { "sel-a1": "v1.36.0", "sel-b1": "v1.32.1", "sel-c1": undefined },
      apis: { "v1.gateway.networking.k8s.io": false },
    };
    assert.throws(
      () => observedVersion('cluster "c"', "1.35", facts),
      (error) => {
        assert.ok(error instanceof BlueprintError);
        assert.equal(error.code, "cluster-unsuitable");
        assert.deepEqual(
          error.problems.map(({ path }) => path),
          ["version", "node sel-b1", "node sel-c1", "API v1.gateway.networking.k8s.io"],
        );
        return true;
      },
    );
  });

  test("nodes without a zone, and classes that are not the default, are named", () => {
    const problems = unsuitable("1.35", {
      ...suitable,
      missingLabels: { "sel-a1": [], "sel-b1": ["topology.kubernetes.io/zone", "rack"] },
      defaultClasses: { "PriorityClass site": true, "StorageClass fast": false },
    });
    assert.deepEqual(
      problems.map(({ path, message }) => `${path}: ${message}`),
      [
        'node sel-b1: must have the label "topology.kubernetes.io/zone": pods of databases and brokers are not scheduled on nodes whose zone is unknown',
        'node sel-b1: must have the label "rack": pods of databases and brokers are not scheduled on nodes whose zone is unknown',
        "StorageClass fast: must be the cluster's default: correct cluster.defaultClasses",
      ],
    );
  });

  test("a node may be three minor versions older than the newest, and no more", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), (older) => {
        const kubeletVersions = { new: "v1.35.0", old: `v1.${35 - older}.0` };
        const problems = unsuitable("1.35", { kubeletVersions, apis: {} });
        assert.equal(problems.length, older > 3 ? 1 : 0);
      }),
    );
  });

  test("an invalid version is reported as none", () => {
    for (const version of ["", "1.35", "v2.1.0", "v1.x"]) {
      const problems = unsuitable("1.35", {
        kubeletVersions: { a: "v1.35.1", b: version },
        apis: {},
      });
      assert.deepEqual(
        problems.map(({ path }) => path),
        ["node b"],
      );
    }
  });
});
