/** Checks the retention of logs outside the archive against the environment's frameworks. */
import { retentionDemands } from "../../components/audit/retention.ts";
import type { Problem } from "../../components/core/errors.ts";
import type { FrameworkId } from "../../components/core/frameworks.ts";

type Field = readonly string[];

/** PCI DSS requires twelve months for the logs of every system. Longer requirements, of HIPAA and SOX, apply to the archive. */
const twelveMonths = 365;

/** Problems of fields with fewer days than a claimed framework requires, with their paths in the settings. */
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
