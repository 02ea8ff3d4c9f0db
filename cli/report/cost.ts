/** Planned costs as text and as CSV. */
import { currency, type Priced, type PriceId, priceOf } from "../../components/pricing/prices.ts";
import { resources } from "../../components/tenancy/capacity.ts";
import type { CellCost, PlannedCost } from "../../operations/cost/plan.ts";
import { split, tenthsOfPercent } from "../../operations/cost/split.ts";
import { table } from "./table.ts";
import { wrapped } from "./wrap.ts";

/** A line for each tenant on each of its cells, and one for what is allocated to none. */
export function costByTenant(cells: readonly CellCost[]): string {
  return cells
    .map(({ cell, tenants, rest, restOfBudget, total, budget }) => {
      const shares = tenthsOfPercent([...tenants.map((tenant) => tenant.total), rest]);
      const percent = (index: number) => `${((shares[index] ?? 0) / 10).toFixed(1)} %`;
      const rows = tenants.map((tenant, index) => [
        tenant.tenant,
        tenant.tier,
        money(tenant.shared),
        money(tenant.direct),
        money(tenant.total),
        total === 0 ? "" : percent(index),
        budgetText(tenant.budget, budget),
      ]);
      return [
        `${cell}: planned cost of a month in ${currency}`,
        "",
        table(
          ["tenant", "tier", "shared", "direct", "planned", "share", "of budget"],
          [
            ...rows,
            [
              "(not allocated)",
              "",
              money(rest),
              "",
              money(rest),
              total === 0 ? "" : percent(tenants.length),
              budgetText(restOfBudget, budget),
            ],
            [
              "(total)",
              "",
              "",
              "",
              money(total),
              total === 0 ? "" : "100.0 %",
              budgetText(budget && Math.round(budget.amount * 100), budget),
            ],
          ],
          ["shared", "direct", "planned", "share", "of budget"],
        ),
      ].join("\n");
    })
    .join("\n\n");
}

/** A line for each cost of a cell, with how it is split. The direct costs of tenants are one line for each kind. */
export function costByCell(cells: readonly CellCost[]): string {
  return cells
    .map(({ cell, costs, total, budget }) => {
      const rows = merged(costs).map(({ item, key, cents, rest }) => [
        item,
        key === "equal" || key === "direct" ? key : `by ${resources[key]}`,
        money(cents),
        money(cents - rest),
        money(rest),
      ]);
      const rest = costs.reduce((sum, cost) => sum + cost.rest, 0);
      const planned =
        budget === undefined
          ? ""
          : `, budget ${money(Math.round(budget.amount * 100))} ${budget.currency}`;
      return [
        `${cell}: planned cost of a month in ${currency}${planned}`,
        "",
        table(
          ["cost", "split", "planned", "of tenants", "not allocated"],
          [...rows, ["(total)", "", money(total), money(total - rest), money(rest)]],
          ["planned", "of tenants", "not allocated"],
        ),
      ].join("\n");
    })
    .join("\n\n");
}

function merged(costs: readonly PlannedCost[]): PlannedCost[] {
  const direct = new Map<string, PlannedCost>();
  for (const cost of costs) {
    if (cost.key !== "direct") continue;
    const before = direct.get(cost.item);
    direct.set(cost.item, before ? { ...before, cents: before.cents + cost.cents } : cost);
  }
  return [...costs.filter(({ key }) => key !== "direct"), ...direct.values()];
}

/** What the plan is, and what is not in it. */
export function costNotes(cells: readonly CellCost[]): string {
  const pages = pricesOf(cells);
  const dates = [...new Set(pages.map(({ date, region }) => `${region}, ${date}`))];
  return [
    "",
    wrapped(
      `A plan from list prices (${[...dates, "--json has the source of each"].join("; ")}), not a bill: other regions cost more or less.`,
    ),
    wrapped(
      "Not in it: traffic, requests, logs, backups, object storage, use above the smallest size of databases, Memorystore, load balancers, hubs between cells, licences, discounts, taxes, support, and machines on-premises.",
    ),
  ].join("\n");
}

/** The prices that a plan uses, by id. */
export function pricesOf(cells: readonly CellCost[]): (Priced & { readonly id: PriceId })[] {
  const ids = new Set(cells.flatMap(({ costs }) => costs.map(({ price }) => price)));
  return [...ids].map((id) => ({ id, ...priceOf(id) }));
}

/** A row for each part of each cost: the rows of a cost add up to it, and those of a cell to its total. */
export function costCsv(environment: string, cells: readonly CellCost[]): string {
  const head = ["environment", "cell", "tenant", "item", "split", "percent", currency];
  const rows = cells.flatMap(({ cell, costs }) =>
    costs.flatMap(({ item, key, cents, parts, rest }) => {
      const all = [...parts, ...(rest === 0 ? [] : [{ tenant: "", cents: rest }])];
      const percents = split(
        10_000,
        all.map((part) => part.cents),
      );
      return cents === 0
        ? []
        : all.map((part, index) => [
            ...[environment, cell, part.tenant, item, key],
            ((percents[index] ?? 0) / 100).toFixed(2),
            money(part.cents),
          ]);
    }),
  );
  return [head, ...rows].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");
}

/** RFC 4180. */
function quoted(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}

function budgetText(cents: number | undefined, budget: CellCost["budget"]): string {
  return cents === undefined || budget === undefined
    ? "none"
    : `${money(cents)} ${budget.currency}`;
}

function money(cents: number): string {
  return (cents / 100).toFixed(2);
}
