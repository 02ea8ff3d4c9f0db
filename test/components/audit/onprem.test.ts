// Evaluates the policy as the API server does: the first matching rule applies. Does not prove that an API server uses it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { createAudit } from "../../../components/audit/audit.ts";
import {
  type AuditPolicy,
  kubernetesAuditPolicy,
} from "../../../components/audit/kubernetes-audit.ts";
import { inventory, only } from "../../support/inventory.ts";
import { ownership } from "./fixture.ts";

interface Request {
  readonly user?: string;
  readonly groups?: readonly string[];
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly path?: string;
}

/** The audit level of a request, as in `k8s.io/apiserver/pkg/audit/policy`. */
function levelOf({ rules }: AuditPolicy, request: Request): string | undefined {
  return rules.find((rule) => {
    if (rule.users && !rule.users.includes(request.user ?? "")) return false;
    if (rule.userGroups && !rule.userGroups.some((one) => request.groups?.includes(one)))
      return false;
    if (rule.verbs && !rule.verbs.includes(request.verb)) return false;
    if (request.path !== undefined) {
      if (rule.resources) return false;
      return (rule.nonResourceURLs ?? [request.path]).some((url) =>
        url.endsWith("*") ? request.path?.startsWith(url.slice(0, -1)) : url === request.path,
      );
    }
    if (rule.nonResourceURLs) return false;
    return (
      rule.resources === undefined ||
      rule.resources.some(
        ({ group, resources }) =>
          group === (request.group ?? "") &&
          (resources === undefined || resources.includes(request.resource ?? "")),
      )
    );
  })?.level;
}

describe("the audit policy of an API server", () => {
  const level = (request: Request) => levelOf(kubernetesAuditPolicy, request);

  test("never records the contents of secrets and tokens, for any verb", () => {
    for (const verb of ["get", "list", "create", "update", "patch", "delete"]) {
      assert.equal(level({ verb, resource: "secrets" }), "Metadata");
      assert.equal(level({ verb, resource: "serviceaccounts/token" }), "Metadata");
      assert.equal(
        level({ verb, group: "authentication.k8s.io", resource: "tokenreviews" }),
        "Metadata",
      );
    }
  });

  test("records request bodies of changes, and response bodies of changes of permissions", () => {
    assert.equal(level({ verb: "create", group: "apps", resource: "deployments" }), "Request");
    assert.equal(level({ verb: "delete", resource: "namespaces" }), "Request");
    assert.equal(
      level({ verb: "update", group: "rbac.authorization.k8s.io", resource: "roles" }),
      "RequestResponse",
    );
  });

  test("records who executed which command in a pod", () => {
    assert.equal(level({ verb: "get", resource: "pods/exec" }), "Request");
  });

  test("records metadata of every other read", () => {
    assert.equal(level({ verb: "list", resource: "pods" }), "Metadata");
    assert.equal(level({ verb: "get", path: "/metrics" }), "Metadata");
  });

  test("omits health checks and the control plane's own reads, but not its reads of secrets", () => {
    assert.equal(level({ verb: "get", path: "/healthz/ping" }), "None");
    const user = "system:kube-controller-manager";
    assert.equal(level({ user, verb: "list", resource: "pods" }), "None");
    assert.equal(level({ user, verb: "list", resource: "secrets" }), "Metadata");
  });
});

test("a site gets the policy as a file and the flags of the API server", async () => {
  const resources = await inventory(() =>
    createAudit("audit", {
      cloud: "onprem",
      ownership,
      spec: { cloud: "onprem", frameworks: ["hipaa"] },
    }),
  );
  assert.equal(resources.length, 1);
  const outputs = only(resources, "atoll:audit:OnpremAudit").outputs ?? {};
  const flags = outputs.flags as Record<string, string>;
  assert.deepEqual(parse(String(outputs.policy)), kubernetesAuditPolicy);
  assert.deepEqual(
    [flags["audit-log-maxage"], flags["audit-log-path"]],
    ["2192", "/var/log/kubernetes/audit.log"],
  );
});
