// Config files as text. What this cannot prove: that Pulumi takes the flag; test/docs does.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { secretsProviderOf } from "../../../cli/engine/secrets-provider.ts";

const environmentKey = "awskms://alias/prod?region=us-east-1";
const cellKey = "gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k";
const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-provider-"));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const [stack, text] of Object.entries({
  prod: `secretsprovider: ${environmentKey}\nencryptedkey: AQID\nconfig: {}\n`,
  "prod.plain": "config: {}\n",
  "prod.own": `secretsprovider: ${cellKey}\n`,
  "prod.bound": "encryptionsalt: v1:abc\n",
  "prod.passphrase": "secretsprovider: passphrase\n",
  "prod.empty": "",
  dev: "encryptionsalt: v1:abc\n",
  "dev.plain": "config: {}\n",
})) {
  writeFileSync(path.join(folder, `Pulumi.${stack}.yaml`), text);
}

describe("the secrets provider that a stack is created with", () => {
  for (const [stack, provider, why] of [
    ["prod", environmentKey, "is the one that its config file names"],
    ["prod.plain", environmentKey, "is its environment's where its own file names none"],
    ["prod.empty", environmentKey, "is its environment's where its file is empty"],
    ["prod.missing", environmentKey, "is its environment's where it has no file"],
    ["prod.own", cellKey, "is its own before its environment's"],
    ["prod.passphrase", "passphrase", "is a passphrase where its file says so"],
    ["prod.bound", undefined, "is the default where its file is bound to a passphrase"],
    ["dev", undefined, "is the default where nothing is named"],
    ["dev.plain", undefined, "is the default where the environment names none"],
  ] as const) {
    test(`${why} (${stack})`, () => assert.equal(secretsProviderOf(folder, stack), provider));
  }
});
