// What the doctor says of service-linked roles. The AWS CLI is a stand-in: its real answers are not proven here.
import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { type Examined, serviceRoleFindings } from "../../../cli/doctor/service-roles.ts";

const account = "111122223333";
const other = "444455556666";

const footprint = (serviceRole: "create" | "present"): Examined => ({
  environment: {
    name: "prod",
    specs: {
      audit: {
        accounts: {
          [account]: { ownsAccount: true, config: { serviceRole } },
          [other]: { ownsAccount: true, config: { serviceRole: "present" } },
        },
      },
    },
  },
  cells: [{ cloud: "aws", account }, { cloud: "aws", account: other }, { cloud: "gcp" }],
});

let folder: string;
const { PATH } = process.env;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "doctor-"));
  process.env.PATH = `${folder}${path.delimiter}/usr/bin${path.delimiter}/bin`;
});
afterEach(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true });
});

/** An AWS CLI of the account, which has these roles; others get this error. */
function play(roles: readonly string[], error = "NoSuchEntity"): void {
  const file = path.join(folder, "aws");
  const known = roles.map((role) => `*${role}*) echo ${role}; exit 0;;`).join("\n");
  writeFileSync(
    file,
    `#!/bin/sh\ncase "$*" in\n*get-caller-identity*) echo ${account}; exit 0;;\n${known}\nesac\necho "An error occurred (${error})" >&2\nexit 254\n`,
  );
  chmodSync(file, 0o755);
}

test("the role of Config must exist where it is not created, and EC2 creates its own for Spot", async () => {
  play([]);
  const findings = await serviceRoleFindings([footprint("present")]);
  assert.deepEqual(findings, [
    {
      what: `prod: AWSServiceRoleForConfig in ${account}`,
      state: "missing",
      found: "does not exist",
      cure: `set audit.accounts."${account}".config.serviceRole: create`,
    },
    {
      what: `prod: AWSServiceRoleForEC2Spot in ${account}`,
      state: "ok",
      found: "EC2 creates it for Karpenter with the first Spot Instance",
    },
  ]);
});

test("the role of Config that exists cannot be created, unless it is Atoll's", async () => {
  play(["AWSServiceRoleForConfig", "AWSServiceRoleForEC2Spot"]);
  const [config, spot] = await serviceRoleFindings([footprint("create")]);
  assert.equal(config?.state, "note");
  assert.match(config?.cure ?? "", /unless Atoll has created it, set .*serviceRole: present/);
  assert.deepEqual([spot?.state, spot?.found], ["ok", "exists"]);
});

test("what the credentials may not read is not guessed", async () => {
  play([], "AccessDenied");
  const findings = await serviceRoleFindings([footprint("create")]);
  assert.deepEqual(
    findings.map(({ state, found }) => [state, found]),
    [
      ["note", "not checked: the request was refused"],
      ["note", "not checked: the request was refused"],
    ],
  );
});

test("nothing is said without the AWS CLI", async () => {
  process.env.PATH = folder;
  assert.deepEqual(await serviceRoleFindings([footprint("create")]), []);
});
