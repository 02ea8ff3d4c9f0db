/** The object store of a cell, as a section of its manifest. */

import { z } from "zod";
import type { PlannedName } from "../core/place.ts";
import {
  type AwsCell,
  awsPlace,
  type CellContext,
  cellName,
  type GcpCell,
  gcpNumberedPlace,
  namesIn,
  type SectionCell,
  type Written,
} from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import { accessLogsKey } from "./bucket-schema.ts";
import { objectStoreChanges } from "./changes.ts";
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
      changes: objectStoreChanges.aws,
      facts: (cell: AwsCell, context: CellContext) => ({
        ...awsPlace(cell),
        ...around(context),
      }),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpObjectStoreSettings,
      spec: gcpObjectStoreSpec,
      changes: objectStoreChanges.gcp,
      facts: (cell: GcpCell, context: CellContext) => ({
        ...gcpNumberedPlace(cell),
        ...around(context),
      }),
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: onpremObjectStoreSettings,
      spec: onpremObjectStoreSpec,
      changes: objectStoreChanges.onprem,
      build: () => import("./onprem-section.ts"),
    },
  },
  grant: bucketGrant,
  granted: ({ buckets }) => namesIn(buckets),
  key: objectKey,
  names: bucketNames,
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

/** Bucket names are unique in the world and contain the owner; see bucket-name.ts. */
function bucketNames({ buckets }: Written, cell: SectionCell): PlannedName[] {
  if (cell.cloud === "onprem") return [];
  const written = buckets as Readonly<Record<string, unknown>> | undefined;
  const created = namesIn(written).filter((key) => !namesIn(written?.[key]).includes("existing"));
  const { owner } = ownerOf(cell);
  const kind = cell.cloud === "aws" ? "s3-bucket" : "gcs-bucket";
  return [
    cellName(cell, kind, [accessLogsKey, owner]),
    ...created.flatMap((key) => {
      const path = `buckets.${key}`;
      const bucket = cellName(cell, kind, [key, owner], path);
      const copied = cell.cloud === "aws" && namesIn(written?.[key]).includes("replicateTo");
      return copied ? [bucket, cellName(cell, "iam-role", [key, "replication"], path)] : [bucket];
    }),
  ];
}
