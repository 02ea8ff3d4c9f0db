// Rules as data. How AWS and Google Cloud evaluate them is not proven here.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { contains } from "../../../components/core/cidr.ts";
import { awsNetworkSchema, interfaceServices } from "../../../components/network/aws-schema.ts";
import { dnsRules } from "../../../components/network/dns-rules.ts";
import {
  dynamodbPolicy,
  interfacePolicy,
  s3Policy,
} from "../../../components/network/endpoint-policies.ts";
import { type FirewallRule, firewallRules } from "../../../components/network/firewall-rules.ts";
import { gcpNetworkSchema } from "../../../components/network/gcp-schema.ts";
import { planGcp } from "../../../components/network/plan.ts";

const dns = (dnsFirewall: object, egress: object = {}, privateDomains: string[] = []) =>
  dnsRules(
    awsNetworkSchema.parse({
      cloud: "aws",
      account: "111122223333",
      region: "us-east-1",
      cidr: "10.32.0.0/16",
      clusterName: "c",
      dnsFirewall,
      egress,
      privateDomains,
    }),
  );
const open = { unlisted: "resolved" };

/** The result of a query that matches no AWS managed list and no detector. */
function answered(rules: ReturnType<typeof dns>, name: string): "ALLOW" | "BLOCK" {
  const covers = (pattern: string) =>
    pattern === "*" ||
    (pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) : name === pattern);
  const hit = rules.find(({ match }) => match.by === "domains" && match.domains.some(covers));
  return hit?.action ?? "ALLOW";
}

describe("DNS firewall", () => {
  test("by default the platform's names are resolved and others are not", () => {
    assert.deepEqual(
      dns({}).map(({ key, action }) => [key, action]),
      [
        ["platform-names", "ALLOW"],
        ["threat-dga", "BLOCK"],
        ["threat-dns-tunneling", "BLOCK"],
        ["wall", "BLOCK"],
      ],
    );
    for (const name of ["api.ecr.us-east-1.amazonaws.com", "public.ecr.aws", "quay.io", "ghcr.io"])
      assert.equal(answered(dns({}), name), "ALLOW", name);
    // What public.ecr.aws redirects pulls to.
    assert.equal(answered(dns({}), "d5l0dvt14r5h8.cloudfront.net"), "ALLOW");
    // What Docker Hub and registry.k8s.io redirect pulls to.
    for (const name of ["production.cloudfront.docker.com", "europe-west1-docker.pkg.dev"])
      assert.equal(answered(dns({}), name), "ALLOW", name);
    const bucket = "prod-registry-k8s-io-us-east-1.s3.dualstack.us-east-1.amazonaws.com";
    assert.equal(answered(dns({}), bucket), "ALLOW");
    assert.equal(answered(dns({}), "example.com"), "BLOCK");
  });

  test("names of the environment's private domains are resolved", () => {
    const rules = dns({}, {}, ["prod.acme.internal"]);
    assert.equal(answered(rules, "cell.gcp-euw1.prod.acme.internal"), "ALLOW");
    assert.equal(answered(rules, "other.internal"), "BLOCK");
  });

  test("with unlisted: resolved, everything that is not blocked is resolved", () => {
    assert.equal(answered(dns({ blocked: ["bad.example"] }, open), "example.com"), "ALLOW");
    assert.equal(answered(dns({ blocked: ["bad.example"] }, open), "bad.example"), "BLOCK");
    assert.deepEqual(dns({ threats: [] }, open), []);
  });

  test("the last rule blocks everything, and blocked names stay blocked even if allowed", () => {
    const rules = dns(
      { blocked: ["bad.example.com"], managedLists: { malware: "rslvr-fdl-1" } },
      { allow: ["*.example.com"] },
    );
    assert.deepEqual(
      rules.map(({ key, priority, action }) => [key, priority, action]),
      [
        ["blocked", 1000, "BLOCK"],
        ["managed-malware", 2000, "BLOCK"],
        ["platform-names", 2900, "ALLOW"],
        ["threat-dga", 3000, "BLOCK"],
        ["threat-dns-tunneling", 3001, "BLOCK"],
        ["allowed", 4000, "ALLOW"],
        ["wall", 9000, "BLOCK"],
      ],
    );
    assert.equal(answered(rules, "api.example.com"), "ALLOW");
    assert.equal(answered(rules, "bad.example.com"), "BLOCK");
    assert.deepEqual(rules.at(-1)?.match, { by: "domains", domains: ["*"] });
  });

  test("a detector keeps its priority with any other settings", () => {
    const alone = dns({ threats: ["DICTIONARY_DGA"] }, open).at(-1);
    const among = dns({ threats: ["DGA", "DICTIONARY_DGA"] }, open).at(-1);
    assert.equal(alone?.key, "threat-dictionary-dga");
    assert.deepEqual(alone, among);
  });
});

const parse = (settings: object) =>
  gcpNetworkSchema.parse({
    cloud: "gcp",
    project: "acme-prod",
    region: "europe-west1",
    cidr: "10.36.0.0/16",
    ...settings,
  });

