/** How long logs are kept that are no archive of their own, against what the environment's frameworks demand of them. */
import { retentionDemands } from "../../components/audit/retention.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { FrameworkId } from "../../components/core/frameworks.ts";
import { pathText } from "../../components/core/spec.ts";

type Field = readonly string[];

/** Where a cell's manifest says how many days its logs are kept. */
export const cellLogs: readonly Field[] = [
  ["network", "flowLogs", "retentionDays"],
  ["cluster", "logRetentionDays"],
  ["stream", "logRetentionDays"],
  ["eventSourcing", "logRetentionDays"],
  ["database", "logRetentionDays"],
  ["cache", "logRetentionDays"],
  ["objectStore", "accessLogs", "retentionDays"],
];

/** Where an environment's manifest does. */
export const environmentLogs: readonly Field[] = [
  ["connectivity", "logs", "retentionDays"],
  ["dns", "retentionDays"],
  ["people", "aws", "retentionDays"],
];

/** PCI DSS asks for twelve months of the logs of every system; records that HIPAA and SOX ask for longer are the archive's. */
const twelveMonths = 365;

/** Fields of a manifest whose days are fewer than a claimed framework demands. */
export function logProblems(
  settings: object,
  fields: readonly Field[],
  frameworks: readonly FrameworkId[],
  file: string,
): Problem[] {
  if (!frameworks.includes("pci-dss-4")) return [];
  const source = retentionDemands["pci-dss-4"]?.source;
  return fields.flatMap((field) => {
    const got = field.reduce<unknown>(below, settings);
    if (typeof got !== "number" || got >= twelveMonths) return [];
    const message = `must be at least ${twelveMonths}, which the environment's frameworks demand: ${source}`;
    return [{ path: pathText(file, field), message, got }];
  });
}

function below(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
