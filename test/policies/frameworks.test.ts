/** The mappings between controls and frameworks are consistent. That they are correct, no test can prove. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { frameworkIds } from "../../components/core/frameworks.ts";
import { controlOfPolicy, controls } from "../../policies/catalogue.ts";
import { frameworks } from "../../policies/frameworks/index.ts";
import { policyMetadata, requirementsOf } from "../../policies/message.ts";

const referred = new Set(
  controls.flatMap((control) =>
    requirementsOf(control).map(({ framework, requirement }) => `${framework} ${requirement}`),
  ),
);

test("every requirement of a control exists in its framework", () => {
  for (const reference of referred) {
    const [framework = "", requirement = ""] = reference.split(" ");
    const known = frameworks[framework as keyof typeof frameworks].requirements;
    assert.ok(Object.hasOwn(known, requirement), `${reference} is in no framework`);
  }
});

test("every requirement of a framework is supported by a control", () => {
  const listed = frameworkIds.flatMap((framework) =>
    Object.keys(frameworks[framework].requirements).map(
      (requirement) => `${framework} ${requirement}`,
    ),
  );
  assert.deepEqual(
    listed.filter((reference) => !referred.has(reference)),
    [],
  );
});

test("every framework says what is not covered", () => {
  for (const id of frameworkIds) assert.ok(frameworks[id].notCovered.length > 0, id);
});

test("mappings without a public source are marked as derived, with the reasoning", () => {
  const derived = frameworkIds.filter((id) => frameworks[id].derived !== undefined);
  assert.deepEqual(derived, ["ccpa", "sox"]);
  for (const id of derived) {
    for (const [number, requirement] of Object.entries(frameworks[id].requirements)) {
      assert.ok(requirement.reasoning, `${id} ${number}`);
    }
  }
});

test("ids and names of controls are unique, and a name is the id, a verb and the subject", () => {
  assert.equal(new Set(controls.map(({ id }) => id)).size, controls.length);
  assert.equal(new Set(controls.map(({ policy }) => policy)).size, controls.length);
  for (const { id, policy } of controls) {
    assert.match(
      policy,
      new RegExp(`^${id.toLowerCase()}-(disallow|enable|configure|enforce|missing)-[a-z0-9-]+$`),
    );
    assert.equal(controlOfPolicy(policy)?.id, id);
  }
});

test("the controls of both clouds are complete", () => {
  const expected = [
    "EKS1",
    "EKS2",
    "EKS3",
    "EKS4",
    "EKS5",
    "EKS6",
    "EKS7",
    "NG1",
    "LT1",
    "LT2",
    "LT3",
    "EBS1",
    "VPC1",
    "VPC2",
    "VPC3",
    "VPC4",
    "VPC5",
    "SG1",
    "SG2",
    "SG3",
    "NET1",
    "NET2",
    "K5",
    ...numbered("RDS", 9),
    ...numbered("MSK", 5),
    ...numbered("EC", 5),
    ...numbered("S3", 7),
    ...numbered("SQL", 3),
    ...numbered("GCS", 2),
    ...numbered("GIAM", 2),
    "GKMS1",
    ...numbered("KMS", 2),
    ...numbered("IAM", 4),
    ...numbered("CT", 4),
    "LOG1",
    "EBS2",
    "GKE1",
    "GKE2",
    "GKE3",
    "GKE4",
    "GKE5",
    "GKE6",
    "GKE7",
    "GKE8",
    "GKE9",
  ];
  const ids = new Set(controls.map(({ id }) => id));
  assert.deepEqual(
    expected.filter((id) => !ids.has(id)),
    [],
  );
});

function numbered(family: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${family}${index + 1}`);
}

test("a control's id and requirements are in Pulumi's tags, together with its level, severity and remedy", () => {
  const control = controls.find(({ id }) => id === "EKS1");
  assert.ok(control);
  const metadata = policyMetadata(control);
  assert.deepEqual(metadata.tags?.slice(0, 3), ["control:EKS1", "soc2:CC6.6", "pci-dss-4:1.3.1"]);
  assert.equal(metadata.framework?.specification, "CC6.6");
  assert.equal(metadata.enforcementLevel, "mandatory");
  assert.equal(metadata.severity, "high");
  assert.equal(metadata.remediationSteps, control.remedy);
});
