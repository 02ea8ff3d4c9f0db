// Does not prove that AWS accepts these versions and periods today.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { addonNames, addonVersions } from "../../../components/cluster/aws-addon-versions.ts";
import { awsClusterSpec } from "../../../components/cluster/schema.ts";
import { supportedVersions } from "../../../components/cluster/versions.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { admin, clusterSpec } from "./aws-fixture.ts";

/** The problems of the fixture with these changes, one line each. */
const problems = (changes: Record<string, unknown>) =>
  checkSpec(awsClusterSpec, { ...clusterSpec, ...changes }, "cluster").problems.map(
    ({ path, message }) => `${path.replace("cluster: ", "")}: ${message}`,
  );

describe("the cluster section of an AWS cell", () => {
  test("is valid with a version and one cluster admin, and private by default", () => {
    const { spec } = checkSpec(awsClusterSpec, clusterSpec, "cluster");
    assert.equal(spec?.endpointPublicAccess, false);
    assert.deepEqual(spec?.publicAccessCidrs, []);
    assert.equal(spec?.serviceCidr, "172.20.0.0/16");
  });

  const refusals: [string, Record<string, unknown>, RegExp][] = [
    [
      "a version out of support",
      { version: "1.29" },
      /^version: must be a version in standard support: "1\.34"/,
    ],
    ["a version without quotes", { version: 1.35 }, /^version: must be in quotes/],
    [
      "a public endpoint open to nobody in particular",
      { endpointPublicAccess: true },
      /^publicAccessCidrs: is required: must list the blocks/,
    ],
    [
      "blocks for a public endpoint that is off",
      { publicAccessCidrs: ["203.0.113.0/24"] },
      /^publicAccessCidrs: must be empty/,
    ],
    [
      "a block that is none",
      { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0"] },
      /^publicAccessCidrs\[0\]: must be an IPv4 block/,
    ],
    ["nobody with full access", { access: {} }, /^access: must give "cluster-admin"/],
    [
      "a cluster admin within namespaces",
      { access: { a: { principalArn: admin, policy: "cluster-admin", namespaces: ["shop"] } } },
      /^access\.a\.namespaces: must be empty/,
    ],
    [
      "a principal twice",
      {
        access: {
          a: { principalArn: admin, policy: "cluster-admin" },
          b: { principalArn: admin, policy: "view" },
        },
      },
      /^access\.b\.principalArn: must be named once: "a"/,
    ],
    [
      "a principal that is no role or user",
      {
        access: { a: { principalArn: "arn:aws:iam::111122223333:root", policy: "cluster-admin" } },
      },
      /^access\.a\.principalArn: must be the ARN of an IAM role or user/,
    ],
    [
      "a service range that is too large",
      { serviceCidr: "10.0.0.0/8" },
      /^serviceCidr: must lie in .* between \/12 and \/24/,
    ],
    [
      "a service range outside RFC 1918",
      { serviceCidr: "100.64.0.0/16" },
      /^serviceCidr: must lie in/,
    ],
    [
      "a retention that CloudWatch has not",
      { logRetentionDays: 100 },
      /^logRetentionDays: must be one of/,
    ],
    [
      "an add-on version of another form",
      { addons: { coredns: "latest" } },
      /^addons\.coredns: must be an add-on version/,
    ],
    ["a name that is too long", { name: "a".repeat(64) }, /^name: must have at most 63/],
    [
      "a field it does not know",
      { endpointPublicAcces: true },
      /endpointPublicAcces: unknown field, did you mean "endpointPublicAccess"/,
    ],
  ];
  for (const [what, changes, message] of refusals) {
    test(`rejects ${what}`, () => {
      const found = problems(changes);
      assert.equal(found.length, 1, found.join("\n"));
      assert.match(String(found[0]), message);
    });
  }

  test("accepts the whole internet as a block: a policy rejects it, unless exempted", () => {
    assert.deepEqual(
      problems({ endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] }),
      [],
    );
  });
});

describe("the pinned add-ons", () => {
  test("are pinned for every supported version", () => {
    assert.deepEqual(Object.keys(addonVersions), Object.keys(supportedVersions.eks));
    for (const versions of Object.values(addonVersions)) {
      assert.deepEqual(Object.keys(versions).sort(), [...addonNames].sort());
    }
  });

  test("have a kube-proxy of the cluster's own minor version", () => {
    for (const [version, { "kube-proxy": proxy }] of Object.entries(addonVersions)) {
      assert.ok(proxy.startsWith(`v${version}.`), `${proxy} on ${version}`);
    }
  });
});
