import type { CloudTarget } from "../../components/provider/target.ts";
import type { CellManifest } from "../model.ts";

/** The account or project, and region, of a cell. */
export function targetOf(cell: CellManifest): CloudTarget {
  switch (cell.cloud) {
    case "aws":
      return { cloud: cell.cloud, account: cell.account, region: cell.region };
    case "gcp": {
      const { cloud, project, projectNumber, region } = cell;
      return { cloud, project, projectNumber, region };
    }
    case "onprem":
      return { cloud: cell.cloud };
  }
}

/** A target without the fields that its id does not need. */
type Target =
  | Exclude<CloudTarget, { readonly cloud: "gcp" }>
  | Omit<Extract<CloudTarget, { readonly cloud: "gcp" }>, "projectNumber">;

/** The id of a target in resource names and outputs: `aws-111122223333-us-east-1`. */
export function targetId(target: Target): string {
  switch (target.cloud) {
    case "aws":
      return `aws-${target.account}-${target.region}`;
    case "gcp":
      return `gcp-${target.project}-${target.region}`;
    case "onprem":
      return "onprem";
  }
}
