// What is registered with the engine, and rejected settings. Subjects come from the platforms' documentation.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as fc from "fast-check";
import { checkSpec } from "../../../components/core/spec.ts";
import { createDeployers } from "../../../components/identity/deployers.ts";
import {
  awsDeployersSpec,
  gcpDeployersSpec,
} from "../../../components/identity/deployers-schema.ts";
import { attributeCondition, jobSubject } from "../../../components/identity/subjects.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import {
  awsDeployers,
  awsDeployersArgs,
  gcpDeployers,
  gcpDeployersArgs,
  mainBranch,
  statementsIn,
} from "./fixture.ts";

describe("subjects of jobs", () => {
  const ids = { owner: "123456", repository: "456789" };
  for (const [job, subject] of [
    [mainBranch, "repo:acme/footprint:ref:refs/heads/main"],
    [
      { ...mainBranch, on: { event: "environment", name: "prod" } },
      "repo:acme/footprint:environment:prod",
    ],
    [{ ...mainBranch, on: { event: "pull-request" } }, "repo:acme/footprint:pull_request"],
    [
      { ...mainBranch, ids, on: { event: "tag", name: "v1" } },
      "repo:acme@123456/footprint@456789:ref:refs/tags/v1",
    ],
    [
      {
        platform: "gitlab",
        host: "gitlab.com",
        project: "acme/infra/footprint",
        on: { event: "branch", name: "main" },
      },
      "project_path:acme/infra/footprint:ref_type:branch:ref:main",
    ],
  ] as const) {
    test(subject, () => assert.equal(jobSubject(job), subject));
  }

  test("a condition does not depend on the order of its subjects", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (subjects) => {
        const condition = attributeCondition(subjects);
        assert.equal(attributeCondition([...subjects].reverse()), condition);
        assert.ok(subjects.every((subject) => condition.includes(JSON.stringify(subject))));
      }),
    );
  });
});

