// What a manifest may say. That the clouds agree is for the inventories and the embedded cloud to show.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { secretsSpec } from "../../../components/secrets/schema.ts";
import { awsPlace, awsSecrets, gcpPlace, onpremSpec } from "./fixture.ts";

describe("refused, each with one message", () => {
  for (const [what, spec, message] of [
    [
      "a value in the manifest",
      { ...awsPlace, secrets: { payments: { ...awsSecrets.payments, value: "x" } } },
      /secrets\.payments\.value: unknown field/,
    ],
    [
      "a secret nobody can tell the purpose of",
      { ...awsPlace, secrets: { payments: {} } },
      /description: is required/,
    ],
    [
      "a function elsewhere",
      { ...awsPlace, region: "us-east-2", secrets: { signing: awsSecrets.signing } },
      /functionArn: must be a function of 111122223333 in us-east-2/,
    ],
    ["a function on GCP", { ...gcpPlace, secrets: { signing: awsSecrets.signing } }, /rotation/],
    [
      "containers on premises",
      { ...onpremSpec, secrets: awsSecrets },
      /secrets: must be left out: on premises secrets are made in the vault itself/,
    ],
    [
      "a vault without TLS",
      { ...onpremSpec, vault: { ...onpremSpec.vault, server: "http://vault" } },
      /server: must be a URL such as/,
    ],
    [
      "a name that a cloud would not take",
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
