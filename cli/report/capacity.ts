/** The capacity of cells as text. */
import type { Problem } from "../../components/core/errors.ts";
import { resources } from "../../components/tenancy/capacity.ts";
import type { Fit } from "../../footprint/capacity/fit.ts";
import type { CellCapacity, Line } from "../../footprint/capacity/ledger.ts";
import { amount } from "../../footprint/capacity/problems.ts";
import { table } from "./table.ts";
import { wrapped } from "./wrap.ts";

export interface CapacityReport extends CellCapacity {
  readonly stack: string;
  readonly tiers: readonly (Fit & { readonly guaranteed: number })[];
}

const amounts = ["capacity", "own use", "promised", "of quotas", "left"] as const;

export function capacityText(
  cells: readonly CapacityReport[],
  problems: readonly Problem[],
): string {
  return [...cells.map(cellText), ...(problems.length === 0 ? [] : [problemText(problems)])].join(
    "\n\n",
  );
}

function cellText({ stack, tenants, most, lines, tiers }: CapacityReport): string {
  const limit = most === undefined ? "" : ` of at most ${most}`;
  const accounts = [...new Set(lines.flatMap(({ of }) => of ?? []))];
  const shared =
    accounts.length === 0
      ? []
      : [wrapped(`* a quota that all cells of it share: ${accounts.join(", ")}`)];
  return [
    `${stack}: ${tenants} ${tenants === 1 ? "tenant" : "tenants"}${limit}`,
    "",
    table(
      ["resource", ...amounts],
      lines.map((line) => [
        `${resources[line.resource]}${line.of === undefined ? "" : " *"}`,
        ...numbers(line),
      ]),
      amounts,
    ),
    ...shared,
    "",
    table(
      ["tier", "guaranteed", "more that fit", "ended by"],
      tiers.map(({ tier, guaranteed, more, endedBy }) => [
        tier,
        `${amount(100 * guaranteed)} %`,
        more === undefined ? "no known limit" : String(more),
        endedBy === undefined ? "" : endedBy === "most" ? "tenancy.most" : resources[endedBy],
      ]),
      ["guaranteed", "more that fit"],
    ),
  ].join("\n");
}

function numbers({ capacity, own, promised, quota, left }: Line): string[] {
  const known = (value: number | undefined) => (value === undefined ? "not known" : whole(value));
  return [known(capacity), whole(own), whole(promised), whole(quota), known(left)];
}

/** One decimal is enough for a table. */
function whole(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function problemText(problems: readonly Problem[]): string {
  return ["Tenants need more than there is:"]
    .concat(problems.map(({ path, message }) => wrapped(`- ${path} ${message}`)))
    .join("\n");
}
