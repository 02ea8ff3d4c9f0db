/** What tenants of an environment are to each other. Pure, and linear in their number. */
import type { Problem } from "../../components/core/errors.ts";
import { configFile } from "../files/config-files.ts";
import type { PlacedEnvironment, PlacedTenant } from "../model.ts";

/**
 * Problems between tenants, and with what the environment declares.
 *
 * @param cells the names of the environment's cells
 */
export function acrossTenants(
  environment: PlacedEnvironment,
  cells: readonly string[],
  tenants: readonly PlacedTenant[],
): Problem[] {
  return [
    ...tenants.flatMap((tenant) => ownProblems(environment, cells, tenant)),
    ...meetingIds(tenants),
    ...sharedHostnames(tenants),
    ...sharedSubjects(tenants),
  ];
}

function ownProblems(
  { tenancy }: PlacedEnvironment,
  cells: readonly string[],
  { name, stack, hostnames, partners }: PlacedTenant,
): Problem[] {
  const file = configFile(stack);
  const { domains = [], reserved = [], scopes = {}, ratePlans = {} } = tenancy ?? {};
  const met = cells.find((cell) => meets(cell, name));
  return [
    ...(reserved.includes(name)
      ? [
          {
            path: `${file}: the name`,
            message: "must not be an id that the environment reserves",
            got: name,
          },
        ]
      : []),
    ...(met === undefined
      ? []
      : [
          {
            path: `${file}: the name`,
            message: `must not begin with the name of cell ${met}, or be the beginning of it: names of their resources could be equal`,
            got: name,
          },
        ]),
    ...hostnames.flatMap((host, index) =>
      domains.some((domain) => host.endsWith(`.${domain}`))
        ? []
        : [
            {
              path: `${file}: hostnames[${index}]`,
              message: `must be in a domain of the environment's tenancy: ${domains.join(", ") || "it has none"}`,
              got: host,
            },
          ],
    ),
    ...Object.entries(partners).flatMap(([client, { scopes: wanted, ratePlan }]) => [
      ...wanted
        .filter((scope) => !Object.hasOwn(scopes, scope))
        .map((scope) => ({
          path: `${file}: partners.${client}.scopes`,
          message: `must be scopes of the environment's tenancy: ${Object.keys(scopes).join(", ") || "it has none"}`,
          got: scope,
        })),
      ...(ratePlan === undefined || Object.hasOwn(ratePlans, ratePlan)
        ? []
        : [
            {
              path: `${file}: partners.${client}.ratePlan`,
              message: `must be a rate plan of the environment's tenancy: ${Object.keys(ratePlans).join(", ") || "it has none"}`,
              got: ratePlan,
            },
          ]),
    ]),
  ];
}

/** Whether one name is the other, or its beginning up to a hyphen: what is named after both could be equal. */
function meets(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`);
}

/** A prefix that ends in a delimiter is only safe if no id continues another with that delimiter. */
function meetingIds(tenants: readonly PlacedTenant[]): Problem[] {
  const ids = new Set(tenants.map(({ name }) => name));
  return tenants.flatMap(({ name, stack }) => {
    const parts = name.split("-");
    const shorter = parts
      .slice(0, -1)
      .map((_, index) => parts.slice(0, index + 1).join("-"))
      .find((beginning) => ids.has(beginning));
    if (shorter === undefined) return [];
    return {
      path: `${configFile(stack)}: the name`,
      message: `must not begin with the id of tenant ${shorter} and a hyphen: prefixes of ${shorter} would cover it`,
      got: name,
    };
  });
}

function sharedHostnames(tenants: readonly PlacedTenant[]): Problem[] {
  return twice(
    tenants.flatMap(({ stack, hostnames }) =>
      hostnames.map((host, index) => ({ stack, value: host, path: `hostnames[${index}]` })),
    ),
    (other) => `must be a host name that no other has: it is in ${other}`,
  );
}

/** A group of two tenants would have the rights of both. */
function sharedSubjects(tenants: readonly PlacedTenant[]): Problem[] {
  return twice(
    tenants.flatMap(({ stack, sections }) => {
      const { operators, ci } = (sections.namespaces ?? {}) as Readonly<
        Record<"operators" | "ci", { groups: string[]; users: string[] } | undefined>
      >;
      return Object.entries({ operators, ci }).flatMap(([role, subjects]) =>
        (["groups", "users"] as const).flatMap((kind) =>
          (subjects?.[kind] ?? []).map((value) => ({
            stack,
            value: `${kind} ${value}`,
            path: `namespaces.${role}.${kind}`,
          })),
        ),
      );
    }),
    (other) => `must belong to one tenant only: it is in ${other} too`,
  );
}

interface Claim {
  readonly stack: string;
  readonly value: string;
  readonly path: string;
}

function twice(claims: readonly Claim[], message: (other: string) => string): Problem[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const before = first.get(claim.value);
    if (before === undefined) {
      first.set(claim.value, claim);
      return [];
    }
    // Operators and pipelines of one tenant may be one group.
    if (before.stack === claim.stack && before.path !== claim.path) return [];
    return {
      path: `${configFile(claim.stack)}: ${claim.path}`,
      message: message(configFile(before.stack)),
      got: claim.value.replace(/^(groups|users) /, ""),
    };
  });
}
