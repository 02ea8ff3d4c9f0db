// Does not prove that the table matches EC2's current offer, or that Karpenter evaluates requirements in the same way.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  familyNames,
  fitting,
  type InstanceChoice,
  instanceRequirements,
  type Requirement,
  steadyTypes,
} from "../../../components/node-pool/aws-instances.ts";
import { leastSpotTypes } from "../../../components/node-pool/aws-schema.ts";
import { instanceFamilies } from "../../../components/node-pool/generated/aws-instances.ts";
import { type Architecture, architectures } from "../../../components/node-pool/pool-schema.ts";

const choices: fc.Arbitrary<InstanceChoice> = fc.record(
  {
    architectures: fc.uniqueArray(fc.constantFrom<Architecture>(...architectures), {
      minLength: 1,
    }),
    vcpus: fc
      .tuple(fc.integer({ min: 1, max: 192 }), fc.integer({ min: 1, max: 192 }))
      .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) })),
    families: fc.uniqueArray(fc.constantFrom(...familyNames), { minLength: 1, maxLength: 8 }),
  },
  { requiredKeys: ["architectures", "vcpus"] },
);

/** Karpenter's labels of each type in the table. */
function labelsOf(family: string, size: string, vcpus: number): Record<string, string> {
  const [, category = "", generation = ""] = /^([a-z]+)(\d+)/.exec(family) ?? [];
  return {
    "kubernetes.io/os": "linux",
    "kubernetes.io/arch": instanceFamilies[family]!.architecture,
    "karpenter.k8s.aws/instance-category": category,
    "karpenter.k8s.aws/instance-generation": generation,
    "karpenter.k8s.aws/instance-family": family,
    "karpenter.k8s.aws/instance-size": size,
    "karpenter.k8s.aws/instance-cpu": String(vcpus),
    "karpenter.k8s.aws/instance-hypervisor": "nitro",
  };
}

function admits({ key, operator, values }: Requirement, labels: Record<string, string>): boolean {
  const label = String(labels[key]);
  const [value = ""] = values;
  switch (operator) {
    case "In":
      return values.includes(label);
    case "Gt":
      return Number(label) > Number(value);
    case "Lt":
      return Number(label) < Number(value);
  }
}

describe("the choice of instance types", () => {
  test("has the same result as requirements and as types", () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const requirements = instanceRequirements(choice);
        const admitted = Object.entries(instanceFamilies).flatMap(([family, { sizes }]) =>
          Object.entries(sizes)
            .filter(([size, [vcpus]]) => {
              const labels = labelsOf(family, size, vcpus);
              return requirements.every((requirement) => admits(requirement, labels));
            })
            .map(([size]) => `${family}.${size}`),
        );
        assert.deepEqual(fitting(choice).sort(), admitted.sort());
      }),
    );
  });

  test("never shrinks with wider settings", () => {
    fc.assert(
      fc.property(choices, (choice) => {
        const wider = { ...choice, vcpus: { min: 1, max: 192 }, architectures };
        const all = new Set(fitting(wider));
        assert.ok(fitting(choice).every((type) => all.has(type)));
      }),
    );
  });

  test("is wide enough for spot by default, with each architecture alone", () => {
    for (const architecture of architectures) {
      const types = fitting({ architectures: [architecture], vcpus: { min: 2, max: 32 } });
      assert.ok(types.length >= leastSpotTypes, `${architecture}: ${types.length}`);
    }
  });

  test("has for a managed node group the smallest type of each stable family, the preferred family first", () => {
    assert.deepEqual(steadyTypes({ architectures: ["arm64"], vcpus: { min: 2, max: 32 } }), [
      "m7g.large",
      "m6g.large",
    ]);
    assert.deepEqual(steadyTypes({ architectures: ["amd64"], vcpus: { min: 3, max: 4 } }), [
      "m7i.xlarge",
      "m6i.xlarge",
      "m6a.xlarge",
      "m5.xlarge",
    ]);
    assert.deepEqual(
      steadyTypes({
        architectures: ["amd64"],
        vcpus: { min: 2, max: 4 },
        families: ["r6i", "c6i"],
      }),
      ["r6i.large", "c6i.large"],
    );
  });
});

describe("the table of instance types", () => {
  test("has types of the categories c, m and r from generation 5 on, with vCPUs and memory", () => {
    assert.ok(familyNames.length > 80);
    for (const [name, { sizes }] of Object.entries(instanceFamilies)) {
      assert.match(name, /^[cmr]([5-9]|\d\d)/);
      assert.ok(!Object.keys(sizes).some((size) => size.startsWith("metal")), name);
      assert.ok(
        Object.values(sizes).every(([vcpus, memory]) => vcpus > 0 && memory > 0),
        name,
      );
    }
  });
});
