// Names that clouds reserve are refused when manifests are read, and accepted names give physical names that the embedded cloud accepts,
// in all stacks. Not proven here: that these are all rules of the clouds.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { NameKind } from "../../../components/core/naming.ts";
import { nameProblems, physicalName } from "../../../components/core/naming.ts";
import { nameSchema } from "../../../components/core/stack-name.ts";
import { cellSections } from "../../../components/sections.ts";
import { reservedProblems } from "../../../footprint/across/physical-names.ts";
import { plannedNames } from "../../../footprint/across/planned-names.ts";
import type { Footprint } from "../../../footprint/model.ts";
import { breaks, rulesOf } from "../../../simulator/schema/rules.ts";
import { cellStack } from "../../../stacks/cell/cell.ts";
import { environmentStack } from "../../../stacks/environment/environment.ts";
import { refusals as refused } from "../../support/accepted.ts";
import { inventory, type Registered } from "../../support/inventory.ts";
import { renamed } from "../../support/renamed.ts";
import { loaded, refusals } from "../../support/sample.ts";

const cases: [environment: string, cells: Parameters<typeof renamed>[1], expected: RegExp[]][] = [
  ["sg-prod", {}, [/^Pulumi\.sg-prod\.yaml: the name: must not begin with "sg-", which EC2 /]],
  ["aws", {}, [/^Pulumi\.aws\.yaml: the name: must not be "aws": KMS reserves alias\/aws\//]],
  ["sthree-eu", {}, [/^Pulumi\.sthree-eu\.yaml: the name: .* which S3 reserves/]],
  ["amzn-s3-demo-eu", {}, [/^Pulumi\.amzn-s3-demo-eu\.yaml: the name: .* which S3 reserves/]],
  [
    "gcp",
    {},
    [/^Pulumi\.gcp\.yaml: the name: .*Google reserves in ids of workload identity pools/],
  ],
  ["gcp-prod", {}, [/^Pulumi\.gcp-prod\.yaml: the name: must not be "gcp" or begin with "gcp-"/]],
  [
    "google-prod",
    {},
    [
      /^Pulumi\.google-prod\.yaml: the name: .* names of buckets; .* topics and subscriptions \(got "google-prod"\)$/,
    ],
  ],
  ["my-g00gle", {}, [/^Pulumi\.my-g00gle\.yaml: the name: .* close misspelling/]],
  [
    "prod",
    { gcp: "google-eu" },
    [/^Pulumi\.prod\.google-eu\.yaml: the name: .*"google".*\(got "google-eu"\)$/],
  ],
  // What one cloud reserves, others do not.
  ["prod", { aws: "google-eu" }, []],
  ["prod", { aws: "sg-1", gcp: "gcp-eu" }, []],
  ["aws-prod", {}, []],
];

describe("an environment and its cells", () => {
  for (const [environment, cells, expected] of cases) {
    const names = [environment, ...Object.values(cells ?? {})].join(" and ");
    test(`called ${names} are ${expected.length > 0 ? "refused" : "accepted"}`, () => {
      const lines = refusals(renamed(environment, cells), environment);
      assert.equal(lines.length, expected.length, lines.join("\n"));
      for (const [index, pattern] of expected.entries()) assert.match(lines[index]!, pattern);
    });
  }
});

/** The property of a resource that has a name of this kind. */
const properties: Partial<Record<NameKind, readonly [type: string, property: string]>> = {
  "eks-cluster": ["aws:eks/cluster:Cluster", "name"],
  "iam-role": ["aws:iam/role:Role", "name"],
  "kms-alias": ["aws:kms/alias:Alias", "name"],
  "launch-template": ["aws:ec2/launchTemplate:LaunchTemplate", "name"],
  "rds-cluster": ["aws:rds/cluster:Cluster", "clusterIdentifier"],
  "s3-bucket": ["aws:s3/bucket:Bucket", "bucket"],
  "security-group": ["aws:ec2/securityGroup:SecurityGroup", "name"],
  "sqs-queue": ["aws:sqs/queue:Queue", "name"],
  "sqs-fifo-queue": ["aws:sqs/queue:Queue", "name"],
  "elasticache-group": ["aws:elasticache/user:User", "userId"],
  "gcp-service-account": ["gcp:serviceaccount/account:Account", "accountId"],
  "gcs-bucket": ["gcp:storage/bucket:Bucket", "name"],
  "gke-cluster": ["gcp:container/cluster:Cluster", "name"],
  pubsub: ["gcp:pubsub/topic:Topic", "name"],
  "secret-manager-secret": ["gcp:secretmanager/secret:Secret", "secretId"],
  "workload-identity-pool": [
    "gcp:iam/workloadIdentityPool:WorkloadIdentityPool",
    "workloadIdentityPoolId",
  ],
};

const lookalikes = [
  "sg-",
  "goog",
  "google-",
  "aws",
  "aws-",
  "gcp",
  "gcp-",
  "sthree-",
  "default",
  "kube-",
];
const name = fc
  .tuple(
    fc.constantFrom("", ...lookalikes),
    fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z0-9]{1,9})?$/),
  )
  .map((parts) => parts.join(""))
  .filter((text) => nameSchema.safeParse(text).success);

