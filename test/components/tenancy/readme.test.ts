// The examples of the READMEs are valid manifests. What they build is tested with the sample, which has the same fields.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { checkSpec } from "../../../components/core/spec.ts";
import { tenancySchema } from "../../../components/tenancy/environment-schema.ts";
import { namespacesSettings } from "../../../components/tenant-namespaces/schema.ts";
import { tenantSchema } from "../../../footprint/manifest/tenant.ts";

function examplesIn(folder: string): Record<string, unknown>[] {
  const text = readFileSync(`components/${folder}/README.md`, "utf8");
  return [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => parse(yaml));
}

describe("examples of READMEs", () => {
  const [environment, tenant] = examplesIn("tenancy") as [
    { tenancy: unknown },
    { config: { "atoll:manifest": unknown } },
  ];

  test("of an environment's tenancy are valid", () => {
    assert.deepEqual(checkSpec(tenancySchema(), environment.tenancy, "tenancy").problems, []);
  });

  test("of a tenant are valid", () => {
    const { "atoll:manifest": manifest } = tenant.config;
    assert.deepEqual(checkSpec(tenantSchema(), manifest, "acme").problems, []);
  });

  test("of namespaces are valid", () => {
    const [example] = examplesIn("tenant-namespaces");
    assert.deepEqual(checkSpec(namespacesSettings, example!.namespaces, "namespaces").problems, []);
  });
});
