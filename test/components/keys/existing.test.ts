// Existing keys: what is asked, what is made of the answers, and the real engine on the embedded cloud. That clouds answer in this form
// is not proven here, nor that a key's policy lets services use it: no data source shows it.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import { existingKeys } from "../../../cli/engine/existing/keys.ts";
import { BlueprintError } from "../../../components/core/errors.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { AwsKeys } from "../../../components/keys/aws.ts";
import { awsKeysProblems, lookUpAwsKeys } from "../../../components/keys/aws-existing.ts";
import { GcpKeys } from "../../../components/keys/gcp.ts";
import { gcpKeysProblems, lookUpGcpKeys } from "../../../components/keys/gcp-existing.ts";
import {
  byPurpose,
  existingKeysSettings,
  gcpPurposes,
  keysSchema,
  purposes,
} from "../../../components/keys/schema.ts";
import { existingStack } from "../../../simulator/existing.ts";
import { type Rig, rig } from "../../support/engine.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import * as places from "./fixture.ts";

const arn = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const keyName = "projects/acme-keys/locations/europe-west1/keyRings/prod/cryptoKeys/objects";
const onAws = { objects: arn, logs: arn };
const onGcp = { objects: keyName };
const awsFound = {
  facts: {
    arn,
    enabled: true,
    state: "Enabled",
    spec: "SYMMETRIC_DEFAULT",
    manager: "CUSTOMER",
  },
};
const gcpFound = { facts: { purpose: "ENCRYPT_DECRYPT", primaryState: "ENABLED" } };

describe("a manifest", () => {
  const manifest = existingKeysSettings.parse({
    accounts: { "111122223333": { "us-east-1": onAws } },
    projects: { "acme-prod": { "europe-west1": onGcp } },
  });

  test("may name keys of the account, and of any project, in their region", () => {
    assert.deepEqual(manifest.accounts["111122223333"]?.["us-east-1"], onAws);
  });

  for (const [what, spec, message] of [
    [
      "an alias",
      { ...places.aws, existing: { logs: "alias/logs" } },
      /existing\.logs: must be the ARN of a KMS key/,
    ],
    [
      "a key of another region",
      { ...places.aws, region: "us-west-2", existing: { logs: arn } },
      /existing\.logs: must be a key of 111122223333 in us-west-2/,
    ],
    [
      "a key of another account",
      { ...places.aws, account: "444455556666", existing: { logs: arn } },
      /existing\.logs: must be a key of 444455556666 in us-east-1/,
    ],
    [
      "a version of a key",
      { ...places.gcp, existing: { logs: `${keyName}/cryptoKeyVersions/1` } },
      /existing\.logs: must be the resource name of a Cloud KMS key/,
    ],
    [
      "a key of another location",
      { ...places.gcp, region: "us-central1", existing: { objects: keyName } },
      /existing\.objects: must be a key in us-central1/,
    ],
  ] as const) {
    test(`may not name ${what}`, () => {
      const { problems } = checkSpec(keysSchema, spec, "keys");
      assert.equal(problems.length, 1);
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, message);
    });
  }
});

describe("each check", () => {
  const awsProblem = (logs: Parameters<typeof awsKeysProblems>[1][string]) =>
    awsKeysProblems({ existing: { logs: arn } }, { logs }).map(
      ({ path, message, got }) => `${path}: ${message} (got ${got})`,
    );
  const gcpProblem = (objects: Parameters<typeof gcpKeysProblems>[1][string]) =>
    gcpKeysProblems({ existing: onGcp }, { objects }).map(
      ({ path, message, got }) => `${path}: ${message} (got ${got})`,
    );

  test("is passed by keys that encrypt", () => {
    assert.deepEqual([awsProblem(awsFound), gcpProblem(gcpFound)], [[], []]);
  });

  test("refuses keys on AWS that are not found, off, asymmetric, or AWS's own", () => {
    const facts = awsFound.facts;
    assert.deepEqual(
      [
        { failure: "NotFoundException" },
        { facts: { ...facts, enabled: false, state: "PendingDeletion" } },
        { facts: { ...facts, spec: "RSA_2048" } },
        { facts: { ...facts, manager: "AWS" } },
      ].map((key) => awsProblem(key)),
      [
        [
          "existing.logs: must name a KMS key that can be looked up: NotFoundException (got undefined)",
        ],
        ["existing.logs: must be enabled (got PendingDeletion)"],
        ["existing.logs: must be a symmetric key for encryption (got RSA_2048)"],
        [
          "existing.logs: must be a customer managed key: only its policy can name who uses it (got AWS)",
        ],
      ],
    );
  });

  test("refuses keys on Google Cloud that are not found, for something else, or without a version that encrypts", () => {
    const { facts } = gcpFound;
    assert.deepEqual(
      [
        { failure: "not found" },
        { facts: { ...facts, purpose: "MAC" } },
        { facts: { ...facts, primaryState: "DISABLED" } },
        { facts: { ...facts, primaryState: undefined } },
      ].map((key) => gcpProblem(key)),
      [
        [
          "existing.objects: must name a Cloud KMS key that can be looked up: not found (got undefined)",
        ],
        ["existing.objects: must be a key whose purpose is ENCRYPT_DECRYPT (got MAC)"],
        ["existing.objects: must have a primary version that is enabled (got DISABLED)"],
        ["existing.objects: must have a primary version that is enabled (got none)"],
      ],
    );
  });
});

