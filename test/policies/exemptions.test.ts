/** Exemptions, lifetimes and claimed frameworks of an environment's manifest. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import { covers } from "../../policies/exemptions.ts";
import { readSettings, type Settings } from "../../policies/settings.ts";
import { type Given, judge, judgeStack, permanent, urnOf } from "./judge.ts";
import { changed } from "./passing.ts";

const root: Given = { type: "pulumi:pulumi:Stack", name: "atoll-prod", props: {} };
const open: Given = {
  type: "aws:eks/cluster:Cluster",
  name: "cluster",
  props: changed("aws:eks/cluster:Cluster", "vpcConfig.endpointPublicAccess", true),
};
const exemption = {
  control: "EKS1",
  resource: "cluster",
  reason: "partner integration until the tunnel stands",
  expires: "2026-06-30",
};

function exempting(...exemptions: Settings["exemptions"]): Settings {
  return { ...permanent, exemptions };
}

const controlsOf = (verdicts: readonly { control: string }[]) =>
  verdicts.map(({ control }) => control);

beforeEach(() => {
  process.env.ATOLL_TODAY = "2026-06-30";
});
afterEach(() => {
  delete process.env.ATOLL_TODAY;
});

describe("an exemption", () => {
  test("covers its control on its resource until the end of its last day", async () => {
    assert.deepEqual(controlsOf(await judge([root, open])), ["EKS1"]);
    assert.deepEqual(await judge([root, open], exempting(exemption)), []);
  });

  test("also covers checks after the update", async () => {
    assert.deepEqual(controlsOf(await judgeStack([root, open])), ["EKS7", "EKS1"]);
    assert.deepEqual(controlsOf(await judgeStack([root, open], exempting(exemption))), ["EKS7"]);
  });

  test("covers neither other controls nor other resources", async () => {
    assert.deepEqual(
      controlsOf(await judge([open], exempting({ ...exemption, control: "EKS2" }))),
      ["EKS1"],
    );
    assert.deepEqual(
      controlsOf(await judge([open], exempting({ ...exemption, resource: "cluster-b" }))),
      ["EKS1"],
    );
  });

  test("is a violation and covers nothing once it has expired", async () => {
    process.env.ATOLL_TODAY = "2026-07-01";
    const verdicts = await judge([root, open], exempting(exemption));
    assert.deepEqual(controlsOf(verdicts), ["ATOLL2", "EKS1"]);
    assert.match(
      verdicts[0]?.message ?? "",
      /exemptions\[0\]\.expires is "2026-06-30".*"cluster" from EKS1 has expired/,
    );
  });

  test("for an unknown control is a violation", async () => {
    const verdicts = await judge([root], exempting({ ...exemption, control: "EKS99" }));
    assert.deepEqual(controlsOf(verdicts), ["ATOLL2"]);
    assert.match(verdicts[0]?.message ?? "", /"EKS99"/);
  });

  test("cannot cover the control of exemptions", async () => {
    const settings = exempting({ ...exemption, control: "ATOLL2", resource: "*" });
    assert.deepEqual(controlsOf(await judge([root], settings)), ["ATOLL2"]);
  });

  test("matches a resource by name, URN, or a pattern of either", () => {
    const resource = {
      name: "network-public-a",
      urn: urnOf({ type: "aws:ec2/subnet:Subnet", name: "network-public-a" }),
    };
    for (const pattern of [
      "network-public-a",
      "network-public-*",
      "*",
      resource.urn,
      "urn:pulumi:prod*::network-*",
    ]) {
      assert.ok(covers(pattern, resource), pattern);
    }
    for (const pattern of [
      "network-public",
      "public-*",
      "network.public.a",
      "urn:pulumi:dev*",
      "",
    ]) {
      assert.ok(!covers(pattern, resource), pattern);
    }
  });
});

describe("an environment", () => {
  test("does not need deletion protection if it is ephemeral", async () => {
    const unprotected = {
      ...open,
      props: changed("aws:eks/cluster:Cluster", "deletionProtection", false),
    };
    assert.deepEqual(controlsOf(await judge([unprotected])), ["EKS5"]);
    assert.deepEqual(await judge([unprotected], { ...permanent, lifetime: "ephemeral" }), []);
  });

  test("gets the requirements of its claimed frameworks, or of all if it claims none", async () => {
    const [all] = await judge([open]);
    assert.match(all?.message ?? "", /Required by: SOC 2 CC6\.6; PCI DSS 1\.3\.1; CCPA 1798\.150/);
    const [claimed] = await judge([open], { ...permanent, frameworks: ["pci-dss-4"] });
    assert.match(claimed?.message ?? "", /Required by: PCI DSS 1\.3\.1\.$/);
  });
});

describe("settings", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "atoll-settings-"));
  after(() => rmSync(folder, { recursive: true }));
  const manifest = (text: string) => writeFileSync(path.join(folder, "Pulumi.prod.yaml"), text);

  test("are read from the environment's manifest, for its own stack and its cells'", () => {
    manifest(
      "config:\n  atoll:manifest:\n    kind: environment\n    lifetime: ephemeral\n    frameworks: [soc2]\n    unread: true\n",
    );
    for (const stack of ["prod", "prod.aws-use1"]) {
      const settings = readSettings(stack, folder);
      assert.deepEqual(settings.problems, []);
      assert.equal(settings.lifetime, "ephemeral");
      assert.deepEqual(settings.frameworks, ["soc2"]);
    }
  });

  for (const [what, text, problem] of [
    ["is missing", undefined, /cannot be read: no such file/],
    ["is not YAML", "config: [", /is not YAML/],
    ["has no manifest", "config: {}", /must have an object atoll:manifest/],
    [
      "has an exemption without a reason",
      exemptionText('{ control: EKS1, resource: "*", expires: "2026-01-01" }'),
      /exemptions\[0\]\.reason/,
    ],
    [
      "has an exemption without an expiry date",
      exemptionText('{ control: EKS1, resource: "*", reason: long enough a text, expires: soon }'),
      /exemptions\[0\]\.expires/,
    ],
    [
      "claims an unknown framework",
      "config:\n  atoll:manifest:\n    frameworks: [soc3]\n",
      /frameworks\[0\]/,
    ],
  ] as const) {
    test(`are the strictest, with a violation, when the file ${what}`, async () => {
      if (text === undefined) rmSync(path.join(folder, "Pulumi.prod.yaml"), { force: true });
      else manifest(text);
      const settings = readSettings("prod", folder);
      assert.equal(settings.lifetime, "permanent");
      assert.deepEqual(settings.exemptions, []);
      const verdicts = await judge([root, open], settings);
      assert.deepEqual(controlsOf(verdicts), ["ATOLL1", "EKS1"]);
      assert.match(verdicts[0]?.message ?? "", problem);
      assert.match(verdicts[0]?.message ?? "", /Pulumi\.prod\.yaml/);
    });
  }
});

function exemptionText(entry: string): string {
  return `config:\n  atoll:manifest:\n    kind: environment\n    exemptions:\n      - ${entry}\n`;
}
