/** How long logs are kept that are no archive of their own, against what the environment's frameworks demand of them. */
import { retentionDemands } from "../../components/audit/retention.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { FrameworkId } from "../../components/core/frameworks.ts";

type Field = readonly string[];

/** Where an environment's manifest says how many days its logs are kept. */
export const environmentLogs: readonly Field[] = [
  ["connectivity", "logs", "retentionDays"],
  ["dns", "retentionDays"],
  ["people", "aws", "retentionDays"],
];

/** PCI DSS asks for twelve months of the logs of every system; records that HIPAA and SOX ask for longer are the archive's. */
const twelveMonths = 365;

/** Fields whose days are fewer than a claimed framework demands, each by its path in the settings. */
export function logProblems(
  settings: unknown,
  fields: readonly Field[],
  frameworks: readonly FrameworkId[],
): Problem[] {
  if (!frameworks.includes("pci-dss-4")) return [];
  const source = retentionDemands["pci-dss-4"]?.source;
  return fields.flatMap((field) => {
    const got = field.reduce<unknown>(below, settings);
    if (typeof got !== "number" || got >= twelveMonths) return [];
    const message = `must be at least ${twelveMonths}, which the environment's frameworks require: ${source}`;
    return [{ path: field.join("."), message, got }];
  });
}

function below(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
