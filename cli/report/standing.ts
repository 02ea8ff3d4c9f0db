/** What stands, as stacks' own outputs say it: a line a stack, and what runs beside the clusters. */
import type { Section } from "../../components/section/section.ts";
import { cellSections } from "../../components/sections.ts";
import type { CellOutputs } from "../../stacks/outputs/cell.ts";
import { table } from "./table.ts";

/** A stack that is up; the environment's has no cell. */
export interface Standing {
  readonly stack: string;
  readonly resources: number;
  readonly cell?: Partial<CellOutputs>;
}

export function standingOf(
  stack: string,
  resources: number,
  outputs: Readonly<Record<string, unknown>>,
): Standing {
  const cell = outputs.cell as Partial<CellOutputs> | undefined;
  return { stack, resources, ...(cell && { cell }) };
}

/** The tables that people read. */
export function standingTables(standing: readonly Standing[]): string[] {
  const clusters = standing.map(({ stack, resources, cell }) => [
    stack,
    cell?.cloud ?? "",
    cell?.location ?? "",
    cell?.cluster?.version ?? "",
    Object.keys(cell?.nodePools ?? {}).join(", "),
    resources,
  ]);
  const services = standing.flatMap(({ stack, cell }) => servicesOf(stack, cell?.services ?? {}));
  return [
    table(["stack", "cloud", "where", "Kubernetes", "node pools", "resources"], clusters),
    ...(services.length === 0 ? [] : [`\n${table(["stack", "service", ""], services)}`]),
  ];
}

/** A line for each section that the cell has; the stack is named once. */
function servicesOf(stack: string, services: CellOutputs["services"]): string[][] {
  const outputs = services as Readonly<Record<string, unknown>>;
  const lines = (cellSections as readonly Section[]).flatMap(({ name, plural = "", column }) => {
    if (column === undefined) return [];
    const main = outputs[name];
    const further = (outputs[plural] ?? {}) as Readonly<Record<string, unknown>>;
    return [
      ...(main === undefined ? [] : [[column.title, column.value(main as never)]]),
      ...Object.entries(further).map(([key, one]) => [
        `${column.title} ${key}`,
        column.value(one as never),
      ]),
    ];
  });
  return lines.map((line, index) => [index === 0 ? stack : "", ...line]);
}
