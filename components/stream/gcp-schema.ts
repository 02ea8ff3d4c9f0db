import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { countLimits } from "../core/service-limits.ts";
import { bytes, gibibytes, sizeText } from "../core/units.ts";
import { partitionsPerBroker } from "./broker-guidance.ts";
import { clientAcls } from "./gcp-access.ts";
import { report } from "./schema-problems.ts";
import { topicsAndClients } from "./topic-schema.ts";
import {
  type BrokerCapacity,
  clientProblems,
  type StreamProblem,
  topicProblems,
} from "./topics.ts";

const accountEmail = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?@[a-z0-9.-]+\.[a-z]{2,}$/;

export const gcpStreamFields = {
  ...topicsAndClients,
  /** vCPUs of all brokers together. @default 3, the minimum */
  vcpus: z.int().min(3).max(600).default(3),
  /** Memory of all brokers together: 1 to 8 GiB per vCPU. @default "12 GiB" */
  memory: sizeText({ min: "3 GiB" }).default("12 GiB"),
  /** The disk size of each broker. Google Cloud moves older records to tiered storage. @default chosen by Google Cloud */
  brokerDisk: sizeText({ min: "100 GiB" }).optional(),
  /** Whether partitions rebalance to new brokers on scale-up. @default true */
  rebalance: z.boolean().default(true),
  /**
   * Accounts with full access over the Kafka protocol. At least one: a resource without an ACL is open to every client of the
   * project, so that each gets an ACL.
   */
  administrators: z
    .array(z.string().regex(accountEmail, { error: "must be the email of an account" }))
    .min(1, { error: "must name at least one account" })
    .max(20),
};

type GcpStreamFields = z.output<z.ZodObject<typeof gcpStreamFields>>;

/**
 * The number of brokers: one for every 15 vCPUs or 120 GiB, at least three. Source: Managed Service for Apache
 * Kafka, "Overview: scaling algorithm", 2026-08.
 */
export function gcpBrokers({ vcpus, memory }: Pick<GcpStreamFields, "vcpus" | "memory">): number {
  return Math.max(3, Math.ceil(vcpus / 15), Math.ceil(gibibytes(memory) / 120));
}

/** The capacity of brokers with these settings. Storage has no limit: Google Cloud moves records to tiered storage. */
export function gcpCapacity(settings: GcpStreamFields): BrokerCapacity {
  return { brokers: gcpBrokers(settings), partitionsPerBroker, limitOf: "Managed Kafka" };
}

function gcpProblems(settings: GcpStreamFields): StreamProblem[] {
  const { topics, clients, vcpus, memory } = settings;
  const problems = [
    ...topicProblems(topics, gcpCapacity(settings)),
    ...clientProblems(topics, clients),
    ...unsupportedOnGcp(settings),
  ];
  const perProcessor = bytes(memory) / 2 ** 30 / vcpus;
  if (perProcessor < 1 || perProcessor > 8) {
    problems.push({
      path: ["memory"],
      message: `must be 1 to 8 GiB for each vCPU: "${vcpus} GiB" to "${vcpus * 8} GiB"`,
      got: memory,
    });
  }
  const emails = Object.fromEntries(Object.keys(clients).map((key) => [key, key]));
  const lists = clientAcls(clients, emails, settings.administrators);
  for (const [id, entries] of Object.entries(lists)) {
    if (entries.length <= countLimits.entriesPerKafkaAcl) continue;
    problems.push({
      path: ["clients"],
      message: `must result in at most ${countLimits.entriesPerKafkaAcl} entries in the ACL "${id}"`,
      got: entries.length,
    });
  }
  return problems;
}

function unsupportedOnGcp({ topics, clients }: GcpStreamFields): StreamProblem[] {
  const tiered = Object.entries(topics).flatMap(([name, { localRetention }]) =>
    localRetention === undefined
      ? []
      : [
          {
            path: ["topics", name, "localRetention"],
            message: "must be omitted on GCP: Google Cloud manages tiered storage",
            got: localRetention,
          },
        ],
  );
  const ofClients = Object.entries(clients).flatMap(([key, { quota, principal }]) => [
    ...(quota === undefined
      ? []
      : [
          {
            path: ["clients", key, "quota"],
            message:
              "must be omitted on GCP: Managed Kafka has no API for client quotas; an administrator can set them with kafka-configs.sh",
            got: quota,
          },
        ]),
    ...(principal === undefined || accountEmail.test(principal)
      ? []
      : [
          {
            path: ["clients", key, "principal"],
            message:
              'must be the email of an existing account, such as "checkout@acme-prod.iam.gserviceaccount.com"; if omitted, an account is created for the client',
            got: principal,
          },
        ]),
  ]);
  return [...tiered, ...ofClients, ...sharedPrincipals(clients)];
}

/** An account can be used by one client only: its role is granted once. */
function sharedPrincipals(clients: GcpStreamFields["clients"]): StreamProblem[] {
  const all = Object.entries(clients);
  return all.flatMap(([key, { principal }], index) => {
    const first = all.findIndex(([, other]) => other.principal === principal);
    if (principal === undefined || first === index) return [];
    return [
      {
        path: ["clients", key, "principal"],
        message: `must be used by one client only: "${all[first]?.[0]}" already uses it`,
        got: principal,
      },
    ];
  });
}

/** `stream` in the manifest of a GCP cell. */
export const gcpStreamSettings = z
  .strictObject(gcpStreamFields)
  .superRefine((settings, context) => report(gcpProblems(settings), context));

/** The settings with the facts of the cell: the component's `spec`. */
export const gcpStreamSpec = gcpStreamSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Google Cloud uses it in the names of a project's service agents. */
  projectNumber: projectNumberText,
  region: regionText("gcp"),
});

export type GcpStreamSpec = z.output<typeof gcpStreamSpec>;