test("the names that accepted ones give pass the embedded cloud's rules, whatever they are", () => {
  const sample = loaded({});
  fc.assert(
    fc.property(name, name, (environment, cell) => {
      const cells = sample.cells.flatMap((known, index) => {
        const own = `${cell.slice(0, 18)}${index}`;
        return { ...known, environment, name: own, stack: `${environment}.${own}` };
      });
      const read = { name: environment, sections: sample.environment, cells };
      const names = plannedNames(read, cellSections);
      fc.pre(reservedProblems(names).length === 0);
      for (const { kind, parts } of names) {
        const [type = "", property = ""] = properties[kind] ?? [];
        const rule = rulesOf(type).get(property);
        assert.deepEqual(nameProblems(kind, parts), []);
        if (rule) assert.equal(breaks(rule, physicalName(kind, parts)), undefined);
      }
    }),
    { numRuns: 200 },
  );
});

/** The resources of the environment's stack and of its cells', as a preview before the first deployment registers them. */
async function resourcesOf(footprint: Footprint): Promise<Registered[]> {
  const run = { retain: false };
  const options = { preview: true };
  const all = [await inventory(() => environmentStack(footprint, run), options)];
  for (const cell of footprint.cells.filter(({ cloud }) => cloud !== "onprem")) {
    all.push(await inventory(() => cellStack(footprint, cell, run), options));
  }
  return all.flat().filter(({ type }) => !type.startsWith("pulumi:"));
}

/** Problems of names: not those of a preview, which lacks what it cannot know. */
function wrongNames(resources: readonly Registered[]): string[] {
  return refused(resources).filter(
    (line) => !/is required and missing|must be given|not in the embedded/.test(line),
  );
}

describe("all stacks", () => {
  const longest = { aws: "a1-".repeat(6).concat("aw"), gcp: "g1-".repeat(6).concat("gc") };
  for (const [environment, cells] of [
    ["e1-".repeat(6).concat("en"), longest],
    ["a", { aws: "b", gcp: "c" }],
    ["aws-default", { aws: "sg-ssm", gcp: "kube-aws" }],
  ] as const) {
    test(`of an environment ${environment} have valid physical names, and those that are planned`, async () => {
      const footprint = loaded(renamed(environment, cells), environment);
      const resources = await resourcesOf(footprint);
      assert.deepEqual(wrongNames(resources), []);
      const sections = footprint.environment;
      const planned = plannedNames(
        { name: environment, sections, cells: footprint.cells },
        cellSections,
      );
      const names = new Set(planned.map(({ kind, parts }) => physicalName(kind, parts)));
      const types = new Map(Object.values(properties).map((each) => each));
      const given = resources.flatMap(({ type, inputs }) => {
        const value = inputs[types.get(type) ?? ""];
        return typeof value === "string" && type !== "aws:ec2/securityGroup:SecurityGroup"
          ? [value]
          : [];
      });
      assert.ok(given.length > 40, String(given.length));
      assert.deepEqual(
        given.filter((value) => !names.has(value)),
        [],
      );
    });
  }
});
