// Grants of workloads in allow policies of Google Cloud. That Google counts like this is known from IAM's "Quotas and limits" only.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { projectMembersOf } from "../../../components/identity/gcp-policy-size.ts";
import { workloadRoles } from "../../../components/identity/gcp-roles.ts";
import { gcpIdentitySpec } from "../../../components/identity/gcp-schema.ts";
import { onpremIdentitySpec } from "../../../components/identity/onprem-schema.ts";
import { gcpPlace, gcpReferences, gcpWorkloads } from "./fixture.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const said = (resources: Record<string, string[]>, workloads: object) =>
  checkSpec(gcpIdentitySpec, { ...gcpPlace, resources, workloads }, "n").problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
const workload = (key: string, grants: object[]) => ({
  namespace: "shop",
  serviceAccount: key,
  account: true,
  grants,
});

describe("a workload", () => {
  const databases = (count: number) => ({
    hub: workload(
      "hub",
      names(count).map((name) => ({ kind: "database", name, may: ["connect"] })),
    ),
  });

  test("connects to 20 databases, each by a condition on roles of the project", () => {
    assert.deepEqual(said({ database: names(20) }, databases(20)), []);
    assert.deepEqual(said({ database: names(21) }, databases(21)), [
      "n: workloads.hub.grants[20]: must be a grant of a workload with another service account: a member can have roles/cloudsql.client with 20 conditions, and 20 grants before it have them",
      "n: workloads.hub.grants[20]: must be a grant of a workload with another service account: a member can have roles/cloudsql.instanceUser with 20 conditions, and 20 grants before it have them",
    ]);
  });

  test("reads 20 folders of a bucket, and of another as many", () => {
    const folders = (count: number) => ({
      hub: workload(
        "hub",
        ["a", "b"].flatMap((name) =>
          names(count).map((prefix) => ({
            kind: "bucket",
            name,
            may: ["read"],
            prefix: `${prefix}/`,
          })),
        ),
      ),
    });
    assert.deepEqual(said({ bucket: ["a", "b"] }, folders(20)), []);
    assert.equal(said({ bucket: ["a", "b"] }, folders(21)).length, 2);
    assert.match(
      said({ bucket: ["a", "b"] }, folders(21))[0] ?? "",
      /^n: workloads\.hub\.grants\[20\]: .*roles\/storage\.objectViewer with 20 conditions/,
    );
  });
});

test("an on-premises workload reads 20 folders of a bucket in a project", () => {
  const read = (count: number) =>
    checkSpec(
      onpremIdentitySpec,
      {
        cloud: "onprem",
        issuer: "https://oidc.seoul.example",
        gcp: {
          project: gcpPlace.project,
          projectNumber: gcpPlace.projectNumber,
          region: gcpPlace.region,
        },
        resources: { aws: {}, gcp: { bucket: ["a"] } },
        workloads: {
          hub: {
            namespace: "shop",
            serviceAccount: "hub",
            gcp: names(count).map((prefix) => ({
              kind: "bucket",
              name: "a",
              may: ["read"],
              prefix: `${prefix}/`,
            })),
          },
        },
      },
      "n",
    ).problems.map(({ path }) => path);
  assert.deepEqual(read(20), []);
  assert.deepEqual(read(21), ["n: workloads.hub.gcp[20]"]);
});

test("a secret has 1,450 workloads", () => {
  const reading = (count: number) =>
    Object.fromEntries(
      names(count).map((key) => [
        key,
        workload(key, [{ kind: "secret", name: "payments", may: ["read"] }]),
      ]),
    );
  assert.deepEqual(said({ secret: ["payments"] }, reading(1_450)), []);
  assert.deepEqual(said({ secret: ["payments"] }, reading(1_451)), [
    "n: workloads.n1450.grants[0]: must be omitted: the policy of the secret has room for 1450 grants of workloads, which are before it",
  ]);
});

test("the members of a project are those of the roles that workloads get on it", () => {
  const workloads = structuredClone(gcpWorkloads) as unknown as Parameters<
    typeof projectMembersOf
  >[0];
  const registered = Object.values(workloads).flatMap(({ grants }) =>
    workloadRoles(grants, gcpReferences, gcpPlace).filter(({ on }) => on.kind === "project"),
  );
  assert.equal(projectMembersOf(workloads), 3);
  assert.equal(registered.length, 3);
});
