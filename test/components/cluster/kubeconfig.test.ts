// Authentication to a cluster, with fake tools. Does not prove that AWS and Google accept it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { eksKubeconfig } from "../../../components/cluster/aws-kubeconfig.ts";
import { gcpKubeconfig } from "../../../components/cluster/gcp-kubeconfig.ts";
import { type AssumeRole, assumeRoleSettings } from "../../../components/provider/credentials.ts";

const roleArn = "arn:aws:iam::111122223333:role/deploy";

function execOf(role?: Partial<AssumeRole>) {
  const assumeRole = role && assumeRoleSettings.parse({ roleArn, ...role });
  const config = eksKubeconfig({
    name: "prod",
    region: "us-east-1",
    endpoint: "https://eks.example",
    certificateAuthority: "Y2E=",
    assumeRole,
  });
  return JSON.parse(config).users[0].user.exec as { command: string; args: string[] };
}

describe("on EKS", () => {
  test("the identity of the AWS CLI is used when no role is named", () => {
    const { command, args } = execOf();
    assert.equal(command, "aws");
    assert.ok(!args.includes("--role-arn"));
  });

  test("the provider's role is used", () => {
    const { command, args } = execOf({ duration: "1 hour" });
    assert.equal(command, "aws");
    assert.deepEqual(args.slice(-2), ["--role-arn", roleArn]);
  });

  test("a role with an external id, tags and a name is assumed first, and its credentials get the token", () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "kubeconfig-"));
    try {
      const log = path.join(folder, "log");
      const role = { AccessKeyId: "AKIA", SecretAccessKey: "shh", SessionToken: "session" };
      writeFileSync(
        path.join(folder, "aws"),
        `#!${process.execPath}
const args = process.argv.slice(2);
require("node:fs").appendFileSync(${JSON.stringify(log)}, JSON.stringify([args, process.env.AWS_SESSION_TOKEN ?? null]) + "\\n");
process.stdout.write(args[0] === "sts" ? ${JSON.stringify(JSON.stringify({ Credentials: role }))} : "token");
`,
      );
      chmodSync(path.join(folder, "aws"), 0o755);
      const { command, args } = execOf({
        externalId: "acme-4711",
        sessionTags: { team: "platform" },
        sessionName: "footprint",
      });
      assert.equal(command, "node");
      const { AWS_SESSION_TOKEN: _own, ...env } = process.env;
      const printed = execFileSync(process.execPath, args, {
        encoding: "utf8",
        env: { ...env, PATH: `${folder}${path.delimiter}${env.PATH}` },
      });
      assert.equal(printed, "token");
      const calls = readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const get = "eks get-token --cluster-name prod --region us-east-1 --output json".split(" ");
      assert.deepEqual(calls, [
        [
          [
            ...["sts", "assume-role", "--role-arn", roleArn, "--role-session-name", "footprint"],
            ...["--external-id", "acme-4711", "--tags", '[{"Key":"team","Value":"platform"}]'],
            ...["--duration-seconds", "900", "--region", "us-east-1", "--output", "json"],
          ],
          null,
        ],
        [get, "session"],
      ]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("on GKE", () => {
  const argsOf = async (impersonation?: Parameters<typeof gcpKubeconfig>[2]) => {
    const text = gcpKubeconfig("prod", { host: "gke.example" }, impersonation);
    const config = await new Promise<string>((resolve) => {
      pulumi.unsecret(text).apply(resolve);
    });
    return JSON.parse(config).users[0].user.exec.args;
  };

  test("gcloud's identity is used when no service account is named", async () => {
    assert.equal(await argsOf(), undefined);
  });

  test("the service account that the provider impersonates is used, with its delegates", async () => {
    assert.deepEqual(await argsOf({ impersonate: "c@p", delegates: ["a@p", "b@p"] }), [
      "--impersonate_service_account=a@p,b@p,c@p",
    ]);
  });
});
