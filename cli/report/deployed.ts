/** What is deployed, from the stacks' outputs: one line per stack, and one per service of a cell. */
import type { Section } from "../../components/section/section.ts";
import type { CellOutputs } from "../../stacks/outputs/cell.ts";
import type { TenantOutputs } from "../../stacks/outputs/tenant.ts";
import { table } from "./table.ts";
import { tenantsTable } from "./tenants.ts";

/** A deployed stack: of an environment, a cell or a tenant. */
export interface DeployedStack {
  readonly stack: string;
  readonly resources: number;
  readonly cell?: Partial<CellOutputs>;
  readonly tenant?: Partial<TenantOutputs>;
}

export function deployedStack(
  stack: string,
  resources: number,
  outputs: Readonly<Record<string, unknown>>,
): DeployedStack {
  const cell = outputs.cell as Partial<CellOutputs> | undefined;
  const tenant = outputs.tenant as Partial<TenantOutputs> | undefined;
  return { stack, resources, ...(cell && { cell }), ...(tenant && { tenant }) };
}

/** @param registry the sections that cells can have */
export function deployedTables(
  deployed: readonly DeployedStack[],
  registry: readonly Section[],
): string[] {
  const tenants = deployed.filter(({ tenant }) => tenant !== undefined);
  const others = deployed.filter(({ tenant }) => tenant === undefined);
  const clusters = others.map(({ stack, resources, cell }) => [
    stack,
    cell?.cloud ?? "",
    cell?.location ?? "",
    cell?.cluster?.version ?? "",
    Object.keys(cell?.nodePools ?? {}).join(", "),
    resources,
  ]);
  const services = deployed.flatMap(({ stack, cell }) =>
    servicesOf(stack, cell?.services ?? {}, registry),
  );
  return [
    table(["stack", "cloud", "location", "Kubernetes", "node pools", "resources"], clusters),
    ...(services.length === 0 ? [] : [`\n${table(["stack", "service", ""], services)}`]),
    ...(tenants.length === 0 ? [] : [`\n${tenantsTable(tenants)}`]),
  ];
}

/** One line per service of a cell; the first names the stack. */
function servicesOf(
  stack: string,
  services: CellOutputs["services"],
  registry: readonly Section[],
): string[][] {
  const outputs = services as Readonly<Record<string, unknown>>;
  const lines = registry.flatMap(({ name, plural = "", column }) => {
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
