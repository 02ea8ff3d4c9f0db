// The examples of the READMEs of tenants' sections are valid fields of a tenant's manifest. What they build is tested beside them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { checkSpec } from "../../../components/core/spec.ts";
import { tenantSchema } from "../../../footprint/manifest/tenant.ts";

describe("the example of a tenant", () => {
  for (const folder of ["keys", "object-store", "secrets", "identity"]) {
    test(`in tenant-${folder} is valid`, () => {
      const text = readFileSync(`components/tenant-${folder}/README.md`, "utf8");
      const [, yaml = ""] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
      const fields = parse(yaml) as object;
      const manifest = {
        kind: "tenant",
        environment: "prod",
        cell: "aws-use1",
        tier: "basic",
        ...fields,
      };
      assert.ok(Object.keys(fields).length > 0);
      assert.deepEqual(checkSpec(tenantSchema(), manifest, "acme").problems, []);
    });
  }
});
