// What these tests cannot prove: that the engine is never started after a refusal; test/cli and test/e2e do.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { configDirectory, listEnvironments } from "../../footprint/files/config-files.ts";
import { loadFootprint } from "../../footprint/load.ts";
import { aws, type Case, gcp, onprem, refusals, refusesEach, set } from "../support/sample.ts";

describe("loadFootprint", () => {
  test("reads the sample: an environment, then its cells", () => {
    const footprint = loadFootprint(configDirectory(), "local");
    assert.deepEqual(footprint.stacks, [
      { name: "local", kind: "environment", needs: [] },
      { name: aws, kind: "cell", needs: ["local"] },
      { name: gcp, kind: "cell", needs: ["local"] },
      { name: onprem, kind: "cell", needs: ["local", gcp] },
    ]);
    assert.deepEqual(listEnvironments(configDirectory()), ["local"]);
  });

  const cases: Case[] = [
    [
      "a file that is not YAML",
      { [aws]: "config: [1,\n  a: b" },
      [/^Pulumi\.local\.aws-use1\.yaml:2:\d+: is not YAML: .*[^:]$/],
    ],
    [
      "an alias of nothing",
      { [aws]: "config:\n  atoll:manifest: *nothing\n" },
      [/^Pulumi\.local\.aws-use1\.yaml: is not YAML: Unresolved alias/],
    ],
    [
      "a manifest that is a list",
      { [aws]: "config:\n  atoll:manifest: [cell]\n" },
      [/must have an object atoll:manifest \(got \["cell"\]\)/],
    ],
    [
      "a file without a manifest",
      { [aws]: "config:\n  aws:region: us-east-1\n" },
      [/aws-use1\.yaml: config: must have an object atoll:manifest/],
    ],
    [
      "an empty file",
      { [aws]: "" },
      [/aws-use1\.yaml: config: must have an object atoll:manifest/],
    ],
    [
      "a manifest that is a string",
      { [aws]: "config:\n  atoll:manifest: cell\n" },
      [/must have an object atoll:manifest \(got "cell"\)/],
    ],
    [
      "an unknown kind",
      { [aws]: set("kind", "sell") },
      [/aws-use1\.yaml: kind: must be "cell" .*did you mean "cell"\? \(got "sell"\)/],
    ],
    [
      "a missing kind",
      { local: set("kind", undefined) },
      [/local\.yaml: kind: must be "environment"/],
    ],
    [
      "an unknown field",
      { [aws]: set("regoin", "x") },
      [/aws-use1\.yaml: regoin: unknown field, did you mean "region"\?/],
    ],
    [
      "an unknown field deep in a section",
      { [aws]: set("nodePools.batch.size.mn", 1) },
      [/aws-use1\.yaml: nodePools\.batch\.size\.mn: unknown field, did you mean "min"\?/],
    ],
    [
      "a wrong type",
      { [gcp]: set("nodePools.batch.size.max", "many") },
      [/gcp-euw1\.yaml: nodePools\.batch\.size\.max: must be a whole number.*"many"/],
    ],
    [
      "a region that does not exist",
      { [aws]: set("region", "us-est-1") },
      [/aws-use1\.yaml: region: must be a region of aws, did you mean "us-east-1"\?/],
    ],
    [
      "a zone of another region",
      { [aws]: set("zones", ["us-east-1a", "us-west-2b", "us-east-1c"]) },
      [/aws-use1\.yaml: zones\[1\]: must be a zone of us-east-1: us-east-1a/],
    ],
    [
      "a zone of another region on Google Cloud, and one that does not exist",
      { [gcp]: set("zones", ["europe-west4-a", "europe-west1-a", "europe-west1-b"]) },
      [
        /gcp-euw1\.yaml: zones\[0\]: must be a zone of europe-west1: europe-west1-b/,
        /gcp-euw1\.yaml: zones\[1\]: must be a zone of europe-west1: europe-west1-b/,
      ],
    ],
    [
      "a string instead of a list, without checking its length",
      { [gcp]: set("zones", "europe-west1-b") },
      [/gcp-euw1\.yaml: zones: must be a list \(got "europe-west1-b"\)/],
    ],
    [
      "an invalid field of the cell together with those of its sections",
      {
        [aws]: (manifest) => {
          set("account", 111122223333)(manifest);
          set("nodePools.general.size.min", 50)(manifest);
          set("cluster.version", "1.20")(manifest);
        },
      },
      [
        /aws-use1\.yaml: account: must be a string/,
        /aws-use1\.yaml: cluster\.version: must be a version in standard support/,
        /aws-use1\.yaml: nodePools\.general\.size\.min: must not be greater than max/,
      ],
    ],
    [
      "a section that is not a map, without reporting its missing fields",
      { [gcp]: set("cluster", 5) },
      [/gcp-euw1\.yaml: cluster: must be a map of names to values \(got 5\)/],
    ],
    [
      "a public supernet",
      { local: set("addressSpace.supernet", "8.0.0.0/7") },
      [/local\.yaml: addressSpace\.supernet: must lie in a private range/],
    ],
    [
      "a cell without nodes",
      { [onprem]: set("nodePools", {}) },
      [/onprem-sel\.yaml: nodePools: must have at least one pool/],
    ],
    [
      "a malformed block",
      { [aws]: set("cidr", "10.32.0.0") },
      [/aws-use1\.yaml: cidr: must be an IPv4 block/],
    ],
    [
      "a block with host bits",
      { [aws]: set("cidr", "10.32.1.0/16") },
      [/aws-use1\.yaml: cidr: must start where the block starts: "10\.32\.0\.0\/16"/],
    ],
    [
      "a block that is too small",
      { [aws]: set("cidr", "10.32.0.0/24") },
      [/aws-use1\.yaml: cidr: .*smallest that works is a \/21/],
    ],
    [
      "a block that overlaps another cell's",
      { [aws]: set("cidr", "10.36.0.0/17") },
      [
        /aws-use1\.yaml: cidr: must not overlap 10\.36\.0\.0\/16 of cell "gcp-euw1"; 10\.32\.0\.0\/17 is free/,
      ],
    ],
    [
      "a block outside the supernet",
      { [onprem]: set("cidr", "10.200.0.0/16") },
      [
        /onprem-sel\.yaml: cidr: must lie in the environment's supernet 10\.32\.0\.0\/11; .* is free/,
      ],
    ],
    [
      "a service CIDR inside the supernet",
      { [aws]: set("cluster.serviceCidr", "10.60.0.0/16") },
      [/aws-use1\.yaml: cluster\.serviceCidr: must not overlap the environment's supernet/],
    ],
    [
      "pod and service CIDRs of a site that overlap other cells",
      { [onprem]: set("network", { podCidr: "10.32.0.0/16", serviceCidr: "10.36.0.0/20" }) },
      [
        /onprem-sel\.yaml: network\.podCidr: must not overlap 10\.32\.0\.0\/16 of cell "aws-use1"/,
        /onprem-sel\.yaml: network\.serviceCidr: must not overlap 10\.36\.0\.0\/16 of cell "gcp-euw1"/,
      ],
    ],
    [
      "a cell of a missing environment",
      { [aws]: set("environment", "locol") },
      [/aws-use1\.yaml: environment: no such environment, did you mean "local"\? \(got "locol"\)/],
    ],
    [
      "a pool with min above max",
      { [gcp]: set("nodePools.data.size", { min: 9, max: 3 }) },
      [/gcp-euw1\.yaml: nodePools\.data\.size\.min: must not be greater than max/],
    ],
    [
      "a stateful pool on spot",
      { [aws]: set("nodePools.data.capacity", "spot") },
      [/aws-use1\.yaml: nodePools\.data\.capacity: must be "on-demand" for the class "stateful"/],
    ],
    [
      "a Kubernetes version out of support",
      { [aws]: set("cluster.version", "1.27") },
      [/aws-use1\.yaml: cluster\.version: must be a version in standard support: .*"1\.27"/],
    ],
    [
      "a setting that is not supported on the cell's cloud",
      { [onprem]: set("nodePools.general.capacity", "spot") },
      [/onprem-sel\.yaml: nodePools\.general\.capacity: .*on-demand/],
    ],
    [
      "a setting of other clouds",
      { [onprem]: set("network", { natGateways: "single", egres: {} }) },
      [
        /onprem-sel\.yaml: network\.natGateways: is not supported on-premises: only AWS cells have it/,
        /onprem-sel\.yaml: network\.egres: unknown field, did you mean "egress"\?/,
      ],
    ],
    [
      "a kubeconfig that the stack's config does not have",
      { [onprem]: set("cluster.kubeconfig.configKey", "access") },
      [
        /onprem-sel\.yaml: config: must have atoll:access, .*`pulumi config set --secret atoll:access`/,
      ],
    ],
    [
      "a public endpoint without allowed CIDRs",
      { [aws]: set("cluster.endpointPublicAccess", true) },
      [/aws-use1\.yaml: cluster\.publicAccessCidrs: is required: must list the blocks/],
    ],
    [
      "a field of the cell in a section",
      { [aws]: set("network.cidr", "10.32.0.0/16") },
      [/aws-use1\.yaml: network\.cidr: must be omitted/],
    ],
    [
      "an exemption without a reason",
      {
        local: set("exemptions", [
          { control: "EKS1", resource: "*", reason: "", expires: "2027-01-01" },
        ]),
      },
      [/local\.yaml: exemptions\[0\]\.reason: must give the reason/],
    ],
  ];
  refusesEach(cases);

  test("refuses an environment that does not exist and suggests a similar one", () => {
    assert.match(
      refusals({}, "locl").join(),
      /<config>\/Pulumi\.locl\.yaml: no such environment, did you mean "local"\?/,
    );
  });

  test("refuses a cell whose environment has no file", () => {
    assert.match(refusals({ local: null }).join(), /no such environment/);
  });

  test("refuses names with invalid characters or length", () => {
    const source = readFileSync(path.resolve(`stacks/config/Pulumi.${aws}.yaml`), "utf8");
    const longest = "a".repeat(21);
    const lines = refusals({
      [aws]: null,
      [onprem]: set("identity", undefined),
      "local.AWS_1": source,
      [`local.${longest}`]: source.replace("10.32.", "10.33."),
    });
    assert.equal(lines.length, 2, lines.join("\n"));
    assert.match(lines[0]!, /local\.AWS_1\.yaml: the name: must be lower case/);
    assert.match(lines[1]!, /the name: must have at most 20 characters/);
  });

  test("refuses a name that contains a dot", () => {
    const source = readFileSync(path.resolve(`stacks/config/Pulumi.${aws}.yaml`), "utf8");
    const lines = refusals({
      [aws]: null,
      [onprem]: set("identity", undefined),
      "local.aws.use1": source,
    });
    assert.equal(lines.length, 1, lines.join("\n"));
    assert.match(lines[0]!, /local\.aws\.use1\.yaml: the name: must be lower case/);
  });

  test("refuses a config file that is a folder", (t) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "footprint-"));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(path.join(folder, "Pulumi.local.yaml"));
    assert.throws(
      () => loadFootprint(folder, "local"),
      /Pulumi\.local\.yaml: cannot be read: it is a folder/,
    );
  });

  test("lists the problems of all files at once", () => {
    const lines = refusals({
      [aws]: set("region", "x"),
      [gcp]: set("cluster.version", "1.1"),
      [onprem]: "::: no",
    });
    assert.equal(new Set(lines.map((line) => line.split(":", 1)[0])).size, 3, lines.join("\n"));
  });
});
