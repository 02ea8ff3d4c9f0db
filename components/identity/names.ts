/** The physical names of a cell's identities. Reads manifests that may be invalid. */
import type { PlannedName } from "../core/place.ts";
import { cellName, namesIn, type SectionCell, type Written } from "../section/cell.ts";

export function identityNames(own: Written, cell: SectionCell): PlannedName[] {
  const { workloads } = own;
  const keys = namesIn(workloads);
  const pathOf = (key: string) => `workloads.${key}`;
  const role = (key: string) => cellName(cell, "iam-role", ["workload", key], pathOf(key));
  switch (cell.cloud) {
    case "aws":
      return keys.map(role);
    case "gcp":
      return keys
        .filter((key) => (workloads as Readonly<Record<string, Written>>)[key]?.account === true)
        .map((key) => cellName(cell, "gcp-service-account", [key], pathOf(key)));
    case "onprem":
      return [
        ...(own.aws === undefined ? [] : keys.map(role)),
        ...(own.gcp === undefined
          ? []
          : [cellName(cell, "workload-identity-pool", ["workloads"], "gcp")]),
      ];
  }
}
