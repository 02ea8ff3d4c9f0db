/** Event sourcing of a cell, as a section of its manifest: aggregates, an outbox, a schema registry. */

import { z } from "zod";
import {
  type AwsCell,
  awsPlace,
  type CellContext,
  cellName,
  type GcpCell,
  gcpNumberedPlace,
  type OnpremCell,
} from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import type { AwsEventSourcingSpec } from "./aws-schema.ts";
import { eventSourcingChanges } from "./changes.ts";
import type { EventSourcingContract } from "./contract.ts";
import { databaseNeeds } from "./database-needs.ts";
import type { GcpEventSourcingSpec } from "./gcp-schema.ts";
import type { OnpremEventSourcingSpec } from "./onprem-schema.ts";
import {
  awsEventSourcingSpec,
  eventSourcingSettings,
  gcpEventSourcingSpec,
  onpremEventSourcingSpec,
} from "./schema.ts";
import { awsProblems, gcpProblems, onpremProblems } from "./section-problems.ts";
import { streamTopics } from "./stream-topics.ts";

type Spec = AwsEventSourcingSpec | GcpEventSourcingSpec | OnpremEventSourcingSpec;

export const eventSourcing = defineSection({
  name: "eventSourcing",
  component: "event-sourcing",
  clouds: {
    aws: {
      settings: eventSourcingSettings.aws,
      spec: awsEventSourcingSpec,
      changes: eventSourcingChanges.aws,
      facts: (cell: AwsCell, { frameworks }: CellContext) => ({ ...awsPlace(cell), frameworks }),
      check: awsProblems,
      // Each worker of MSK Connect has an address ("Understand MSK Connect workers"): one, and another while it is replaced.
      addresses: ({ outbox }: AwsEventSourcingSpec) => ({ private: outbox ? 2 : 0 }),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: eventSourcingSettings.gcp,
      spec: gcpEventSourcingSpec,
      changes: eventSourcingChanges.gcp,
      facts: (cell: GcpCell, { frameworks }: CellContext) => ({
        ...gcpNumberedPlace(cell),
        frameworks,
      }),
      check: gcpProblems,
      build: () => import("./gcp-section.ts"),
    },
    onprem: {
      settings: eventSourcingSettings.onprem,
      spec: onpremEventSourcingSpec,
      changes: eventSourcingChanges.onprem,
      facts: ({ cloud }: OnpremCell, { frameworks }: CellContext) => ({ cloud, frameworks }),
      check: onpremProblems,
      build: () => import("./onprem-section.ts"),
    },
  },
  contributes: { to: "stream", of: streamTopics },
  names: (_own, cell) => (cell.cloud === "aws" ? [cellName(cell, "iam-role", ["outbox"])] : []),
  factsFor: {
    database: (own, { cloud }) => databaseNeeds(own, cloud),
  },
  namespaces: (spec: Spec) => ({ "registry.namespace": registryOf(spec)?.namespace }),
  configKeys: (spec: Spec) => ({
    "registry.database.password": registryOf(spec)?.database.password.configKey,
  }),
  logRetention: [["logRetentionDays"]],
  notCopied: ({ outbox }: Spec): Record<string, string> =>
    outbox
      ? {
          "eventSourcing.outbox":
            "its connector does not fail over: events wait in the outbox of the promoted database until your own connector moves them, or until failback",
        }
      : {},
  outputs: z.object({ registryUrl: z.string().optional() }),
  outputsOf: ({ registryUrl }: EventSourcingContract) => ({
    ...(registryUrl && { registryUrl }),
  }),
});

/** The settings of Apicurio; AWS uses Glue. */
function registryOf(spec: Spec) {
  return "registry" in spec && spec.cloud !== "aws" ? spec.registry : undefined;
}
