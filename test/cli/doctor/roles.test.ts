// How the doctor checks whether a role can be assumed. The clouds' CLIs are stand-ins: their real answers are not proven here.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { actingFindings } from "../../../cli/doctor/roles.ts";
import { credentialsSettings } from "../../../components/provider/credentials.ts";

const roleArn = "arn:aws:iam::111122223333:role/deploy";
const credentials = credentialsSettings.parse({
  accounts: { "111122223333": { assumeRole: { roleArn, externalId: "acme-4711" } } },
  projects: {
    "acme-prod": {
      impersonate: "deploy@acme-prod.iam.gserviceaccount.com",
      delegates: ["broker@acme-ci.iam.gserviceaccount.com"],
    },
  },
});

let folder: string;
const { PATH } = process.env;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "doctor-"));
  process.env.PATH = folder;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

/** A tool that records its arguments and ends with this exit code. */
function play(tool: string, code: number): void {
  const file = path.join(folder, tool);
  writeFileSync(file, `#!/bin/sh\necho "$@" >> '${folder}/asked'\necho secret\nexit ${code}\n`);
  chmodSync(file, 0o755);
}

const findings = () => actingFindings([{ name: "prod", credentials }]);

test("a role and a service account that can be used are ok, and the answer is not shown", async () => {
  play("aws", 0);
  play("gcloud", 0);
  const found = await findings();
  assert.deepEqual(
    found.map(({ what, state }) => [what, state]),
    [
      ["prod: role in 111122223333", "ok"],
      ["prod: service account for acme-prod", "ok"],
    ],
  );
  assert.doesNotMatch(JSON.stringify(found), /secret/);
  const asked = readFileSync(path.join(folder, "asked"), "utf8").trim().split("\n").sort();
  assert.deepEqual(asked, [
    "auth print-access-token --impersonate-service-account=broker@acme-ci.iam.gserviceaccount.com,deploy@acme-prod.iam.gserviceaccount.com --quiet",
    `sts assume-role --role-arn ${roleArn} --role-session-name atoll --external-id acme-4711 --duration-seconds 900 --query AssumedRoleUser.Arn --output text`,
  ]);
});

test("one that cannot be used is missing, with the grant that it needs", async () => {
  play("aws", 254);
  play("gcloud", 1);
  const [role, account] = await findings();
  assert.equal(role?.state, "missing");
  assert.match(role.cure ?? "", /trust policy of arn:aws:iam::111122223333:role\/deploy/);
  assert.equal(account?.state, "missing");
  assert.match(account.cure ?? "", /serviceAccountTokenCreator on broker@/);
});

test("without the clouds' CLIs there is a note that nothing was checked", async () => {
  const states = (await findings()).map(({ state }) => state);
  assert.deepEqual(states, ["note", "note"]);
});