describe("deployers on AWS", async () => {
  const resources = await inventory(() => createDeployers("deployers", awsDeployersArgs()));

  test("are one provider, and one role each", () => {
    assert.deepEqual(counts(resources), {
      "atoll:identity:AwsDeployers": 1,
      "atoll:identity:AwsFederatedRole": 2,
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 2,
    });
  });

  test("a role is for one branch of one repository, for an hour, within its boundary", () => {
    const { inputs } = only(resources, "aws:iam/role:Role", "deployers-main");
    assert.deepEqual(
      [inputs.name, inputs.maxSessionDuration, inputs.permissionsBoundary],
      ["prod-aws-use1-deploy-main", 3600, awsDeployers.main.boundary],
    );
    const [trust] = statementsIn(inputs.assumeRolePolicy);
    assert.deepEqual(trust?.Condition, {
      StringEquals: {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:acme/footprint:ref:refs/heads/main",
      },
    });
  });

  test("an existing provider is not created", async () => {
    const present = await inventory(() =>
      createDeployers("deployers", awsDeployersArgs({ providers: "present" })),
    );
    assert.ok(!present.some(({ type }) => type.includes("openIdConnectProvider")));
    const { inputs } = only(present, "aws:iam/role:Role", "deployers-main");
    assert.equal(
      statementsIn(inputs.assumeRolePolicy)[0]?.Principal?.Federated,
      "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    );
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

describe("deployers on GCP", async () => {
  const resources = await inventory(() => createDeployers("deployers", gcpDeployersArgs()));

  test("are a workload identity pool for a platform, and roles of its principals", () => {
    assert.deepEqual(counts(resources), {
      "atoll:identity:GcpDeployers": 1,
      "atoll:identity:GcpFederation": 1,
      "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": 1,
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": 1,
      "gcp:projects/iAMMember:IAMMember": 2,
    });
    const provider = only(
      resources,
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    ).inputs;
    assert.equal(
      provider.attributeCondition,
      'assertion.sub in ["project_path:acme/footprint:ref_type:branch:ref:main"]',
    );
    assert.deepEqual(provider.oidc, { issuerUri: "https://gitlab.com" });
  });

  test("a deployer that may grant roles may grant the listed ones only", () => {
    const { inputs } = only(
      resources,
      "gcp:projects/iAMMember:IAMMember",
      "deployers-main-roles-resourcemanager.projectIamAdmin",
    );
    assert.match(
      String((inputs.condition as { expression: string }).expression),
      /modifiedGrantsByRole', \[\]\)\.hasOnly\(\['roles\/cloudsql\.client', 'roles\/cloudsql\.instanceUser'\]\)$/,
    );
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

describe("rejected", () => {
  const { main, proposals } = awsDeployers;
  const [take] = main.statements;
  const aws = (deployer: object) => awsDeployersArgs({ deployers: { main: deployer } }).spec;
  const gcp = (...roles: object[]) =>
    gcpDeployersArgs({ deployers: { main: { ...gcpDeployers.main, roles } } }).spec;

  for (const [what, schema, spec, message] of [
    [
      "every branch",
      awsDeployersSpec,
      aws({ ...main, from: { ...mainBranch, on: { event: "branch", name: "*" } } }),
      /main\.from\.on\.name: must be one full name/,
    ],
    [
      "every repository of an owner",
      awsDeployersSpec,
      aws({ ...main, from: { ...mainBranch, repository: "acme/*" } }),
      /from\.repository: must be one repository/,
    ],
    [
      "an environment of GitLab",
      gcpDeployersSpec,
      gcpDeployersArgs({
        deployers: {
          main: {
            ...gcpDeployers.main,
            from: { ...gcpDeployers.main.from, on: { event: "environment", name: "prod" } },
          },
        },
      }).spec,
      /from\.on\.event: must be one of "branch", "tag"/,
    ],
    [
      "all actions",
      awsDeployersSpec,
      aws({ ...main, statements: [{ ...take, actions: ["*"] }] }),
      /main\.statements\[0\]: must name each action in full/,
    ],
    [
      "all resources",
      awsDeployersSpec,
      aws({ ...main, statements: [{ ...take, resources: ["*"] }] }),
      /main\.statements\[0\]: must name its resources/,
    ],
    [
      "a resource that is no ARN",
      awsDeployersSpec,
      aws({ ...main, statements: [{ ...take, resources: ["atoll-deploy"] }] }),
      /main\.statements\[0\]\.resources\[0\]: must be an ARN such as/,
    ],
    [
      "escalation over two statements",
      awsDeployersSpec,
      aws({
        ...main,
        statements: [
          { ...take, sid: "Pass", actions: ["iam:PassRole"] },
          { ...take, sid: "Run", actions: ["lambda:CreateFunction"] },
        ],
      }),
      /main\.statements: must not allow iam:PassRole with lambda:CreateFunction/,
    ],
    [
      "a pull request that writes",
      awsDeployersSpec,
      aws({ ...proposals, statements: [{ ...take, actions: ["s3:PutObject"] }] }),
      /statements\[0\]\.actions: must be read-only/,
    ],
    [
      "a sid twice",
      awsDeployersSpec,
      aws({ ...main, statements: [take, take] }),
      /statements\[1\]\.sid: must be unique: another statement has the same sid/,
    ],
    ["a basic role", gcpDeployersSpec, gcp({ role: "roles/editor" }), /must not be a basic role/],
    [
      "a role that escalates",
      gcpDeployersSpec,
      gcp({ role: "roles/iam.serviceAccountTokenCreator" }),
      /roles\[0\]\.role: must not be a role that impersonates any account/,
    ],
    [
      "the role of whoever acts as an account",
      gcpDeployersSpec,
      gcp({ role: "roles/iam.workloadIdentityUser" }),
      /roles\[0\]\.role: must not be a role that impersonates any account/,
    ],
    [
      "a role that writes, for a pull request",
      gcpDeployersSpec,
      gcpDeployersArgs({
        deployers: {
          main: {
            from: { platform: "github", repository: "acme/shop", on: { event: "pull-request" } },
            roles: [{ role: "roles/container.viewer" }, { role: "roles/container.developer" }],
          },
        },
      }).spec,
      /roles\[1\]\.role: must be read-only, for example roles\/container\.viewer/,
    ],
    [
      "granting any role",
      gcpDeployersSpec,
      gcp({ role: "roles/resourcemanager.projectIamAdmin" }),
      /roles\[0\]\.mayGrant: .*must list the roles that it may grant and revoke/,
    ],
    [
      "granting itself on",
      gcpDeployersSpec,
      gcp({
        role: "roles/resourcemanager.projectIamAdmin",
        mayGrant: ["roles/resourcemanager.projectIamAdmin", "roles/owner"],
      }),
      /mayGrant\[0\]: must not grant itself\n.*mayGrant\[1\]: must not be a basic role/,
    ],
    [
      "a role twice",
      gcpDeployersSpec,
      gcp({ role: "roles/container.developer" }, { role: "roles/container.developer" }),
      /roles\[1\]\.role: must not be listed twice/,
    ],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec<typeof awsDeployersSpec | typeof gcpDeployersSpec>(
        schema,
        spec,
        "deployers",
      );
      const said = problems.map((problem) => `${problem.path}: ${problem.message}`);
      assert.match(said.join("\n"), message);
    });
  }
});
