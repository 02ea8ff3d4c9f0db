// The rules of Karpenter's definitions. Not proven here: how Karpenter then acts in a real cluster.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkKubernetes, unknownValue } from "../../../simulator/schema/index.ts";

type Bag = Record<string, unknown>;
const said = (object: Bag): string =>
  checkKubernetes(object)
    .map(({ property, reason }) => `${property}: ${reason}`)
    .join("\n");

describe("node pools", () => {
  const nodeClassRef = { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" };
  const spot = { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] };
  const pool = ({
    requirements = [spot],
    disruption = { consolidateAfter: "5m" },
    template = {},
    labels = {},
  }: Record<string, unknown>): Bag => ({
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name: "spot" },
    spec: {
      disruption,
      template: {
        metadata: { labels },
        spec: { nodeClassRef, requirements, expireAfter: "720h", ...(template as Bag) },
      },
    },
  });
  test("a valid one passes, with unknown values", () => {
    assert.equal(
      said(
        pool({
          disruption: {
            consolidateAfter: "5m",
            budgets: [
              { nodes: "10%" },
              { nodes: "0", schedule: "0 8 * * mon-fri", duration: "10h" },
            ],
          },
        }),
      ),
      "",
    );
    assert.equal(
      said(
        pool({
          requirements: [{ ...spot, values: unknownValue }],
          template: { expireAfter: unknownValue },
        }),
      ),
      "",
    );
  });
  test("durations, percentages and budgets must match their patterns", () => {
    assert.match(
      said(pool({ disruption: { consolidateAfter: "5 minutes" } })),
      /spec.disruption.consolidateAfter: must match/,
    );
    assert.match(
      said(pool({ disruption: { consolidateAfter: "5m", budgets: [{ nodes: "110%" }] } })),
      /budgets\[0\].nodes: must match/,
    );
    assert.match(
      said(
        pool({
          disruption: { consolidateAfter: "5m", budgets: [{ nodes: "1", schedule: "@daily" }] },
        }),
      ),
      /schedule and duration must be given together/,
    );
    assert.match(
      said(pool({ template: { terminationGracePeriod: "Never" } })),
      /terminationGracePeriod: must match/,
    );
  });
  test("requirements can be met", () => {
    assert.match(
      said(pool({ requirements: [{ ...spot, values: [] }] })),
      /operator In needs at least one value/,
    );
    assert.match(
      said(
        pool({
          requirements: [
            { key: "karpenter.k8s.aws/instance-cpu", operator: "Gt", values: ["four"] },
          ],
        }),
      ),
      /exactly one whole number/,
    );
    assert.match(
      said(pool({ requirements: [{ ...spot, minValues: 2 }] })),
      /minValues is 2, but there are only 1 values/,
    );
    assert.match(said(pool({ requirements: [{ ...spot, operator: "Inn" }] })), /did you mean "In"/);
  });
  test("labels of Karpenter and Kubernetes are restricted", () => {
    assert.match(
      said(pool({ requirements: [{ ...spot, key: "karpenter.sh/capacitytype" }] })),
      /restricted by Karpenter, did you mean "karpenter.sh\/capacity-type"/,
    );
    assert.match(
      said(pool({ labels: { "kubernetes.io/hostname": "a" } })),
      /spec.template.metadata.labels\["kubernetes.io\/hostname"\]/,
    );
    assert.equal(
      said(pool({ labels: { "node.kubernetes.io/pool": "a", "acme.example/tier": "b" } })),
      "",
    );
  });
});

describe("node classes", () => {
  const nodeClass = (changed: Bag): Bag => ({
    apiVersion: "karpenter.k8s.aws/v1",
    kind: "EC2NodeClass",
    metadata: { name: "default" },
    spec: {
      role: "nodes",
      amiSelectorTerms: [{ alias: "al2023@v20260903" }],
      subnetSelectorTerms: [{ tags: { a: "b" } }],
      securityGroupSelectorTerms: [{ id: "sg-0a" }],
      ...changed,
    },
  });
  test("a valid one passes", () => assert.equal(said(nodeClass({})), ""));
  const cases: [string, Bag, RegExp][] = [
    [
      "exactly one of role and instance profile",
      { instanceProfile: "p" },
      /exactly one of role and instanceProfile/,
    ],
    [
      "an alias with a known family",
      { amiSelectorTerms: [{ alias: "al2022@latest" }] },
      /alias: must be family@version/,
    ],
    [
      "no other terms with an alias",
      { amiSelectorTerms: [{ alias: "al2023@latest" }, { id: "ami-0a" }] },
      /must be the only one/,
    ],
    [
      "an AMI family without an alias",
      { amiSelectorTerms: [{ id: "ami-0a" }] },
      /amiFamily: is required/,
    ],
    [
      "at least one selector term",
      { subnetSelectorTerms: [] },
      /subnetSelectorTerms: must not be empty/,
    ],
    [
      "at least one field in a selector term",
      { securityGroupSelectorTerms: [{}] },
      /one of tags, id, name must be given/,
    ],
    [
      "no other fields with an id",
      { subnetSelectorTerms: [{ id: "subnet-0a", tags: { a: "b" } }] },
      /id excludes the other selectors/,
    ],
    [
      "one root volume",
      {
        blockDeviceMappings: [1, 2].map((n) => ({
          deviceName: `/dev/xvd${n}`,
          rootVolume: true,
          ebs: { volumeSize: "20Gi" },
        })),
      },
      /only one may be the rootVolume/,
    ],
    [
      "a size or snapshot for each volume",
      { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: true } }] },
      /snapshotID or volumeSize/,
    ],
    [
      "tags that Karpenter does not set itself",
      { tags: { "karpenter.sh/nodepool": "a" } },
      /is set by Karpenter itself/,
    ],
    [
      "a hop limit in range",
      { metadataOptions: { httpPutResponseHopLimit: 65 } },
      /httpPutResponseHopLimit: must be <= 64/,
    ],
  ];
  for (const [name, changed, message] of cases) {
    test(`needs ${name}`, () => assert.match(said(nodeClass(changed)), message));
  }
});
