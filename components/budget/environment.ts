/** The budgets of an environment's accounts, projects and cells. */
import type { BuiltCell, EnvironmentBuild } from "../section/environment.ts";
import type { BudgetSpecs } from "./environment-specs.ts";

export async function build(spec: BudgetSpecs, environment: EnvironmentBuild): Promise<void> {
  const { accounts, projects, cells, common } = environment;
  if (accounts.length > 0) {
    const { AwsBudget } = await import("./aws.ts");
    for (const { id, home } of accounts) {
      const whole = spec.accounts[id];
      if (whole) new AwsBudget(`budget-aws-${id}`, { ...common, spec: whole }, home.opts);
      for (const cell of cells) {
        const one = spec.cells[cell.name];
        if (one?.cloud !== "aws" || one.account !== id) continue;
        new AwsBudget(nameOf(cell), { ...common, ownership: cell.ownership, spec: one }, home.opts);
      }
    }
  }
  if (projects.length > 0) {
    const { GcpBudget } = await import("./gcp.ts");
    for (const { id, home } of projects) {
      const whole = spec.projects[id];
      if (whole) new GcpBudget(`budget-gcp-${id}`, { ...common, spec: whole }, home.opts);
      for (const cell of cells) {
        const one = spec.cells[cell.name];
        if (one?.cloud !== "gcp" || one.project !== id) continue;
        new GcpBudget(nameOf(cell), { ...common, ownership: cell.ownership, spec: one }, home.opts);
      }
    }
  }
}

function nameOf({ name }: BuiltCell): string {
  return `budget-cell-${name}`;
}
