/** The queues of a cell, as a section of its manifest. */

import { z } from "zod";
import {
  type AwsCell,
  awsPlace,
  cellName,
  type GcpCell,
  gcpNumberedPlace,
  namesIn,
  type Written,
} from "../section/cell.ts";
import { defineSection } from "../section/section.ts";
import { deadLettersSuffix } from "./base-schema.ts";
import { queueChanges } from "./changes.ts";
import type { QueuesContract } from "./contract.ts";
import { queueGrant } from "./grant.ts";
import { queueKeyPurpose } from "./key.ts";
import { awsQueueSettings, awsQueueSpec, gcpQueueSettings, gcpQueueSpec } from "./schema.ts";

const outputs = z.object({
  /** Host of the service in the cell's region that clients call. */
  endpoint: z.string(),
  /** By key: what producers send to, what consumers receive from, and where dead letters are received from. */
  queues: z.record(
    z.string(),
    z.object({ sendTo: z.string(), receiveFrom: z.string(), deadLetters: z.string() }),
  ),
});

export const queue = defineSection({
  name: "queue",
  component: "queues",
  clouds: {
    aws: {
      settings: awsQueueSettings,
      spec: awsQueueSpec,
      changes: queueChanges.aws,
      facts: (cell: AwsCell) => awsPlace(cell),
      build: () => import("./aws-section.ts"),
    },
    gcp: {
      settings: gcpQueueSettings,
      spec: gcpQueueSpec,
      changes: queueChanges.gcp,
      facts: (cell: GcpCell) => gcpNumberedPlace(cell),
      build: () => import("./gcp-section.ts"),
    },
    // Reasons: docs/adr/20261201-queues-on-premises.md.
    onprem: {
      unsupported:
        "use a topic of the cell's stream with a consumer group, and a second topic for dead letters",
    },
  },
  grant: queueGrant,
  granted: ({ queues }) => namesIn(queues),
  key: queueKeyPurpose,
  names: ({ queues }, cell) =>
    namesIn(queues).flatMap((key) =>
      [[], [deadLettersSuffix]].map((last) => {
        const isFifo = (queues as Readonly<Record<string, Written>>)[key]?.type === "fifo";
        const onAws = isFifo ? "sqs-fifo-queue" : "sqs-queue";
        const kind = cell.cloud === "aws" ? onAws : "pubsub";
        return cellName(cell, kind, ["queue", key, ...last], `queues.${key}`);
      }),
    ),
  notCopied: () => ({ queue: "waiting messages are not moved" }),
  outputs,
  outputsOf: ({ endpoint, queues }: QueuesContract) => ({
    endpoint,
    queues: Object.fromEntries(
      Object.entries(queues).map(([key, { sendTo, receiveFrom, deadLetters }]) => [
        key,
        { sendTo, receiveFrom, deadLetters },
      ]),
    ),
  }),
  column: {
    title: "queues",
    value: ({ queues }: z.output<typeof outputs>) => Object.keys(queues).join(", "),
  },
});
