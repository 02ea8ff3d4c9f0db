// What a manifest may not say about node pools on GKE. That Google would have refused it too is from its documents.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { gcpNodePoolsSpec } from "../../../components/node-pool/schema.ts";
import { spec } from "./gcp-fixture.ts";

describe("what a manifest may not say about node pools on GKE", () => {
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
      /pools\.web\.families: must leave a machine series/,
    ],
    [
      "confidential nodes on Arm",
      { web: { ...web, architectures: ["arm64"], confidential: true } },
      /pools\.web\.confidential: must leave a machine series that keeps memory encrypted/,
    ],
    [
      "business hours, which GKE cannot keep",
      { web: { ...web, businessHours: { timeZone: "Europe/Berlin", from: "08:00", to: "18:00" } } },
      /pools\.web\.businessHours: cannot be kept on GKE.*set cluster\.maintenance/,
    ],
    [
      "a compute class with a name of GKE's own",
      { default: { ...web, capacity: "spot-with-fallback" } },
      /pools\.default: must have another key/,
    ],
    [
      "a taint without an effect of Kubernetes",
      { web: { ...web, taints: { "a.example/b": { effect: "Never" } } } },
      /pools\.web\.taints\.a\.example\/b\.effect: /,
    ],
    [
      "a label in Google's domain",
      { web: { ...web, labels: { "cloud.google.com/x": "y" } } },
      /pools\.web\.labels\.cloud\.google\.com\/x: .*must not be in a domain/,
    ],
    [
      "a disk that the image does not fit",
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

  test("no pool for the cluster's own controllers", () => {
    const { problems } = checkSpec(gcpNodePoolsSpec, { ...spec, pools: { web } }, "spec");
    assert.match(String(problems[0]?.message), /must have a pool of the class "system"/);
  });

  test("Arm nodes below the version that can have them without GKE's taint", () => {
    const pools = { system: { ...system, architectures: ["arm64"] } };
    const at = (version: unknown) =>
      checkSpec(gcpNodePoolsSpec, { ...spec, version, pools }, "spec").problems;
    assert.match(at("1.34")[0]?.message ?? "", /must be \["amd64"\] below cluster version 1\.35/);
    // What is no text is refused as such, even where it cannot be made one.
    assert.ok(at({ toString: 1 }).every(({ path }) => path === "spec: version"));
    assert.deepEqual(at("1.35"), []);
  });

  test("all of it at once, what concerns several pools or the cluster included", () => {
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

  test("no map at all is one problem", () => {
    for (const pools of ["none", [web], null]) {
      const { problems } = checkSpec(gcpNodePoolsSpec, { ...spec, pools }, "spec");
      assert.deepEqual(
        problems.map(({ path }) => path),
        ["spec: pools"],
      );
    }
  });
});
