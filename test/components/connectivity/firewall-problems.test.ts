// Firewall rules of all cells of a project. Its quota is known from Cloud NGFW's "Quotas and limits" only.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firewallProblems } from "../../../components/connectivity/firewall-problems.ts";
import { passages } from "../../../components/connectivity/matrix.ts";
import type { EnvironmentCell } from "../../../components/section/environment-section.ts";

const rule = { cidrs: ["203.0.113.0/24"], ports: [443] };
const cell = (name: string, to: number, project = "acme", existing = {}): EnvironmentCell => ({
  cloud: "gcp",
  environment: "prod",
  name,
  file: `Pulumi.prod.${name}.yaml`,
  project,
  projectNumber: "1",
  region: "europe-west1",
  cidr: `10.${name.length}.0.0/16`,
  sections: {
    network: {
      egress: { to: Object.fromEntries(Array.from({ length: to }, (_, i) => [`t${i}`, rule])) },
      ...existing,
    },
  },
});
const said = (cells: readonly EnvironmentCell[], lines: Parameters<typeof passages>[0] = []) =>
  firewallProblems(cells, passages(lines)).map(({ path, message, got }) => ({
    path,
    message,
    got,
  }));

describe("the firewall rules of a project", () => {
  test("are those of all of its cells together", () => {
    assert.deepEqual(said([cell("a", 100), cell("bb", 88)]), []);
    assert.deepEqual(said([cell("a", 100), cell("bb", 89)]), [
      {
        path: "Pulumi.prod.a.yaml: network.egress.to",
        message:
          "must have at most 99 entries beside the rules of bb: project acme has 200 firewall rules, and its cells need 201; list several blocks in one entry, or combine ports in connectivity.reachability",
        got: 100,
      },
    ]);
    assert.deepEqual(said([cell("a", 100), cell("bb", 89, "other")]), []);
  });

  test("include those of the matrix", () => {
    const lines = [
      { from: "a", to: "bb", ports: [{ protocol: "tcp" as const, ports: [443] }] },
    ] as unknown as Parameters<typeof passages>[0];
    const cells = [cell("a", 100), cell("bb", 88)];
    assert.match(said(cells, lines)[0]?.message ?? "", /at most 98 entries .* need 202/);
    assert.deepEqual(said([cell("a", 194)]), []);
    const [other] = said([cell("a", 194), cell("bb", 0, "other")], lines);
    assert.match(other?.message ?? "", /at most 193 entries beside rules for other cells/);
  });

  test("of an existing network are not Atoll's", () => {
    const existing = { existing: { network: "prod" } };
    assert.deepEqual(said([cell("a", 194), cell("bb", 0, "acme", existing)]), []);
  });
});
