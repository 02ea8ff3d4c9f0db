/**
 * The pack in the real engine, against the embedded cloud: what blocks a preview and an update, at which level, and the effect of
 * an exemption. The other suites prove which inputs violate which control.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { EngineEvent, PolicyEvent, PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { type Rig, rig } from "../support/engine.ts";

const root = path.resolve(import.meta.dirname, "../..");
const pack = path.join(root, "policies");

interface Outcome {
  readonly policies: readonly PolicyEvent[];
  readonly failed: boolean;
  readonly output: string;
}

describe("the pack in the engine", () => {
  let engine: Rig;
  let config: string;
  const outside = {
    PATH: process.env.PATH,
    ATOLL_CONFIG_DIR: process.env.ATOLL_CONFIG_DIR,
    ATOLL_TODAY: process.env.ATOLL_TODAY,
  };

  before(async () => {
    engine = await rig();
    config = await mkdtemp(path.join(tmpdir(), "atoll-config-"));
    process.env.PATH = [
      path.join(root, "node_modules/.bin"),
      path.join(root, "cli/engine/bin"),
      outside.PATH,
    ].join(path.delimiter);
    process.env.ATOLL_CONFIG_DIR = config;
    process.env.ATOLL_TODAY = "2026-06-30";
  });

  after(async () => {
    for (const [key, value] of Object.entries(outside)) {
      if (value === undefined) delete process.env[key];
      else process.env[key] = value;
    }
    await engine.stop();
    await rm(config, { recursive: true });
  });

  async function manifest(exemptions: readonly object[] = []): Promise<void> {
    const data = { config: { "atoll:manifest": { kind: "environment", exemptions } } };
    await writeFile(path.join(config, "Pulumi.prod.yaml"), JSON.stringify(data));
  }

  async function run(operation: "preview" | "up", program: PulumiFn): Promise<Outcome> {
    const stack = await engine.stack(program, "prod");
    const policies: PolicyEvent[] = [];
    const lines: string[] = [];
    const onEvent = (event: EngineEvent) => {
      if (event.policyEvent) policies.push(event.policyEvent);
    };
    const options = { policyPacks: [pack], onEvent, onOutput: (line: string) => lines.push(line) };
    try {
      await stack[operation](options);
      return { policies, failed: false, output: lines.join("") };
    } catch (error) {
      return { policies, failed: true, output: lines.join("") + String(error) };
    }
  }

  test("passes a program that meets every control", async () => {
    await manifest();
    const outcome = await run("preview", volumes(true));
    assert.ok(!outcome.failed, outcome.output);
    assert.deepEqual(outcome.policies, []);
  });

  test("blocks a preview and an update, with the control's name, level and severity", async () => {
    await manifest();
    for (const operation of ["preview", "up"] as const) {
      const outcome = await run(operation, volumes(false));
      assert.ok(outcome.failed, `${operation} went through`);
      const [event] = outcome.policies;
      assert.equal(event?.policyName, "ebs1-enforce-volume-encryption");
      assert.equal(event.enforcementLevel, "mandatory");
      assert.match(
        event.message,
        /EBS1: Block volumes are encrypted\.\n.*"data": encrypted is false: .*\nRemedy: /,
      );
      assert.match(event.resourceUrn ?? "", /aws:ebs\/volume:Volume::data$/);
    }
    assert.deepEqual(standing(), [], "the volume must not be made");
  });

  test("reports a value that is unknown in a preview at the control's level, and judges it in the update", async () => {
    await manifest();
    const later = (answer: boolean) => async () => {
      const key = new aws.kms.Key("key", { region: "us-east-1", enableKeyRotation: true });
      volume(key.arn.apply(() => answer));
    };
    const preview = await run("preview", later(true));
    assert.ok(preview.failed, "an unknown value passed");
    assert.deepEqual(
      preview.policies.map(({ policyName, enforcementLevel }) => [policyName, enforcementLevel]),
      [["ebs1-enforce-volume-encryption", "mandatory"]],
    );
    assert.match(
      preview.policies[0]?.message ?? "",
      /"data": encrypted is unknown until deployment/,
    );

    const wrong = await run("up", later(false));
    assert.ok(wrong.failed, "an unencrypted volume passed");
    assert.match(wrong.policies[0]?.message ?? "", /encrypted is false/);
    const right = await run("up", later(true));
    assert.ok(!right.failed, right.output);
    assert.deepEqual(standing(), ["data"]);
    await engine.destroy(later(true), "prod");
  });

  test("reports the documents that a preview cannot judge, and blocks them in the update", async () => {
    await manifest();
    const document = async () => {
      const key = new aws.kms.Key("key", { region: "us-east-1", enableKeyRotation: true });
      const anybody = { Effect: "Allow", Action: "kms:*", Resource: "*", Principal: "*" };
      const policy = key.arn.apply(() => JSON.stringify({ Statement: [anybody] }));
      new aws.kms.KeyPolicy("open", { region: "us-east-1", keyId: key.id, policy });
    };
    const preview = await run("preview", document);
    assert.ok(!preview.failed, preview.output);
    assert.deepEqual(
      preview.policies.map(({ policyName, enforcementLevel }) => [policyName, enforcementLevel]),
      [["atoll3-missing-judgement", "advisory"]],
    );
    assert.match(
      preview.policies[0]?.message ?? "",
      /\n {2}aws:kms\/keyPolicy:KeyPolicy "open": policy\n/,
    );

    const update = await run("up", document);
    assert.ok(update.failed, "a key was opened to anyone");
    assert.deepEqual(
      update.policies.map(({ policyName }) => policyName),
      ["kms2-disallow-open-keys"],
    );
    await engine.destroy(document, "prod");
  });

  test("judges namespaces of a cluster of the same run by their inputs", async () => {
    await manifest();
    const outcome = await run("preview", async () => {
      const key = new aws.kms.Key("key", { region: "us-east-1", enableKeyRotation: true });
      const cluster = new kubernetes.Provider("cluster", { kubeconfig: key.arn });
      namespace("closed", { "pod-security.kubernetes.io/enforce": "restricted" }, cluster);
      namespace("open", {}, cluster);
    });
    assert.ok(outcome.failed, "a namespace without a label passed");
    assert.deepEqual(
      outcome.policies.map(({ policyName, resourceUrn }) => [
        policyName,
        resourceUrn?.split("::").at(-1),
      ]),
      [["k5-missing-namespace-isolation", "open"]],
      outcome.output,
    );
    assert.match(outcome.policies[0]?.message ?? "", /metadata\.labels\[.*is not set/);
  });

  test("passes an exempted resource until the exemption expires", async () => {
    const exemption = {
      control: "EBS1",
      resource: "data",
      reason: "scratch space without customer data",
    };
    await manifest([{ ...exemption, expires: "2026-06-30" }]);
    const covered = await run("preview", volumes(false));
    assert.ok(!covered.failed, covered.output);
    await manifest([{ ...exemption, expires: "2026-06-29" }]);
    const expired = await run("preview", volumes(false));
    assert.ok(expired.failed);
    assert.deepEqual(expired.policies.map(({ policyName }) => policyName).sort(), [
      "atoll2-disallow-expired-exemptions",
      "ebs1-enforce-volume-encryption",
    ]);
  });

  test("reports that the environment's manifest cannot be read", async () => {
    await rm(path.join(config, "Pulumi.prod.yaml"));
    const outcome = await run("preview", volumes(true));
    assert.ok(outcome.failed);
    assert.deepEqual(
      outcome.policies.map(({ policyName }) => policyName),
      ["atoll1-enforce-readable-settings"],
    );
    assert.match(outcome.policies[0]?.message ?? "", /Pulumi\.prod\.yaml cannot be read/);
  });

  function standing(): string[] {
    return engine
      .deployed("prod")
      .filter(({ type }) => type === "aws:ebs/volume:Volume")
      .map(({ name }) => name);
  }
});

function volumes(encrypted: boolean): PulumiFn {
  return async () => volume(encrypted);
}

/** A namespace with a policy that denies all traffic. */
function namespace(
  name: string,
  labels: Readonly<Record<string, string>>,
  provider: kubernetes.Provider,
): void {
  const { metadata } = new kubernetes.core.v1.Namespace(
    name,
    { metadata: { name, labels } },
    { provider },
  );
  new kubernetes.networking.v1.NetworkPolicy(
    `${name}-deny`,
    {
      metadata: { name: "deny", namespace: metadata.name },
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    },
    { provider },
  );
}

function volume(encrypted: pulumi.Input<boolean>): void {
  new aws.ebs.Volume("data", {
    region: "us-east-1",
    availabilityZone: "us-east-1a",
    size: 20,
    type: "gp3",
    encrypted,
  });
}
