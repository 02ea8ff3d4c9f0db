/** The budgets of an environment: for its share of accounts and projects, and for cells. */

import { awsBudgetSpec, gcpBudgetSpec } from "../../components/budget/schema.ts";
import type { Problem } from "../../components/core/errors.ts";
import { cellBudgetSettings } from "../manifest/environment-sections.ts";
import type { BudgetSpecs, EnvironmentManifest, PlacedCell, Targets } from "../model.ts";
import { checkEntry, type EntryPlace, eachOf } from "./entries.ts";

type BudgetSection = EnvironmentManifest["budget"];

export function budgetSpecs(
  budget: BudgetSection,
  targets: Targets,
  cells: readonly PlacedCell[],
  file: string,
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
  cell: PlacedCell,
  settings: Readonly<Record<string, unknown>>,
  budget: BudgetSection,
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

function sharedOnAws({ alerts }: BudgetSection) {
  return alerts === undefined ? {} : { alerts };
}

function sharedOnGcp({ alerts, billingAccount }: BudgetSection) {
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
