// The real engine against the embedded cloud. Does not prove that AWS and Google retain records.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";
import { createAudit } from "../../../components/audit/audit.ts";
import type { AwsAuditInput } from "../../../components/audit/schema.ts";
import { GcpStorageAgents } from "../../../components/object-store/gcp-agents.ts";
import { createProviders } from "../../../components/provider/provider.ts";
import { rig } from "../../support/engine.ts";
import { awsPlace, gcpPlace, ownership } from "./fixture.ts";

const common = { ownership, retain: false };
const short: Pick<AwsAuditInput, "lifetime" | "frameworks"> = {
  lifetime: "ephemeral",
  frameworks: ["pci-dss-4", "sox"],
};

function onAws() {
  const providers = createProviders("aws", awsPlace);
  const spec = { ...awsPlace, ...short };
  const { archive } = createAudit("audit", { cloud: "aws", ...common, spec }, { providers });
  return { archive };
}

function onGcp() {
  const projectNumber = "123456789012";
  const providers = createProviders("gcp", { ...gcpPlace, projectNumber });
  const opts = { provider: providers.gcp as pulumi.ProviderResource };
  const ring = new gcp.kms.KeyRing("ring", { location: gcpPlace.region, name: "keys" }, opts);
  const key = new gcp.kms.CryptoKey("key", { keyRing: ring.id, name: "objects" }, opts);
  const { project } = gcpPlace;
  const agents = new GcpStorageAgents(
    "agents",
    { ...common, project, keyNames: { objects: key.id } },
    { providers },
  );
  const { archive } = createAudit(
    "audit",
    {
      cloud: "gcp",
      ...common,
      spec: { ...gcpPlace, ...short, guardrails: `projects/${projectNumber}` },
      keyName: agents.keyNames.objects ?? key.id,
    },
    { providers },
  );
  return { archive };
}

for (const [name, program, archive] of [
  ["AWS", onAws, "prod-audit-111122223333"],
  ["GCP", onGcp, "prod-audit-acme-prod"],
] as const) {
  test(`an audit trail on ${name} is created, has no changes on the second run, and is destroyed`, async () => {
    const engine = await rig();
    try {
      const { outputs } = await engine.up(async () => program());
      assert.equal(outputs.archive?.value, archive);
      assert.deepEqual((await engine.preview(async () => program())).changes, {});
      await engine.destroy(async () => program());
      assert.deepEqual(engine.deployed(), []);
    } finally {
      await engine.stop();
    }
  });
}
