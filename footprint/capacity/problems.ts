/** The problems of cells whose tenants need more than there is. Pure. */
import type { Problem } from "../../components/core/errors.ts";
import { counting, resources } from "../../components/tenancy/capacity.ts";
import type { CellCapacity, Line, Share } from "./ledger.ts";

/** One problem for each resource that is used up, and one for each cell with too many tenants. */
export function capacityProblems(
  cells: readonly CellCapacity[],
  fileOf: (cell: string) => string,
): Problem[] {
  const reported = new Set<string>();
  return cells.flatMap(({ cell, tenants, most, lines }) => [
    ...(most === undefined || tenants <= most
      ? []
      : [
          {
            path: `${fileOf(cell)}: tenancy.most`,
            message: `must be at least ${tenants}, the number of its tenants; move tenants to another cell, or raise it`,
            got: most,
          },
        ]),
    ...lines.flatMap((line): Problem[] => {
      if (line.left === undefined || line.left >= 0 || line.tenants === 0) return [];
      // Cells of one account have one quota.
      const key = `${line.of}\n${line.resource}`;
      if (line.of !== undefined && reported.has(key)) return [];
      reported.add(key);
      return [{ path: `${fileOf(cell)}: tenancy`, message: messageOf(line) }];
    }),
  ]);
}

function messageOf({ resource, of, capacity = 0, own, promised, quota, largest }: Line): string {
  const { overCommitted, cure } = counting[resource];
  const where = of === undefined ? "" : ` of ${of}`;
  const whole = overCommitted && promised < quota ? ` of quotas of ${amount(quota)}` : "";
  const lower = overCommitted ? "lower `guaranteed` or the quotas of their tiers, or " : "";
  return [
    `must have ${resources[resource]}${where} for its tenants: there are ${amount(capacity)},`,
    `its own services use ${amount(own)}, and tenants are promised ${amount(promised)}${whole};`,
    `the largest are ${largest.map(shareText).join(", ")}.`,
    `Move tenants to another cell, ${lower}${cure}`,
  ].join(" ");
}

function shareText({ tenant, promised }: Share): string {
  return `${tenant} with ${amount(promised)}`;
}

/** At most two decimals. */
export function amount(value: number): string {
  return String(Math.round(value * 100) / 100);
}
