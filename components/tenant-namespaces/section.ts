/** The namespaces of tenants, as a section of tiers and of tenants' manifests. */
import { z } from "zod";
import { contains } from "../core/cidr.ts";
import type { Cloud } from "../core/cloud.ts";
import type { Problem } from "../core/errors.ts";
import { bytes } from "../core/units.ts";
import { defineTenantSection, type Given, type TenantContext } from "../section/tenant-section.ts";
import { namespaceOf } from "./names.ts";
import {
  type NamespacesSpec,
  namespacesSettings,
  namespacesSpec,
  namespacesTier,
} from "./schema.ts";

const outputs = z.object({ namespaces: z.record(z.string(), z.string()) });

type GivenNamespaces = Given<{
  readonly tier: typeof namespacesTier;
  readonly settings: typeof namespacesSettings;
}>;

/** Link-local addresses, at which nodes have their metadata, loopback, and multicast. Source: RFC 6890, RFC 5771. */
const special = ["169.254.0.0/16", "127.0.0.0/8", "224.0.0.0/4"] as const;

/** Storage classes that a cluster has besides the cell's own. */
const foreignClasses: Readonly<Record<Cloud, readonly string[]>> = {
  aws: ["gp2"],
  // https://docs.cloud.google.com/kubernetes-engine/docs/concepts/persistent-volumes#storageclasses
  gcp: ["standard", "standard-rwo", "premium-rwo"],
  onprem: [],
};

function on(cloud: Cloud) {
  return {
    spec: namespacesSpec,
    plan: ({ tier, settings }: GivenNamespaces, tenant: TenantContext) => ({
      tenant: tenant.id,
      tier: tenant.tier,
      suspended: tenant.suspended,
      quota: tier,
      settings,
      foreignClasses: foreignClasses[cloud].filter((name) => !tier.storageClasses.includes(name)),
      inside: [tenant.supernet, ...special],
      reaches: tenant.reaches,
    }),
    check: problems,
    build: () => import("./builder.ts"),
    shared: () => import("./shared-builder.ts"),
  };
}

export const namespaces = defineTenantSection({
  name: "namespaces",
  component: "namespaces",
  page: "components/tenant-namespaces",
  about: "Its namespaces: quotas, who may call whom, operators and pipelines.",
  tier: namespacesTier,
  inTier: "defaulted",
  settings: namespacesSettings,
  required: "defaulted",
  clouds: { aws: on("aws"), gcp: on("gcp"), onprem: on("onprem") },
  demand: ({ quota, settings }: NamespacesSpec) => ({
    cpu: quota.cpu,
    memoryGib: bytes(quota.memory) / 2 ** 30,
    pods: quota.pods,
    addresses: quota.pods,
    storageGib: bytes(quota.storage) / 2 ** 30,
    namespaces: Object.keys(settings.spaces).length,
  }),
  outputs,
  outputsOf: ({ namespaces: named }: { readonly namespaces: unknown }) => ({ namespaces: named }),
  column: {
    title: "namespaces",
    value: ({ namespaces: named }: z.output<typeof outputs>) => Object.keys(named).join(", "),
  },
});

/** The physical names of a tenant's namespaces. */
export function spacesOf({ id, settings }: Pick<TenantContext, "id" | "settings">): string[] {
  return Object.keys(settings(namespaces)?.spaces ?? {}).map((space) => namespaceOf(id, space));
}

function problems(given: GivenNamespaces, { supernet }: TenantContext): Problem[] {
  return [...tooMany(given), ...insideProblems(given, supernet)];
}

/** Calls between namespaces are declared apart; cells, and what listens on nodes and links, are out of reach. */
function insideProblems({ settings }: GivenNamespaces, supernet: string): Problem[] {
  return settings.egress.flatMap(({ cidr }, index): Problem[] => {
    const path = `egress[${index}].cidr`;
    if (contains(supernet, cidr)) {
      const message = `must be outside of the addresses of cells, ${supernet}: calls are for its own namespaces`;
      return [{ path, message, got: cidr }];
    }
    const reserved = special.find((block) => contains(block, cidr));
    if (reserved === undefined) return [];
    const message = `must be a destination on a network, not in ${reserved}: metadata of nodes, loopback or multicast`;
    return [{ path, message, got: cidr }];
  });
}

function tooMany({ tier, settings }: GivenNamespaces): Problem[] {
  const count = Object.keys(settings.spaces).length;
  if (count <= tier.most) return [];
  return [
    { path: "spaces", message: `must be at most ${tier.most}, the limit of the tier`, got: count },
  ];
}
