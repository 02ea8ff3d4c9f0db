// Invalid settings of a GKE cluster. Does not prove that Google rejects them too.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { gcpClusterSpec } from "../../../components/cluster/schema.ts";
import { checkSpec } from "../../../components/core/spec.ts";
import { spec } from "./gcp-fixture.ts";

describe("invalid settings of a GKE cluster", () => {
  const cases: [string, Record<string, unknown>, RegExp][] = [
    [
      "a version out of support",
      { version: "1.30" },
      /spec: version: must be a version in standard support/,
    ],
    ["a version without quotes", { version: 1.35 }, /spec: version: must be in quotes/],
    ["an unknown channel", { releaseChannel: "FAST" }, /spec: releaseChannel: /],
    [
      "a control plane that nobody can reach",
      { dnsEndpoint: { allowExternalTraffic: false } },
      /spec: dnsEndpoint\.allowExternalTraffic: must be true while authorizedNetworks is empty/,
    ],
    [
      "the whole internet as an authorised network",
      { authorizedNetworks: { all: "0.0.0.0/0" } },
      /spec: authorizedNetworks\.all: must be a block of your own networks/,
    ],
    [
      "more authorised networks than a cluster has",
      {
        authorizedNetworks: Object.fromEntries(
          Array.from({ length: 101 }, (_, index) => [`n${index}`, `10.${index}.0.0/16`]),
        ),
      },
      /spec: authorizedNetworks: must have at most 100 entries/,
    ],
    [
      "a block that starts in the middle",
      { authorizedNetworks: { office: "10.90.0.1/16" } },
      /spec: authorizedNetworks\.office: must start where the block starts: "10\.90\.0\.0\/16"/,
    ],
    [
      "a name longer than GKE's 40 characters",
      { name: "a".repeat(41) },
      /spec: name: must have at most 40/,
    ],
    ["a field of EKS", { endpointPublicAccess: true }, /spec: endpointPublicAccess: unknown field/],
    [
      "an unknown time zone",
      { maintenance: { timeZone: "Europe/Berln" } },
      /spec: maintenance\.timeZone: .*Europe\/Berlin/,
    ],
    [
      "maintenance on one day only",
      { maintenance: { days: ["sat"] } },
      /spec: maintenance\.days: must give GKE 48 hours/,
    ],
    [
      "a group that GKE does not take",
      { securityGroup: "ops@acme.example" },
      /spec: securityGroup: must be "gke-security-groups@"/,
    ],
  ];
  for (const [what, change, expected] of cases) {
    test(what, () => {
      const { problems } = checkSpec(gcpClusterSpec, { ...spec, ...change }, "spec");
      assert.equal(problems.length, 1, JSON.stringify(problems));
      assert.match(`${problems[0]?.path}: ${problems[0]?.message}`, expected);
    });
  }
});
