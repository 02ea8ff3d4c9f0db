/** The object store of a cell, as a section of its manifest. */
import { z } from "zod";
import {
  type AwsCell,
  awsPlace,
  type CellContext,
  type GcpCell,
  gcpNumberedPlace,
  namesIn,
  type SectionCell,
} from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import type { ObjectStoreContract } from "./contract.ts";
import { bucketGrant } from "./grant.ts";
import { objectKey } from "./key.ts";
import {
  awsObjectStoreSettings,
  awsObjectStoreSpec,
  gcpObjectStoreSettings,
  gcpObjectStoreSpec,
  onpremObjectStoreSettings,
  onpremObjectStoreSpec,
} from "./schema.ts";

/** Buckets by key, as `s3://...` or `gs://...`. */
const outputs = z.object({ buckets: z.record(z.string(), z.string()) });

export const objectStore = defineSection({
  name: "objectStore",
  component: "object-store",
  clouds: {
    aws: {
      settings: awsObjectStoreSettings,
      spec: awsObjectStoreSpec,
      facts: (cell: AwsCell, context: CellContext) => ({
        ...awsPlace(cell),
        ...around(context),
      }),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpObjectStoreSettings,
      spec: gcpObjectStoreSpec,
      facts: (cell: GcpCell, context: CellContext) => ({
        ...gcpNumberedPlace(cell),
        ...around(context),
      }),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremObjectStoreSettings,
      spec: onpremObjectStoreSpec,
      build: () => import("./onprem-section.ts"),
    },
  },
  grant: bucketGrant,
  granted: ({ buckets }) => namesIn(buckets),
  key: objectKey,
  logRetention: [["accessLogs", "retentionDays"]],
  outputs,
  outputsOf: ({ buckets }: ObjectStoreContract) => ({
    buckets: Object.fromEntries(Object.entries(buckets).map(([key, { uri }]) => [key, uri])),
  }),
  column: {
    title: "buckets",
    value: ({ buckets }: z.output<typeof outputs>) => Object.keys(buckets).join(", "),
  },
});

function around({ lifetime, neighbours }: CellContext) {
  return { lifetime, peers: peersOf(neighbours) };
}

/** The facts about neighbours that an object store needs. */
function peersOf(neighbours: readonly SectionCell[]): Record<string, unknown> {
  return Object.fromEntries(
    neighbours.map((cell) => {
      const written = cell.sections.objectStore?.buckets as
        | Readonly<Record<string, unknown>>
        | undefined;
      // Copies are made into buckets that Atoll created.
      const created = namesIn(written).filter(
        (key) => !namesIn(written?.[key]).includes("existing"),
      );
      const buckets = created.map((key) => [
        key,
        { locked: namesIn(written?.[key]).includes("lock") },
      ]);
      return [cell.name, { ...ownerOf(cell), buckets: Object.fromEntries(buckets) }];
    }),
  );
}

function ownerOf(cell: SectionCell) {
  switch (cell.cloud) {
    case "aws":
      return { cloud: cell.cloud, owner: cell.account, region: cell.region };
    case "gcp":
      return { cloud: cell.cloud, owner: cell.project, region: cell.region };
    case "onprem":
      return { cloud: cell.cloud, owner: cell.site, region: cell.site };
  }
}