/** The result for a connection: the rule with the lowest priority number applies; deny wins over allow with the same number. */
function verdict(rules: FirewallRule[], direction: string, peer: string, port: number): string {
  const hits = rules
    .filter(
      (rule) =>
        rule.direction === direction &&
        rule.cidrs.some((cidr) => contains(cidr, `${peer}/32`)) &&
        (rule.protocol ?? "tcp") === "tcp" &&
        (rule.ports?.includes(port) ?? true),
    )
    .sort((a, b) => a.priority - b.priority || (a.action === "deny" ? -1 : 1));
  return hits[0]?.action ?? "implied";
}

describe("GCP firewall", () => {
  const rulesOf = (settings: object) => {
    const spec = parse(settings);
    return firewallRules(planGcp(spec), spec);
  };

  test("nothing in the cell can be reached from outside, on any port", () => {
    const outside = fc
      .ipV4()
      .filter(
        (ip) =>
          !["10.36.0.0/16", "35.191.0.0/16", "130.211.0.0/22"].some((c) => contains(c, `${ip}/32`)),
      );
    fc.assert(
      fc.property(outside, fc.integer({ min: 1, max: 65535 }), (peer, port) => {
        assert.equal(verdict(rulesOf({}), "INGRESS", peer, port), "deny");
        assert.equal(
          verdict(
            rulesOf({ egress: { to: { web: { cidrs: ["0.0.0.0/0"], ports: [443] } } } }),
            "INGRESS",
            peer,
            port,
          ),
          "deny",
        );
      }),
    );
  });

  test("egress is allowed only to the given destinations and ports", () => {
    const rules = rulesOf({
      egress: { to: { registry: { cidrs: ["203.0.113.0/24"], ports: [443] } } },
    });
    assert.equal(verdict(rules, "EGRESS", "203.0.113.7", 443), "allow");
    assert.equal(verdict(rules, "EGRESS", "203.0.113.7", 80), "deny");
    assert.equal(verdict(rules, "EGRESS", "198.51.100.1", 443), "deny");
  });

  test("pods, nodes, the control plane, Google's APIs and health checks can be reached", () => {
    const rules = rulesOf({});
    const plan = planGcp({ cidr: "10.36.0.0/16" });
    for (const range of [plan.pods, plan.nodes, plan.proxies]) {
      const peer = range.split("/")[0]!;
      assert.equal(verdict(rules, "EGRESS", peer, 10250), "allow");
      assert.equal(verdict(rules, "INGRESS", peer, 10250), "allow");
    }
    assert.equal(verdict(rules, "EGRESS", "10.36.162.1", 443), "allow");
    assert.equal(verdict(rules, "EGRESS", "199.36.153.8", 443), "allow");
    assert.equal(verdict(rules, "INGRESS", "35.191.1.1", 8080), "allow");
    assert.equal(
      verdict(rulesOf({ googleApis: "vpc-sc" }), "EGRESS", "199.36.153.4", 443),
      "allow",
    );
    assert.equal(verdict(rulesOf({ googleApis: "vpc-sc" }), "EGRESS", "199.36.153.8", 443), "deny");
  });
});

describe("endpoint policies", () => {
  const place = { account: "111122223333", region: "us-east-1" };

  test("only own principals are allowed, except for buckets of images and packages", () => {
    const open = [
      ...s3Policy(place),
      ...dynamodbPolicy(place),
      ...interfaceServices.flatMap((service) => interfacePolicy(service, place) ?? []),
    ].filter(({ conditions }) => conditions === undefined);
    assert.deepEqual(open.map(({ sid }) => sid).sort(), ["ImagesAndPackages", "TokensForOurRoles"]);
    for (const { resources } of open) assert.notEqual(resources, "*");
  });

  test("image layers come through the S3 endpoint from the registries' buckets of the region", () => {
    const buckets = (region: string) =>
      s3Policy({ ...place, region })
        .flatMap(({ resources }) => resources)
        .map(String)
        .filter((arn) => arn !== "*" && !arn.includes("al2023"));
    assert.deepEqual(buckets("us-east-1"), [
      "arn:aws:s3:::prod-us-east-1-starport-layer-bucket/*",
      "arn:aws:s3:::prod-registry-k8s-io-us-east-1/*",
      "arn:aws:s3:::quayio-production-s3/*",
    ]);
    assert.deepEqual(buckets("ap-northeast-2"), [
      "arn:aws:s3:::prod-ap-northeast-2-starport-layer-bucket/*",
      "arn:aws:s3:::prod-registry-k8s-io-ap-northeast-2/*",
    ]);
    assert.match(
      buckets("eu-west-2").join(),
      /767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2/,
    );
    assert.deepEqual(buckets("ap-east-2").length, 1);
  });

  test("an organisation allows all of its accounts", () => {
    const [ours] = s3Policy({ ...place, organization: "o-a1b2c3d4e5" });
    assert.deepEqual(ours?.conditions, {
      StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:ResourceOrgID": "o-a1b2c3d4e5" },
    });
  });

  test("the endpoints of EKS keep the default policy", () => {
    assert.equal(interfacePolicy("eks", place), undefined);
    assert.equal(interfacePolicy("eks-auth", place), undefined);
  });
});
