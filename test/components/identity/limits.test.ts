// Documents of identities at their largest. That the clouds count as documented is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { documentLimits } from "../../../components/core/service-limits.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import {
  longestStatements,
  workloadStatements,
} from "../../../components/identity/aws-statements.ts";
import { providerArn, trustStatement } from "../../../components/identity/aws-trust.ts";
import { awsDeployersSpec } from "../../../components/identity/deployers-schema.ts";
import { awsGrantOf, grantables } from "../../../components/identity/grant-schema.ts";
import { onpremIdentitySpec } from "../../../components/identity/onprem-schema.ts";
import { attributeCondition, subjectProblems } from "../../../components/identity/subjects.ts";
import { awsPlace, awsReferences, awsWorkloads, mainBranch } from "./fixture.ts";

const account = awsPlace.account;
const awsGrant = awsGrantOf(grantables);
const bucket = (index: number) => `arn:aws:s3:::prod-${String(index).padStart(58, "0")}/*`;

describe("deployers on AWS", () => {
  const said = (resources: number) =>
    checkSpec(
      awsDeployersSpec,
      {
        cloud: "aws",
        account,
        deployers: {
          ci: {
            from: mainBranch,
            statements: [
              {
                sid: "Read",
                actions: ["s3:GetObject"],
                resources: Array.from({ length: resources }, (_, index) => bucket(index)),
              },
            ],
          },
        },
      },
      "n",
    ).problems.map(({ path, message }) => `${path}: ${message}`);

  test("have all policies of a role, and not more", () => {
    assert.deepEqual(said(850), []);
    assert.match(
      said(950).join(),
      /^n: deployers\.ci\.statements: must be less: the first 0 statements fill the policies/,
    );
  });
});

describe("grants", () => {
  test("never have longer statements than those that their size is checked with", () => {
    for (const { grants } of Object.values(awsWorkloads)) {
      const parsed = grants.map((grant) => awsGrant.parse(grant));
      const real = workloadStatements("app", parsed, awsReferences, awsPlace, grantables);
      const longest = longestStatements("app", parsed, awsPlace, grantables).flat();
      for (const [index, statement] of longest.entries()) {
        // Statements that are not needed, such as those for a key, are missing in the real ones.
        const same = real.find(({ sid }) => sid === statement.sid);
        if (same)
          assert.ok(JSON.stringify(same).length <= JSON.stringify(statement).length, `${index}`);
      }
      assert.ok(real.every(({ sid }) => longest.some((statement) => statement.sid === sid)));
    }
  });

  test("of every kind have plain strings of known size", () => {
    for (const { kind } of grantables) {
      const grant = Object.values(awsWorkloads)
        .flatMap(({ grants }) => [...grants])
        .find((each) => each.kind === kind);
      if (grant === undefined) continue;
      const [statements = []] = longestStatements(
        "app",
        [awsGrant.parse(grant)],
        awsPlace,
        grantables,
      );
      assert.ok(statements.length > 0, kind);
      assert.ok(!JSON.stringify(statements).includes("Calling"), kind);
    }
  });

  test("of on-premises workloads are refused with the number that fits", () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `topic-${index}`);
    const said = (count: number) =>
      checkSpec(
        onpremIdentitySpec,
        {
          cloud: "onprem",
          issuer: "https://oidc.seoul.example",
          aws: { account, region: awsPlace.region },
          resources: { aws: { topic: names(count) }, gcp: {} },
          workloads: {
            hub: {
              namespace: "shop",
              serviceAccount: "hub",
              aws: names(count).map((name) => ({ kind: "topic", name, may: ["consume"] })),
            },
          },
        },
        "n",
      ).problems.map(({ path, message }) => `${path}: ${message}`);
    const fits = Number(/first (\d+) fill/.exec(said(120).join())?.[1]);
    assert.ok(fits > 40, said(120).join());
    assert.deepEqual(said(fits), []);
    assert.match(said(fits + 1).join(), /^n: workloads\.hub\.aws: must be fewer/);
  });
});

test("a condition of Google's workload identity has up to 4,096 characters", () => {
  const subjects = (count: number) =>
    Array.from({ length: count }, (_, index) => String(index).padStart(100, "s"));
  assert.ok(attributeCondition(subjects(39)).length <= 4_096);
  assert.deepEqual(subjectProblems(subjects(39)), []);
  assert.match(String(subjectProblems(subjects(40))[0]?.message), /more than 4096 characters/);
});

describe("the trust of a deployer", () => {
  const said = (project: string) => {
    const on = { event: "branch", name: "main" } as const;
    const from = { platform: "gitlab", host: "gitlab.com", project, on } as const;
    const statements = [{ sid: "Read", actions: ["s3:GetObject"], resources: [bucket(0)] }];
    return checkSpec(
      awsDeployersSpec,
      { cloud: "aws", account, deployers: { ci: { from, statements } } },
      "n",
    ).problems.map(({ path, message }) => `${path}: ${message}`);
  };

  test("has at most 2,048 characters", () => {
    const longest = (() => {
      let length = 1_000;
      while (said(`acme/${"p".repeat(length + 1)}`).length === 0) length += 1;
      return length;
    })();
    const project = `acme/${"p".repeat(longest)}`;
    const subject = `project_path:${project}:ref_type:branch:ref:main`;
    const issuer = "https://gitlab.com";
    const { sid, principals, actions, conditions } = trustStatement({
      providerArn: providerArn(account, issuer),
      issuer,
      subject,
    });
    const document = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: sid,
          Effect: "Allow",
          Principal: { Federated: (principals as { federated: string }).federated },
          Action: actions,
          Condition: conditions,
        },
      ],
    });
    assert.ok(document.length <= documentLimits.trustPolicy.characters, String(document.length));
    assert.ok(document.length > documentLimits.trustPolicy.characters - 50);
    assert.match(said(`${project}p`).join(), /^n: deployers\.ci\.from: results in a trust policy/);
  });
});
