// The arguments of providers. Whether AWS and Google Cloud accept the credentials is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { type Credentials, credentialsSettings } from "../../../components/provider/credentials.ts";
import { createProviders } from "../../../components/provider/provider.ts";
import { inventory, only } from "../../support/inventory.ts";

const roleArn = "arn:aws:iam::111122223333:role/ci/deploy";
const impersonate = "deploy@acme-prod.iam.gserviceaccount.com";
const broker = "broker@acme-ci.iam.gserviceaccount.com";

function parsed(settings: unknown): Credentials {
  return credentialsSettings.parse(settings ?? {});
}

const onAws = { cloud: "aws", account: "111122223333", region: "us-east-1" } as const;
const onGoogle = {
  cloud: "gcp",
  project: "acme-prod",
  projectNumber: "123456789012",
  region: "europe-west1",
} as const;

describe("a provider on AWS", () => {
  const made = async (credentials: Credentials) =>
    only(await inventory(() => createProviders("aws", onAws, credentials)), "pulumi:providers:aws")
      .inputs;

  test("assumes the role of its account, with all settings of the manifest, and still refuses other accounts", async () => {
    const assumeRole = {
      roleArn,
      externalId: "acme-4711",
      sessionTags: { team: "platform" },
      sessionName: "footprint",
      duration: "90 minutes",
    };
    const inputs = await made(parsed({ accounts: { "111122223333": { assumeRole } } }));
    assert.deepEqual(JSON.parse(String(inputs.assumeRoles)), [
      {
        roleArn,
        externalId: "acme-4711",
        tags: { team: "platform" },
        sessionName: "footprint",
        duration: "1h30m",
      },
    ]);
    assert.deepEqual(JSON.parse(String(inputs.allowedAccountIds)), ["111122223333"]);
  });

  test("does not assume a role of another account, or without one in the manifest", async () => {
    const other = {
      "444455556666": { assumeRole: { roleArn: roleArn.replace("111122223333", "444455556666") } },
    };
    assert.equal((await made(parsed({ accounts: other }))).assumeRoles, undefined);
    assert.equal((await made(parsed(undefined))).assumeRoles, undefined);
  });
});

describe("a provider on Google Cloud", () => {
  test("impersonates the service account of its project, with optional delegates", async () => {
    const projects = { "acme-prod": { impersonate, delegates: [broker] } };
    const resources = await inventory(() => createProviders("gcp", onGoogle, parsed({ projects })));
    const { inputs } = only(resources, "pulumi:providers:gcp");
    assert.equal(inputs.impersonateServiceAccount, impersonate);
    assert.deepEqual(JSON.parse(String(inputs.impersonateServiceAccountDelegates)), [broker]);
  });

  test("impersonates no account without one in the manifest", async () => {
    const resources = await inventory(() => createProviders("gcp", onGoogle));
    const { inputs } = only(resources, "pulumi:providers:gcp");
    assert.equal(inputs.impersonateServiceAccount, undefined);
    assert.equal(inputs.impersonateServiceAccountDelegates, undefined);
  });
});

describe("refuses", () => {
  const role = (assumeRole: object) => ({
    accounts: { "111122223333": { assumeRole: { roleArn, ...assumeRole } } },
  });
  const cases: [string, unknown, RegExp][] = [
    [
      "a role of another account",
      role({ roleArn: "arn:aws:iam::444455556666:role/deploy" }),
      /accounts\.111122223333\.assumeRole\.roleArn: must be a role of account 111122223333 \(got/,
    ],
    ["a user", role({ roleArn: "arn:aws:iam::111122223333:user/me" }), /must be the ARN of a role/],
    ["an external id of one letter", role({ externalId: "a" }), /externalId: must be 2 to 1224/],
    ["a session name with a space", role({ sessionName: "a b" }), /sessionName: must be 2 to 64/],
    ["a session of a minute", role({ duration: "1 minute" }), /duration: must be at least 15/],
    ["a session of a day", role({ duration: "1 day" }), /duration: must be at most 12 hours/],
    [
      "a reserved tag of AWS",
      role({ sessionTags: { "aws:x": "1" } }),
      /must not start with "aws:"/,
    ],
    [
      "a user",
      { projects: { "acme-prod": { impersonate: "me@acme.example" } } },
      /impersonate: must be the email of a service account/,
    ],
  ];
  for (const [what, settings, expected] of cases) {
    test(what, () => {
      const { problems } = checkSpec(credentialsSettings, settings, "f");
      assert.equal(problems.length, 1);
      assert.match(
        `${problems[0]!.path}: ${problems[0]!.message} (got ${problems[0]!.got})`,
        expected,
      );
    });
  }
});
