// Invalid sections of an environment. test/cli and test/e2e prove that the engine is not started after a refusal.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { all, type Edit, onprem, refusals, set } from "../support/sample.ts";

const account = "111122223333";
const project = "atoll-local";

const pullRequest = {
  platform: "github",
  repository: "atoll/footprint",
  on: { event: "pull-request" },
};
const branch = {
  platform: "github",
  repository: "atoll/footprint",
  on: { event: "branch", name: "main" },
};
const assume = {
  sid: "Deploy",
  actions: ["sts:AssumeRole"],
  resources: [`arn:aws:iam::${account}:role/atoll-deploy`],
};

function awsDeployer(deployer: unknown): Edit {
  return set(`deployers.accounts.${account}.deployers`, { main: deployer });
}

function gcpDeployer(deployer: unknown): Edit {
  return set(`deployers.projects.${project}.deployers`, { main: deployer });
}

describe("refused", () => {
  const cases: [string, Record<string, Edit | null>, RegExp[]][] = [
    [
      "a retention below a framework's requirement, once for all archives",
      { local: all(set("frameworks", ["hipaa", "soc2"]), set("audit", { retentionDays: 365 })) },
      [
        /local\.yaml: audit\.retentionDays: must be at least 2192, which the environment's frameworks require: 45 CFR 164\.316\(b\)\(2\)\(i\) \(got 365\)/,
      ],
    ],
    [
      "credentials for an account and a project without cells",
      {
        local: set("credentials", {
          accounts: {
            "111122223334": { assumeRole: { roleArn: "arn:aws:iam::111122223334:role/deploy" } },
          },
          projects: { "atoll-locl": { impersonate: "d@atoll-locl.iam.gserviceaccount.com" } },
        }),
      },
      [
        /local\.yaml: credentials\.accounts\.111122223334: no cell of the environment is in this account, did you mean "111122223333"\?/,
        /local\.yaml: credentials\.projects\.atoll-locl: no cell of the environment is in this project, did you mean "atoll-local"\?/,
      ],
    ],
    [
      "an unknown framework",
      { local: set("frameworks", ["pci-dss"]) },
      [/local\.yaml: frameworks\[0\]: must be one of .*"pci-dss-4".*\(got "pci-dss"\)/],
    ],
    [
      "an unknown framework together with the requirements of the others, a wildcard and a budget of an unknown cell",
      {
        local: all(
          set("frameworks", ["sox", "iso"]),
          set("audit", { retentionDays: 365 }),
          set("budget.cells.aws-use2", { monthly: { amount: 10 } }),
          awsDeployer({
            from: { ...branch, on: { event: "branch", name: "*" } },
            statements: [assume],
          }),
        ),
      },
      [
        /frameworks\[1\]: must be one of/,
        /deployers\.accounts\.111122223333\.deployers\.main\.from\.on\.name: must be one full name/,
        /budget\.cells\.aws-use2: no such cell in the environment, did you mean "aws-use1"\?/,
        /audit\.retentionDays: must be at least 2557, .*17 CFR 210\.2-06\(a\)/,
      ],
    ],
    [
      "an account without cells, in every section",
      {
        local: all(
          set("audit", { accounts: { "111122223334": { region: "us-east-1" } } }),
          set("budget.accounts", { "444455556666": { monthly: { amount: 10 } } }),
        ),
      },
      [
        /audit\.accounts\.111122223334: no cell of the environment is in this account, did you mean "111122223333"\?/,
        /budget\.accounts\.444455556666: no cell of the environment is in this account; known are 111122223333/,
      ],
    ],
    [
      "a project without cells",
      { local: set("audit", { projects: { "atoll-locale": {} } }) },
      [/audit\.projects\.atoll-locale: no cell .* in this project, did you mean "atoll-local"\?/],
    ],
    [
      "organization policies that two projects set",
      {
        local: set("audit", {
          projects: {
            [project]: { guardrails: "organizations/123456789012" },
            "atoll-other": { guardrails: "organizations/123456789012" },
          },
        }),
      },
      [
        /audit\.projects\.atoll-other: no cell of the environment is in this project/,
        /audit\.projects\.atoll-other\.guardrails: must be omitted: "atoll-local" sets them/,
      ],
    ],
    [
      "an invalid account id",
      { local: set("audit", { accounts: { "1111": {} } }) },
      [/audit\.accounts\.1111: the name must be an account id of 12 digits/],
    ],
    [
      "settings for sites in an environment without sites",
      { local: all(set("audit", { onprem: {} }), set("connectivity", undefined)), [onprem]: null },
      [/local\.yaml: audit\.onprem: must be omitted: no cell is on-premises/],
    ],
    [
      "a budget for an on-premises cell",
      { local: set("budget.cells.onprem-sel", { monthly: { amount: 10 } }) },
      [/budget\.cells\.onprem-sel: must be omitted: there are no bills of on-premises sites/],
    ],
    [
      "a cell's budget with the settings of another cloud",
      { local: set("budget.cells.aws-use1", { monthly: { amount: 10, currency: "EUR" } }) },
      [/budget\.cells\.aws-use1\.monthly\.currency: must be USD, the only currency of AWS budgets/],
    ],
    [
      "cost allocation tags in a cell's budget",
      {
        local: set("budget.cells.aws-use1", { monthly: { amount: 10 }, costAllocationTags: true }),
      },
      [/budget\.cells\.aws-use1\.costAllocationTags: unknown field/],
    ],
    [
      "budgets without alerts",
      { local: set("budget.alerts", undefined) },
      [/budget\.alerts: is required/],
    ],
    [
      "more addresses than Google allows, once for all budgets",
      {
        local: set(
          "budget.alerts.emails",
          [1, 2, 3, 4, 5, 6].map((n) => `p${n}@atoll.example`),
        ),
      },
      [/budget\.alerts\.emails: must name at most 5 addresses/],
    ],
    [
      "a Google Cloud budget without a billing account",
      { local: set("budget.billingAccount", undefined) },
      [/budget\.billingAccount: is required/],
    ],
    [
      "a deployer for any branch",
      {
        local: awsDeployer({
          from: { ...branch, on: { event: "branch", name: "release/*" } },
          statements: [assume],
        }),
      },
      [
        /deployers\.main\.from\.on\.name: must be one full name: patterns would accept everyone who may push/,
      ],
    ],
    [
      "a deployer whom any repository is",
      { local: gcpDeployer({ from: { ...branch, repository: "atoll/*" }, roles: [] }) },
      [
        /projects\.atoll-local\.deployers\.main\.from\.repository: must be one repository/,
        /projects\.atoll-local\.deployers\.main\.roles: must/,
      ],
    ],
    [
      "a pull request that writes",
      { local: awsDeployer({ from: pullRequest, statements: [assume] }) },
      [
        /deployers\.main\.statements\[0\]\.actions: must be read-only: a pull request runs untrusted code/,
      ],
    ],
    [
      "a role with all permissions",
      { local: gcpDeployer({ from: branch, roles: [{ role: "roles/owner" }] }) },
      [/projects\.atoll-local\.deployers\.main\.roles\[0\]\.role: must .*"roles\/owner"/],
    ],
    [
      "a derived field",
      { local: set(`budget.accounts.${account}.account`, account) },
      [/budget\.accounts\.111122223333\.account: unknown field/],
    ],
    [
      "a region that does not exist for the archive",
      { local: set("audit", { accounts: { [account]: { region: "us-est-1" } } }) },
      [
        /audit\.accounts\.111122223333\.region: must be a region of aws, did you mean "us-east-1"\?/,
      ],
    ],
  ];
  for (const [what, edits, expected] of cases) {
    test(what, () => {
      const problems = refusals(edits);
      assert.equal(problems.length, expected.length, problems.join("\n"));
      for (const [index, pattern] of expected.entries())
        assert.match(problems[index] ?? "", pattern);
    });
  }
});
