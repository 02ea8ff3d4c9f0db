/** The stream of a cell, as a section of its manifest. */

import { z } from "zod";
import type { PlannedName } from "../core/place.ts";
import {
  type AwsCell,
  awsPlace,
  cellName,
  copiedNames,
  type GcpCell,
  gcpNumberedPlace,
  namesIn,
  type SectionCell,
  type Written,
  zonesOf,
} from "../section/cell.ts";
import { defineSection, ownNamespace } from "../section/section.ts";
import { type AwsStreamSpec, mostZones } from "./aws-schema.ts";
import { inBrokerZones } from "./aws-zones.ts";
import { streamChanges } from "./changes.ts";
import { clientAccountParts } from "./client-accounts.ts";
import type { GcpStreamSpec } from "./gcp-schema.ts";
import { topicGrant } from "./grant.ts";
import { streamKey } from "./key.ts";
import type { OnpremStreamSpec } from "./onprem-schema.ts";
import { awsStreamSpec, gcpStreamSpec, onpremStreamSpec, streamSettings } from "./schema.ts";
import type { Stream } from "./stream.ts";
import { streamCosts, streamSupply } from "./supply.ts";

const outputs = z.object({
  bootstrapServers: z.string(),
  brokers: z.number(),
  topics: z.record(z.string(), z.string()),
  /** Where tenants' topics are. Stacks of older releases do not publish it. */
  cluster: z
    .union([
      z.object({ cloud: z.literal("aws"), arn: z.string() }),
      z.object({ cloud: z.literal("gcp"), id: z.string() }),
      z.object({
        cloud: z.literal("onprem"),
        name: z.string(),
        namespace: z.string(),
        authoritySecret: z.string(),
      }),
    ])
    .optional(),
});

export const stream = defineSection({
  name: "stream",
  plural: "streams",
  component: "stream",
  clouds: {
    aws: {
      settings: streamSettings.aws,
      spec: awsStreamSpec,
      changes: streamChanges.aws,
      facts: (cell: AwsCell) => ({
        ...awsPlace(cell),
        zones: zonesOf(cell).slice(0, mostZones),
      }),
      settled: inBrokerZones,
      addresses: ({ brokersPerZone }: AwsStreamSpec) => ({ isolated: brokersPerZone }),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: streamSettings.gcp,
      spec: gcpStreamSpec,
      changes: streamChanges.gcp,
      facts: (cell: GcpCell) => gcpNumberedPlace(cell),
      projectMembers: ({ clients }: GcpStreamSpec) => Object.keys(clients).length,
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: streamSettings.onprem,
      spec: onpremStreamSpec,
      changes: streamChanges.onprem,
      build: () => import("./onprem-section.ts"),
    },
  },
  // On-premises, a cluster can have only one operator with its cluster roles.
  further: { aws: () => ({}), gcp: () => ({}) },
  mainOnly: ["replicateTo"],
  factsFor: {
    // Brokers are scheduled only on nodes whose rack is known.
    cluster: ({ rackLabel }, { cloud }) =>
      cloud === "onprem" && typeof rackLabel === "string" ? { rackLabel } : {},
  },
  supply: streamSupply,
  costs: streamCosts,
  grant: topicGrant,
  granted: ({ topics }) => namesIn(topics),
  key: streamKey,
  names: streamNames,
  namespaces: ownNamespace,
  statefulNodes: ({ brokers, controllers }: OnpremStreamSpec) => ({
    "brokers.count": brokers.count,
    "controllers.count": controllers.count,
  }),
  logRetention: [["logRetentionDays"]],
  outputs,
  outputsOf: (built: Stream) => ({
    bootstrapServers: built.bootstrapServers,
    brokers: built.brokers,
    topics: built.topicNames,
    cluster: clusterOf(built),
  }),
  column: {
    title: "Kafka",
    value: ({ brokers, topics }: z.output<typeof outputs>) =>
      `${brokers} brokers, ${Object.keys(topics).length} topics`,
  },
});

/** How its cloud identifies the Kafka cluster. */
function clusterOf(built: Stream) {
  switch (built.cloud) {
    case "aws":
      return { cloud: built.cloud, arn: built.clusterArn };
    case "gcp":
      return { cloud: built.cloud, id: built.clusterId };
    case "onprem": {
      const { clusterName: name, namespace, authoritySecret } = built;
      return { cloud: built.cloud, name, namespace, authoritySecret };
    }
  }
}

function streamNames(own: Written, cell: SectionCell, component: string): PlannedName[] {
  const { clients } = own;
  switch (cell.cloud) {
    case "aws":
      return [
        cellName(cell, "msk-cluster", [component]),
        ...copiedNames(own, cellName(cell, "iam-role", ["stream-copy-out"], "replicateTo")),
      ];
    case "gcp":
      return [
        cellName(cell, "managed-kafka", [component]),
        ...namesIn(clients).map((key) =>
          cellName(
            cell,
            "gcp-service-account",
            [...clientAccountParts(component), key],
            `clients.${key}`,
          ),
        ),
      ];
    case "onprem":
      return [];
  }
}
