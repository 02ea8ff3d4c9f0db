// Lists of a network's manifest at their maximum and one above.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { checkSpec } from "../../../components/core/spec.ts";
import { dnsRules } from "../../../components/network/dns-rules.ts";
import { firewallRules } from "../../../components/network/firewall-rules.ts";
import { planGcp } from "../../../components/network/plan.ts";
import { platformNames, withRedirects } from "../../../components/network/registries.ts";
import { awsNetworkSchema, gcpNetworkSchema } from "../../../components/network/schema.ts";

const aws = (more: object) => ({
  cloud: "aws" as const,
  account: "111122223333",
  region: "us-east-1",
  cidr: "10.32.0.0/16",
  clusterName: "prod-aws-use1",
  ...more,
});
const gcp = (more: object) => ({
  cloud: "gcp" as const,
  project: "acme-test",
  region: "europe-west1",
  cidr: "10.36.0.0/16",
  ...more,
});
const many = <Value>(count: number, of: (index: number) => Value) =>
  Array.from({ length: count }, (_, index) => of(index));
const keyed = <Value>(count: number, of: (index: number) => Value) =>
  Object.fromEntries(many(count, (index) => [`k${index}`, of(index)]));
const said = (problems: readonly { path: string; message: string }[]) =>
  problems.map(({ path, message }) => `${path}: ${message}`).join("\n");

describe("DNS firewall", () => {
  const full = (managed: number) =>
    aws({
      dnsFirewall: {
        blocked: ["bad.example"],
        threats: ["DGA", "DNS_TUNNELING", "DICTIONARY_DGA"],
        managedLists: keyed(managed, (index) => `rslvr-fdl-${index.toString(16)}`),
      },
      egress: { allow: ["api.example.com"] },
    });

  test("has 1,000 domains in a list, which one request sends", () => {
    const read = (count: number) =>
      aws({ dnsFirewall: { blocked: many(count, (index) => `b${index}.example`) } });
    const lists = dnsRules(awsNetworkSchema.parse(read(1_000))).flatMap(({ match }) =>
      match.by === "domains" ? match.domains.length : [],
    );
    assert.equal(Math.max(...lists), 1_000);
    const { problems } = checkSpec(awsNetworkSchema, read(1_001), "n");
    assert.match(said(problems), /^n: dnsFirewall\.blocked: must have .*1000/);
  });

  test("has 100 rules with every option on", () => {
    assert.equal(dnsRules(awsNetworkSchema.parse(full(93))).length, 100);
    const { problems } = checkSpec(awsNetworkSchema, full(94), "n");
    assert.match(said(problems), /^n: dnsFirewall\.managedLists: must have at most 93 entries/);
  });
});

describe("the firewall of a GCP network", () => {
  const rule = { cidrs: ["203.0.113.0/24"], ports: [443] };

  test("has 200 rules, those of a project", () => {
    const read = (count: number) => gcp({ egress: { to: keyed(count, () => rule) } });
    const spec = gcpNetworkSchema.parse(read(194));
    assert.equal(firewallRules(planGcp(spec), spec).length, 200);
    const { problems } = checkSpec(gcpNetworkSchema, read(195), "n");
    assert.match(said(problems), /^n: egress\.to: must have at most 194 entries/);
  });

  test("has 5,000 blocks in a rule", () => {
    const read = (count: number) =>
      gcp({ egress: { to: { all: { ...rule, cidrs: many(count, () => "203.0.113.0/24") } } } });
    assert.deepEqual(checkSpec(gcpNetworkSchema, read(5_000), "n").problems, []);
    assert.match(
      said(checkSpec(gcpNetworkSchema, read(5_001), "n").problems),
      /^n: egress\.to\.all\.cidrs: must have /,
    );
  });

  test("has the names that registries redirect to in the same rule", () => {
    const read = (count: number, ...more: string[]) =>
      gcp({ egress: { allow: [...many(count, (index) => `n${index}.example.com`), ...more] } });
    const { problems } = checkSpec(gcpNetworkSchema, read(99, "ghcr.io"), "n");
    assert.match(said(problems), /^n: egress\.allow: must have at most 99 names: registries/);
    const spec = gcpNetworkSchema.parse(read(98, "ghcr.io"));
    assert.equal(withRedirects(spec.egress.allow, "gcp").length, 100);
    assert.ok(platformNames("gcp").length <= 100);
  });

  test("has 100 names in a rule", () => {
    const read = (count: number) =>
      gcp({ egress: { allow: many(count, (index) => `n${index}.example.com`) } });
    assert.deepEqual(checkSpec(gcpNetworkSchema, read(100), "n").problems, []);
    assert.match(said(checkSpec(gcpNetworkSchema, read(101), "n").problems), /egress\.allow/);
  });
});
