// What is registered with the engine. Does not prove that the clouds reach the issuer, or that pods mount its tokens.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { createIdentity } from "../../../components/identity/identity.ts";
import { onpremIdentitySpec } from "../../../components/identity/onprem-schema.ts";
import { refusals } from "../../support/accepted.ts";
import { counts, inventory, only } from "../../support/inventory.ts";
import { issuer, onpremArgs, onpremWorkloads, statementsIn } from "./fixture.ts";

const resources = await inventory(() => createIdentity("identity", onpremArgs()));

describe("identities on premises", () => {
  test("are a provider in each cloud, and the permissions of each workload there", () => {
    assert.deepEqual(counts(resources), {
      "atoll:identity:AwsFederatedRole": 1,
      "atoll:identity:GcpFederation": 1,
      "atoll:identity:GcpMember": 2,
      "atoll:identity:OnpremIdentity": 1,
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicy:RolePolicy": 1,
      "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": 1,
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": 1,
      "gcp:secretmanager/secretIamMember:SecretIamMember": 1,
      "gcp:storage/bucketIAMMember:BucketIAMMember": 1,
    });
  });

  test("an AWS role is for tokens of one service account with the audience of AWS", () => {
    const provider = only(resources, "aws:iam/openIdConnectProvider:OpenIdConnectProvider").inputs;
    assert.deepEqual([provider.url, provider.clientIdLists], [issuer, ["sts.amazonaws.com"]]);
    const { inputs } = only(resources, "aws:iam/role:Role");
    const [trust] = statementsIn(inputs.assumeRolePolicy);
    assert.equal(trust?.Action, "sts:AssumeRoleWithWebIdentity");
    assert.match(String(trust?.Principal?.Federated), /^arn:aws:iam:.*identity-issuer$/);
    assert.deepEqual(trust?.Condition, {
      StringEquals: {
        "oidc.seoul.example:aud": "sts.amazonaws.com",
        "oidc.seoul.example:sub": "system:serviceaccount:shop:exporter",
      },
    });
  });

  test("writing to a bucket does not read it", () => {
    const { inputs } = only(resources, "aws:iam/rolePolicy:RolePolicy");
    const actions = statementsIn(inputs.policy).flatMap(({ Action }) => Action);
    assert.ok(actions.includes("s3:PutObject"));
    assert.ok(!actions.includes("s3:GetObject") && !actions.includes("s3:ListBucket"));
  });

  test("a Google pool accepts only the workloads with grants", () => {
    const { inputs } = only(
      resources,
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    );
    assert.equal(
      inputs.attributeCondition,
      'assertion.sub in ["system:serviceaccount:shop:exporter", "system:serviceaccount:shop:reader"]',
    );
    assert.deepEqual(inputs.oidc, { issuerUri: issuer });
    assert.deepEqual(inputs.attributeMapping, { "google.subject": "assertion.sub" });
  });

  test("a workload is a member by its subject", () => {
    const { inputs } = only(resources, "gcp:secretmanager/secretIamMember:SecretIamMember");
    assert.equal(
      inputs.member,
      "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/prod-onprem-sel-workloads/subject/system:serviceaccount:shop:reader",
    );
  });

  test("a pool that replaces a deleted one has another id, and the given keys", async () => {
    const gcp = { ...onpremArgs().spec.gcp, edition: 2, jwks: '{"keys":[]}' };
    const again = await inventory(() => createIdentity("identity", onpremArgs({ gcp })));
    const pool = only(again, "gcp:iam/workloadIdentityPool:WorkloadIdentityPool").inputs;
    assert.equal(pool.workloadIdentityPoolId, "prod-onprem-sel-workloads-2");
    const provider = only(
      again,
      "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider",
    ).inputs;
    assert.deepEqual(provider.oidc, { issuerUri: issuer, jwksJson: '{"keys":[]}' });
  });

  test("without workloads nothing is created", async () => {
    const none = await inventory(() => createIdentity("identity", onpremArgs({ workloads: {} })));
    assert.deepEqual(counts(none), { "atoll:identity:OnpremIdentity": 1 });
  });

  test("the schemas of the embedded cloud accept all of it", () => {
    assert.deepEqual(refusals(resources), []);
  });
});

describe("rejected on-premises", () => {
  const { exporter, reader } = onpremWorkloads;
  for (const [what, settings, message] of [
    [
      "an issuer without TLS",
      { issuer: "http://oidc.seoul.example" },
      /issuer: must be a URL such/,
    ],
    ["an issuer with a slash at its end", { issuer: `${issuer}/` }, /issuer: must be a URL such/],
    [
      "grants in a cloud that nobody comes into",
      { gcp: undefined, workloads: { reader } },
      /workloads\.reader\.gcp: requires `identity\.gcp`/,
    ],
    [
      "a workload without grants",
      { workloads: { idle: { namespace: "shop", serviceAccount: "idle" } } },
      /workloads\.idle: must have grants in a cloud/,
    ],
    [
      "what a cloud does not have",
      {
        workloads: {
          exporter: { ...exporter, aws: [{ kind: "bucket", name: "uplods", may: ["write"] }] },
        },
      },
      /workloads\.exporter\.aws\[0\]\.name: must be a bucket .* did you mean "uploads"/,
    ],
    [
      "a service account of two workloads",
      { workloads: { reader, other: reader } },
      /workloads\.other\.serviceAccount: must not be used by "reader" too/,
    ],
    [
      "a database of Google",
      {
        workloads: {
          reader: { ...reader, gcp: [{ kind: "database", name: "main", may: ["connect"] }] },
        },
      },
      /workloads\.reader\.gcp\[0\]\.kind: must not be a database/,
    ],
    [
      "a subject that is too long for Google",
      {
        workloads: {
          reader: { ...reader, namespace: "n".repeat(63), serviceAccount: "s".repeat(63) },
        },
      },
      /workloads\.reader\.serviceAccount: results in a subject of more than 127 characters/,
    ],
  ] as const) {
    test(what, () => {
      const { problems } = checkSpec(onpremIdentitySpec, onpremArgs(settings).spec, "identity");
      const said = problems.map((problem) => `${problem.path}: ${problem.message}`);
      assert.match(said.join("\n"), message);
      assert.equal(said.length, 1, said.join("\n"));
    });
  }
});
