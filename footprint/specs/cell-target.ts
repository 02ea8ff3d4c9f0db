import type { Landing } from "../../components/provider/landing.ts";
import type { CellManifest } from "../model.ts";

/** Where a cell lands. */
export function landingOf(cell: CellManifest): Landing {
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

/** A place without what its name does not need. */
type Place =
  | Exclude<Landing, { readonly cloud: "gcp" }>
  | Omit<Extract<Landing, { readonly cloud: "gcp" }>, "projectNumber">;

/** A landing place's name in resource names and outputs: `aws-111122223333-us-east-1`. */
export function landingId(landing: Place): string {
  switch (landing.cloud) {
    case "aws":
      return `aws-${landing.account}-${landing.region}`;
    case "gcp":
      return `gcp-${landing.project}-${landing.region}`;
    case "onprem":
      return "onprem";
  }
}
