/** The budgets of an environment, as a section of its manifest. */

import { byTarget, defineEnvironmentSection } from "../section/environment-section.ts";
import { budgetChanges } from "./changes.ts";
import { type BudgetSettings, budgetSettings, cellBudgetSettings } from "./environment-schema.ts";
import { budgetSpecs } from "./environment-specs.ts";

export const budget = defineEnvironmentSection({
  name: "budget",
  page: "components/budget",
  about: "The budgets of its accounts, projects and cells.",
  settings: budgetSettings,
  changes: budgetChanges,
  required: "defaulted",
  entries: (settings: BudgetSettings) => [
    { at: ["cells"], by: "cell", entries: settings.cells },
    ...byTarget(settings),
  ],
  byCloud: { cells: Object.values(cellBudgetSettings) },
  spec: budgetSpecs,
  build: () => import("./environment.ts"),
});
