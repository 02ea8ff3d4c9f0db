/** The budgets of an environment: for its share of accounts and projects, and for cells. */
import type { Problem } from "../core/errors.ts";
import { checkEntry, type EntryPlace, eachOf } from "../section/entries.ts";
import type { EnvironmentCell, EnvironmentContext } from "../section/environment-section.ts";
import { type BudgetSettings, cellBudgetSettings } from "./environment-schema.ts";
import { type AwsBudgetSpec, awsBudgetSpec, type GcpBudgetSpec, gcpBudgetSpec } from "./schema.ts";

export interface BudgetSpecs {
  readonly accounts: Readonly<Record<string, AwsBudgetSpec>>;
  readonly projects: Readonly<Record<string, GcpBudgetSpec>>;
  /** By cell. */
  readonly cells: Readonly<Record<string, AwsBudgetSpec | GcpBudgetSpec>>;
}

export function budgetSpecs(
  budget: BudgetSettings,
  { file, targets, cells }: EnvironmentContext,
  problems: Problem[],
): BudgetSpecs {
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  return {
    accounts: eachOf(budget.accounts, (account, settings) => {
      if (targets.accounts[account] === undefined) return undefined;
      const place = placeOf(file, ["accounts", account], settings);
      const data = { ...sharedOnAws(budget), ...settings, cloud: "aws", account };
      return checkEntry(awsBudgetSpec, data, place, problems);
    }),
    projects: eachOf(budget.projects, (project, settings) => {
      const known = targets.projects[project];
      if (known === undefined) return undefined;
      const { projectNumber } = known;
      const place = placeOf(file, ["projects", project], settings);
      const data = { ...sharedOnGcp(budget), ...settings, cloud: "gcp", project, projectNumber };
      return checkEntry(gcpBudgetSpec, data, place, problems);
    }),
    cells: eachOf(budget.cells, (name, settings) => {
      const cell = byName.get(name);
      return cell && cellBudget(cell, settings, budget, file, problems);
    }),
  };
}

function cellBudget(
  cell: EnvironmentCell,
  settings: Readonly<Record<string, unknown>>,
  budget: BudgetSettings,
  file: string,
  problems: Problem[],
) {
  const place = placeOf(file, ["cells", cell.name], settings);
  switch (cell.cloud) {
    case "aws": {
      const { cloud, account } = cell;
      const own = checkEntry(cellBudgetSettings.aws, settings, place, problems);
      const data = { ...sharedOnAws(budget), ...own, cloud, account };
      return own && checkEntry(awsBudgetSpec, data, place, problems);
    }
    case "gcp": {
      const { cloud, project, projectNumber } = cell;
      const own = checkEntry(cellBudgetSettings.gcp, settings, place, problems);
      const data = { ...sharedOnGcp(budget), ...own, cloud, project, projectNumber };
      return own && checkEntry(gcpBudgetSpec, data, place, problems);
    }
    case "onprem":
      problems.push({
        path: `${file}: ${place.at.join(".")}`,
        message: "must be omitted: there are no bills of on-premises sites to watch",
      });
      return undefined;
  }
}

function sharedOnAws({ alerts }: BudgetSettings) {
  return alerts === undefined ? {} : { alerts };
}

function sharedOnGcp({ alerts, billingAccount }: BudgetSettings) {
  return {
    ...(alerts === undefined ? {} : { alerts }),
    ...(billingAccount === undefined ? {} : { billingAccount }),
  };
}

/** A budget's missing settings come from the section. */
function placeOf(
  file: string,
  below: readonly string[],
  settings: Readonly<Record<string, unknown>>,
): EntryPlace & Required<Pick<EntryPlace, "shared">> {
  const shared = ["alerts", "billingAccount"].filter((field) => settings[field] === undefined);
  return { file, at: ["budget", ...below], shared };
}