describe("of what exists nothing is created", () => {
  test("on AWS neither a key nor an alias, and outputs name it", async () => {
    const resources = await inventory(
      () =>
        new AwsKeys("keys", {
          spec: { ...places.aws, existing: onAws },
          facts: { objects: awsFound, logs: awsFound },
          ownership,
        }),
    );
    assert.deepEqual(counts(resources), {
      "atoll:keys:AwsKeys": 1,
      "aws:kms/alias:Alias": purposes.length - 2,
      "aws:kms/key:Key": purposes.length - 2,
    });
    const { keyArns, keyIds } = only(resources, "atoll:keys:AwsKeys").outputs as Record<
      string,
      Record<string, string>
    >;
    assert.equal(keyArns?.objects, arn);
    assert.equal(keyIds?.logs, "1234abcd-12ab-34cd-56ef-1234567890ab");
  });

  test("on Google Cloud neither a key nor a grant, and a ring only where there are other keys", async () => {
    const with_ = (existing: Record<string, string>) =>
      inventory(
        () =>
          new GcpKeys("keys", {
            spec: { ...places.gcp, existing },
            facts: byPurpose(gcpPurposes, () => gcpFound),
            ownership,
          }),
      );
    const one = counts(await with_({ volumes: keyName }));
    const none = counts(await with_({}));
    for (const type of [
      "gcp:kms/cryptoKey:CryptoKey",
      "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
    ]) {
      assert.equal(one[type], (none[type] ?? 0) - 1, type);
    }
    const all = counts(await with_(byPurpose(gcpPurposes, () => keyName)));
    assert.deepEqual(
      Object.keys(all).filter((type) => type.startsWith("gcp:kms/")),
      [],
    );
  });
});

describe("in the real engine", () => {
  let cloud: Rig;
  before(async () => {
    cloud = await rig();
  });
  after(() => cloud.stop());

  let refused: unknown;
  const settings = existingKeysSettings.parse({
    accounts: { "111122223333": { "us-east-1": onAws } },
    projects: { "acme-prod": { "europe-west1": onGcp } },
  });
  const program = async () => {
    const { region, account } = places.aws;
    const { project } = places.gcp;
    const providers = {
      aws: new aws.Provider("aws", { region, allowedAccountIds: [account] }),
      gcp: new gcp.Provider("gcp", { project, region: places.gcp.region }),
    };
    const [awsFacts, gcpFacts] = await Promise.all([
      lookUpAwsKeys(onAws, { provider: providers.aws }),
      lookUpGcpKeys(onGcp, { provider: providers.gcp }),
    ]);
    const common = { ownership, retain: false };
    try {
      const a = new AwsKeys(
        "aws-keys",
        { ...common, spec: { ...places.aws, existing: onAws }, facts: awsFacts },
        { providers },
      );
      const g = new GcpKeys(
        "gcp-keys",
        { ...common, spec: { ...places.gcp, existing: onGcp }, facts: gcpFacts },
        { providers },
      );
      return { aws: a.references.objects, gcp: g.references.objects };
    } catch (error) {
      refused = error;
      return {};
    }
  };

  test("keys that are not found are refused in a preview", async () => {
    await cloud.preview(program);
    assert.ok(refused instanceof BlueprintError);
    assert.match(refused.message, /existing\.objects: must name a KMS key that can be looked up/);
  });

  test("what a rehearsal puts in passes the checks, and stays when the stack is destroyed", async () => {
    cloud.console((console) => console.exist(existingKeys({ edition: 1, existing: settings })));
    refused = undefined;
    const { outputs } = await cloud.up(program);
    assert.equal(refused, undefined);
    assert.deepEqual([outputs.aws?.value, outputs.gcp?.value], [arn, keyName]);
    const before = cloud.deployed(existingStack).length;
    await cloud.destroy(program);
    assert.deepEqual([cloud.deployed("test"), cloud.deployed(existingStack).length], [[], before]);
  });

  test("a created key that an existing one takes the place of is not deleted: it is protected", async () => {
    const keys = (existing: typeof onAws | undefined) => async () => {
      const { region, account } = places.aws;
      const provider = new aws.Provider("aws", { region, allowedAccountIds: [account] });
      const spec = { ...places.aws, ...(existing && { existing }) };
      const facts = existing ? { objects: awsFound, logs: awsFound } : {};
      new AwsKeys("keys", { ownership, spec, facts }, { providers: { aws: provider } });
    };
    const standing = () => cloud.deployed("test").filter(({ type }) => type === "aws:kms/key:Key");
    await cloud.up(keys(undefined));
    await assert.rejects(cloud.preview(keys(onAws)), /protected/);
    await assert.rejects(cloud.up(keys(onAws)), /protected/);
    assert.equal(standing().length, purposes.length);
  });
});
