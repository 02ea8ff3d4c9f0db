// Valid and invalid settings. Whether the clouds accept them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { secretsSpec } from "../../../components/secrets/schema.ts";
import { awsPlace, awsSecrets, gcpPlace, onpremSpec } from "./fixture.ts";

describe("invalid settings are reported, each with one message", () => {
  for (const [what, spec, message] of [
    [
      "a value in the manifest",
      { ...awsPlace, secrets: { payments: { ...awsSecrets.payments, value: "x" } } },
      /secrets\.payments\.value: unknown field/,
    ],
    [
      "a secret without a description",
      { ...awsPlace, secrets: { payments: {} } },
      /description: is required/,
    ],
    [
      "a function in another region",
      { ...awsPlace, region: "us-east-2", secrets: { signing: awsSecrets.signing } },
      /functionArn: must be a function of 111122223333 in us-east-2/,
    ],
    ["a function on GCP", { ...gcpPlace, secrets: { signing: awsSecrets.signing } }, /rotation/],
    [
      "secrets on-premises",
      { ...onpremSpec, secrets: awsSecrets },
      /secrets: must be omitted on-premises: create secrets in the vault itself/,
    ],
    [
      "a vault without TLS",
      { ...onpremSpec, vault: { ...onpremSpec.vault, server: "http://vault" } },
      /server: must be a URL such as/,
    ],
    [
      "an invalid name",
      { ...awsPlace, secrets: { "Payments API": awsSecrets.payments } },
      /must be a key of 1 to 40/,
    ],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec(secretsSpec, spec, "secrets");
      assert.ok(problems.length >= 1, "accepted");
      assert.match(problems.map(({ path, message }) => `${path}: ${message}`).join("\n"), message);
    });
  }
});
