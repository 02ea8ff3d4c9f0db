/** The network of a cell, as a section of its manifest. */
import { nameIn } from "../core/place.ts";
import type { AwsCell, CellContext, GcpCell, OnpremCell } from "../section/cell.ts";
import { awsPlace, gcpPlace, namePlaceOf } from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import { networkSection, networkSettings } from "./schema.ts";

export const network = defineSection({
  name: "network",
  component: "network",
  required: "defaulted",
  clouds: {
    aws: {
      settings: networkSettings.aws,
      spec: networkSection.aws,
      facts: (cell: AwsCell, { domains = [] }: CellContext) => ({
        ...awsPlace(cell),
        cidr: cell.cidr,
        clusterName: nameIn(namePlaceOf(cell), "eks-cluster"),
        privateDomains: domains,
        ...(cell.zones && { zones: cell.zones }),
      }),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: networkSettings.gcp,
      spec: networkSection.gcp,
      facts: (cell: GcpCell) => ({ ...gcpPlace(cell), cidr: cell.cidr }),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: networkSettings.onprem,
      spec: networkSection.onprem,
      facts: ({ cloud, cidr }: OnpremCell) => ({ cloud, cidr }),
      build: () => import("./onprem-section.ts"),
    },
  },
  logRetention: [["flowLogs", "retentionDays"]],
});
