// What these tests cannot prove: what an image of another release reserves, and what agents of a cluster's owner request.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { allocatableOnEks, allocatableOnGke } from "../../../components/node-pool/allocatable.ts";
import {
  awsNodePoolsSpec,
  gcpNodePoolsSpec,
  onpremNodePoolsSpec,
} from "../../../components/node-pool/schema.ts";
import { nodePoolSupply, tenantNodes } from "../../../components/node-pool/supply.ts";

const system = { class: "system", capacity: "on-demand", size: { min: 3, max: 6 } } as const;
const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);

describe("what pods can request of a node", () => {
  test("on EKS is without what the kubelet reserves, the eviction threshold and the hypervisor's memory", () => {
    // 60 + 10 + 2 x 5 millicores; 7.5 % of 16 GiB, 255 + 11 x 110 MiB, and 100 MiB.
    const { cpu, memoryGib } = allocatableOnEks({ cpu: 4, memoryGib: 16 }, 110);
    near(cpu, 3.92);
    near(memoryGib, 14.8 - 1465 / 1024 - 100 / 1024);
  });

  test("on GKE follows its table", () => {
    // 25 % of 4 GiB, 20 % of the next 4, 10 % of the next 8, 6 % of the next 112, 2 % of the rest.
    const { cpu, memoryGib } = allocatableOnGke({ cpu: 48, memoryGib: 192 });
    near(cpu, 48 - 0.08 - 44 * 0.0025);
    near(memoryGib, 192 - (1 + 0.8 + 0.8 + 6.72 + 1.28) - 100 / 1024);
  });
});

describe("the nodes that tenants' pods run on", () => {
  test("on AWS are of the smallest instances that a pool allows", () => {
    const spec = awsNodePoolsSpec.parse({
      cloud: "aws",
      region: "us-east-1",
      account: "111122223333",
      pools: {
        system,
        general: {
          class: "stateless",
          capacity: "spot-with-fallback",
          families: ["m7g", "r7g", "c7g", "m6g", "r6g", "c6g"],
          architectures: ["arm64"],
          vcpus: { min: 4, max: 32 },
          size: { min: 0, max: 10 },
        },
        batch: { class: "batch", capacity: "spot", size: { min: 0, max: 60 } },
        data: { class: "stateful", capacity: "on-demand", size: { min: 0, max: 9 } },
        gpu: {
          class: "stateless",
          capacity: "on-demand",
          size: { min: 0, max: 9 },
          taints: { gpu: { effect: "NoSchedule" } },
        },
      },
    });
    const [general, ...others] = tenantNodes(spec);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [general?.pool, general?.most, general?.podsEach, general?.machine],
      ["general", 10, 110, { cpu: 4, memoryGib: 8 }],
    );
    const supply = nodePoolSupply(spec, { cloud: "aws", key: undefined, quotas: {} });
    const of = (resource: string) => supply.filter((each) => each.resource === resource);
    near(of("cpu")[0]?.has ?? 0, 39.2);
    near(of("cpu")[0]?.takes ?? 0, 3);
    near(of("memoryGib")[0]?.has ?? 0, 10 * (7.4 - 1565 / 1024));
    assert.deepEqual(
      of("pods").map(({ has, takes }) => [has, takes]),
      [[1100, 80]],
    );
    // All 94 nodes have addresses and disks.
    assert.deepEqual(
      of("addresses").map(({ takes }) => takes),
      [94 * 32],
    );
    assert.deepEqual(
      of("storageGib").map(({ takes }) => takes),
      [94 * 50],
    );
  });

  test("on Google Cloud are those of the on-demand node pool", () => {
    const spec = gcpNodePoolsSpec.parse({
      cloud: "gcp",
      project: "acme-prod",
      region: "europe-west1",
      zones: ["europe-west1-b", "europe-west1-c"],
      version: "1.35",
      pools: {
        system,
        general: {
          class: "stateless",
          capacity: "spot-with-fallback",
          vcpus: { min: 4, max: 16 },
          size: { min: 0, max: 40 },
        },
        batch: { class: "batch", capacity: "spot", size: { min: 0, max: 60 } },
      },
    });
    assert.deepEqual(
      tenantNodes(spec).map(({ pool, most, podsEach, machine }) => [pool, most, podsEach, machine]),
      [["general", 40, 64, { cpu: 8, memoryGib: 32 }]],
    );
    const [cpu] = nodePoolSupply(spec, { cloud: "gcp", key: undefined, quotas: {} });
    assert.equal(cpu?.resource, "cpu");
    near(cpu?.has ?? 0, 40 * 7.91);
  });

  test("on-premises have what the manifest says, or CPUs and memory that are not known", () => {
    const pool = (more: object) =>
      onpremNodePoolsSpec.parse({
        cloud: "onprem",
        pools: {
          general: {
            class: "stateless",
            capacity: "on-demand",
            nodes: ["a1", "b1"],
            size: { min: 2, max: 2 },
            ...more,
          },
        },
      });
    const cell = { cloud: "onprem", key: undefined, quotas: {} } as const;
    const amounts = (more: object) =>
      nodePoolSupply(pool(more), cell).map(({ resource, has }) => [resource, has]);
    assert.deepEqual(amounts({}), [["pods", 220]]);
    assert.deepEqual(amounts({ allocatable: { cpu: 15.5, memory: "60 GiB" } }), [
      ["cpu", 31],
      ["memoryGib", 120],
      ["pods", 220],
    ]);
  });
});
