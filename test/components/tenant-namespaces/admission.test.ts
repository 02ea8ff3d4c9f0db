// Which namespaces admission is for. Does not evaluate CEL: an API server does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { tenantPods } from "../../../components/tenant-namespaces/admission.ts";

test("pods of a tenant's workloads need the class of its tier; those of its own PostgreSQL, without the label of the tier, do not", () => {
  assert.deepEqual(tenantPods.matchConstraints.namespaceSelector, {
    matchExpressions: [{ key: "atoll.dev/tier", operator: "Exists" }],
  });
});
