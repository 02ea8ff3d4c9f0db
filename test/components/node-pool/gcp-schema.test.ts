// Invalid settings of node pools on GKE. Whether Google Cloud refuses the same is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { gcpNodePoolsSpec } from "../../../components/node-pool/schema.ts";
import { spec } from "./gcp-fixture.ts";

describe("invalid settings of node pools on GKE", () => {
  const system = { class: "system", capacity: "on-demand", size: { min: 1, max: 3 } };
  const web = { class: "stateless", capacity: "on-demand", size: { min: 0, max: 3 } };
  const cases: [string, Record<string, unknown>, RegExp][] = [
    [
      "stateful pods on spot",
      { data: { ...web, class: "stateful", capacity: "spot" } },
      /pools\.data\.capacity: must be "on-demand" for the class "stateful"/,
    ],
    [
      "min above max",
      { web: { ...web, size: { min: 4, max: 3 } } },
      /pools\.web\.size\.min: must not be greater than max/,
    ],
    ["an unknown series", { web: { ...web, families: ["n5"] } }, /pools\.web\.families\[0\]: /],
    [
      "an unknown architecture",
      { web: { ...web, architectures: ["x86"] } },
      /pools\.web\.architectures\[0\]: /,
    ],
    [
      "a size that no series has",
      { web: { ...web, vcpus: { min: 33, max: 47 }, families: ["n4"] } },
      /pools\.web\.families: must allow a machine series/,
    ],
    [
      "confidential nodes on Arm",
      { web: { ...web, architectures: ["arm64"], confidential: true } },
      /pools\.web\.confidential: must allow a machine series with memory encryption/,
    ],
    [
      "business hours, which GKE does not support",
      { web: { ...web, businessHours: { timeZone: "Europe/Berlin", from: "08:00", to: "18:00" } } },
      /pools\.web\.businessHours: is not supported on GKE.*set cluster\.maintenance/,
    ],
    [
      "a compute class with a reserved name of GKE",
      { default: { ...web, capacity: "spot-with-fallback" } },
      /pools\.default: must have another key/,
    ],
    [
      "a taint with an unknown effect",
      { web: { ...web, taints: { "a.example/b": { effect: "Never" } } } },
      /pools\.web\.taints\.a\.example\/b\.effect: /,
    ],
    [
      "a label in Google's domain",
      { web: { ...web, labels: { "cloud.google.com/x": "y" } } },
      /pools\.web\.labels\.cloud\.google\.com\/x: .*must not be in a domain/,
    ],
    [
      "a disk that is too small for the image",
      { web: { ...web, diskGiB: 10 } },
      /pools\.web\.diskGiB: must be at least 50 GiB/,
    ],
  ];
  for (const [what, pools, expected] of cases) {
    test(what, () => {
      const { problems } = checkSpec(
        gcpNodePoolsSpec,
        { ...spec, pools: { system, ...pools } },
        "spec",
      );
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, expected);
    });
  }

  test("no system pool", () => {
    const { problems } = checkSpec(gcpNodePoolsSpec, { ...spec, pools: { web } }, "spec");
    assert.match(String(problems[0]?.message), /must have a pool of the class "system"/);
  });

  test("Arm nodes below the version that can omit GKE's taint", () => {
    const pools = { system: { ...system, architectures: ["arm64"] } };
    const at = (version: unknown) =>
      checkSpec(gcpNodePoolsSpec, { ...spec, version, pools }, "spec").problems;
    assert.match(at("1.34")[0]?.message ?? "", /must be \["amd64"\] below cluster version 1\.35/);
    // A value that is not a string is refused, even if it cannot be converted to one.
    assert.ok(at({ toString: 1 }).every(({ path }) => path === "spec: version"));
    assert.deepEqual(at("1.35"), []);
  });

  test("all problems together, including those across pools and with the cluster", () => {
    const pools = { web: { ...web, capacity: "lots", architectures: ["arm64"] }, broken: 7 };
    const { problems } = checkSpec(gcpNodePoolsSpec, { ...spec, version: "1.34", pools }, "spec");
    assert.deepEqual(
      problems.map(({ path }) => path),
      [
        "spec: pools.web.capacity",
        "spec: pools.broken",
        "spec: pools",
        "spec: pools.web.architectures",
      ],
    );
  });

  test("a value that is not a map, as one problem", () => {
    for (const pools of ["none", [web], null]) {
      const { problems } = checkSpec(gcpNodePoolsSpec, { ...spec, pools }, "spec");
      assert.deepEqual(
        problems.map(({ path }) => path),
        ["spec: pools"],
      );
    }
  });
});
