// Each mistake is one message with its place, the value, and what would be right. That nothing is registered is shown end to end.
import { describe } from "node:test";
import { type Case, type Edit, refusesEach } from "../../support/sample.ts";

const set =
  (fields: Record<string, unknown>): Edit =>
  (manifest) => {
    Object.assign(manifest, fields);
  };

const tenant = (fields: Record<string, unknown> = {}) =>
  JSON.stringify({
    config: {
      "atoll:manifest": {
        kind: "tenant",
        environment: "local",
        cell: "aws-use1",
        tier: "basic",
        ...fields,
      },
    },
  });

const cases: Case[] = [
  [
    "an unknown cell",
    { "local.birch": set({ cell: "aws-use2" }) },
    [/birch\.yaml: cell: must be a cell of local, did you mean "aws-use1"\?.*"aws-use2"/],
  ],
  ["no cell", { "local.birch": set({ cell: undefined }) }, [/birch\.yaml: cell: .*one of both/]],
  ["a cell and cells", { "local.birch": set({ cells: ["aws-use1"] }) }, [/one of both/]],
  [
    "a cell twice",
    { "local.birch": set({ cell: undefined, cells: ["aws-use1", "aws-use1"] }) },
    [/cells: must not name a cell twice/],
  ],
  [
    "an unknown tier",
    { "local.birch": set({ tier: "basics" }) },
    [/tier: must be a tier of the environment, did you mean "basic"\?/],
  ],
  [
    "an unknown scope",
    { "local.cedar": set({ partners: { parcel: { name: "Parcel", scopes: ["orders.delete"] } } }) },
    [/partners\.parcel\.scopes: must be scopes .*orders\.read, orders\.write.*"orders\.delete"/],
  ],
  [
    "an unknown rate plan",
    {
      "local.cedar": set({
        partners: { parcel: { name: "Parcel", scopes: ["orders.read"], ratePlan: "silver" } },
      }),
    },
    [/ratePlan: must be a rate plan .*bronze, gold/],
  ],
  [
    "an id that is reserved",
    { "local.platform": tenant() },
    [/platform\.yaml: the name: must not be an id that Atoll reserves/],
  ],
  [
    "an id that the environment reserves",
    { local: (manifest) => Object.assign(manifest.tenancy as object, { reserved: ["birch"] }) },
    [/birch\.yaml: the name: must not be an id that the environment reserves/],
  ],
  [
    "an id with a wrong form",
    { "local.Acme": tenant() },
    [/the name: must be 3 to 20 lower case letters/],
  ],
  [
    "an id that begins with another",
    { "local.birch-north": tenant() },
    [/birch-north\.yaml: the name: must not begin with the id of tenant birch and a hyphen/],
  ],
  [
    "an id that begins like a cell",
    { "local.aws-use1-acme": tenant() },
    [/must not begin with the name of cell aws-use1/],
  ],
  [
    "a residency elsewhere",
    { "local.birch": set({ residency: "eu" }) },
    [/residency: must be where its cells are: not cell aws-use1, which is in "us"/],
  ],
  [
    "a framework that the tier does not have",
    { "local.birch": set({ frameworks: ["hipaa"] }) },
    [
      /frameworks: must be frameworks of the environment or of tier enterprise: soc2, pci-dss-4, gdpr/,
    ],
  ],
  [
    "a host name of another tenant",
    { "local.birch": set({ hostnames: ["cedar.app.atoll.example"] }) },
    [
      /cedar\.yaml: hostnames\[0\]: must be a host name that no other has: it is in Pulumi\.local\.birch\.yaml/,
    ],
  ],
  [
    "a host name outside the domains",
    { "local.birch": set({ hostnames: ["birch.example.com"] }) },
    [/hostnames\[0\]: must be in a domain .*app\.atoll\.example/],
  ],
  [
    "the domain itself as a host name",
    { "local.birch": set({ hostnames: ["app.atoll.example"] }) },
    [/hostnames\[0\]: must be in a domain/],
  ],
  [
    "an override beyond its bounds",
    { "local.cedar": set({ overrides: { "namespaces.cpu": 20 } }) },
    [/overrides\.namespaces\.cpu: must be from 4 to 8/],
  ],
  [
    "an override that makes the tier invalid",
    {
      local: (manifest) => {
        const { tiers } = manifest.tenancy as { tiers: Record<string, Record<string, unknown>> };
        tiers.business!.overrides = { "namespaces.container.cpu": { max: 64 } };
      },
      "local.cedar": set({ overrides: { "namespaces.container.cpu": 3 } }),
    },
    [/overrides\.namespaces\.container: must not be larger than largestContainer/],
  ],
  [
    "more namespaces than the tier has",
    {
      "local.birch": set({
        namespaces: { spaces: { app: { services: { web: {} } }, b: {}, c: {}, d: {} } },
      }),
    },
    [/namespaces\.spaces: must be at most 3, the limit of the tier/],
  ],
  [
    "a call to an unknown namespace",
    {
      "local.birch": set({
        namespaces: { calls: [{ from: "app", to: "jobs", ports: [80], why: "jobs" }] },
      }),
    },
    [/namespaces\.calls\[0\]\.to: must be a namespace of the tenant.*known are app/],
  ],
  [
    "operators of two tenants",
    {
      "local.birch": set({
        namespaces: {
          spaces: { app: { services: { web: {} } } },
          operators: { groups: ["cedar-operators@atoll.example"] },
        },
      }),
    },
    [/cedar\.yaml: namespaces\.operators\.groups: must belong to one tenant only/],
  ],
  [
    "egress to the metadata of nodes, to another cell, and within its own",
    {
      "local.cedar": (manifest) => {
        const blocks = ["169.254.169.254/32", "10.40.0.0/16", "10.36.4.0/24"];
        Object.assign(manifest.namespaces as object, {
          egress: blocks.map((cidr) => ({ from: "web", cidr, ports: [443], why: "a partner" })),
        });
      },
    },
    [
      /egress\[0\]\.cidr: must be a destination on a network, not in 169\.254\.0\.0\/16/,
      /egress\[1\]\.cidr: must be outside of the addresses of cells, 10\.32\.0\.0\/11/,
      /egress\[2\]\.cidr: must be outside of the addresses of cells/,
    ],
  ],
  [
    "a group with a space in front, which would pass for another",
    {
      "local.cedar": (manifest) => {
        Object.assign(manifest.namespaces as object, {
          operators: { groups: [" system:masters"] },
        });
      },
    },
    [/operators\.groups\[0\]: must not begin or end with a space/],
  ],
  [
    "a group of Kubernetes as operators",
    { "local.birch": set({ namespaces: { operators: { groups: ["system:masters"] } } }) },
    [/must not start with "system:"/],
  ],
  [
    "a cell for another tenant",
    { "local.aws-use1": set({ tenancy: { only: "acme" } }) },
    [/birch\.yaml: cell: must be another cell: this one is for acme only/],
  ],
  [
    "a tier with an objective that can never fire",
    {
      local: (manifest) => {
        const { tiers } = manifest.tenancy as { tiers: Record<string, Record<string, unknown>> };
        tiers.basic!.slos = { availability: { objective: 90 } };
      },
    },
    [/local\.yaml: tenancy\.tiers\.basic\.slos\.availability\.objective: must be more than 93\.06/],
  ],
  [
    "a tier with an unknown rate plan",
    {
      local: (manifest) => {
        const { tiers } = manifest.tenancy as { tiers: Record<string, Record<string, unknown>> };
        tiers.basic!.ratePlan = "bronz";
      },
    },
    [/tiers\.basic\.ratePlan: must be one of ratePlans, did you mean "bronze"\?/],
  ],
  [
    "a wrong tenant beside a wrong cell",
    { "local.birch": set({ tier: 3 }), "local.gcp-euw1": set({ cluster: {} }) },
    [/gcp-euw1\.yaml: cluster\.version/, /birch\.yaml: tier/],
  ],
];

describe("tenants", () => refusesEach(cases));
