import { z } from "zod";
import { projectNumberText, projectText, regionText } from "../core/cloud.ts";
import { bytes, gibibytes, sizeText } from "../core/units.ts";
import { partitionsPerBroker } from "./broker-guidance.ts";
import { aclEntryLimit, clientAcls } from "./gcp-access.ts";
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
  /** Virtual processors of all brokers together. @default 3, the least that Google takes */
  vcpus: z.int().min(3).max(600).default(3),
  /** Memory of all brokers together: 1 to 8 GiB for each virtual processor. @default "12 GiB" */
  memory: sizeText({ min: "3 GiB" }).default("12 GiB"),
  /** The disk of each broker; Google moves older records to its own tier. @default what Google chooses */
  brokerDisk: sizeText({ min: "100 GiB" }).optional(),
  /** Whether partitions move to new brokers when there are more. @default true */
  rebalance: z.boolean().default(true),
  /**
   * Accounts that may do everything over Kafka's own protocol. At least one: a resource without any access list is open to
   * every client of the project, so that each gets one.
   */
  administrators: z
    .array(z.string().regex(accountEmail, { error: "must be the email of an account" }))
    .min(1, { error: "must name at least one account" })
    .max(20),
};

type GcpStreamFields = z.output<z.ZodObject<typeof gcpStreamFields>>;

/**
 * Brokers that Google makes: one for every 15 virtual processors or 120 GiB, three at least. Source: Managed Service for Apache
 * Kafka, "Overview: scaling algorithm", 2026-08.
 */
export function gcpBrokers({ vcpus, memory }: Pick<GcpStreamFields, "vcpus" | "memory">): number {
  return Math.max(3, Math.ceil(vcpus / 15), Math.ceil(gibibytes(memory) / 120));
}

/** What the brokers of these settings can hold. Storage is no limit: Google moves records to its own tier. */
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
      message: `must be 1 to 8 GiB for each virtual processor: "${vcpus} GiB" to "${vcpus * 8} GiB"`,
      got: memory,
    });
  }
  const emails = Object.fromEntries(Object.keys(clients).map((key) => [key, key]));
  const lists = clientAcls(clients, emails, settings.administrators);
  for (const [id, entries] of Object.entries(lists)) {
    if (entries.length <= aclEntryLimit) continue;
    problems.push({
      path: ["clients"],
      message: `must leave at most ${aclEntryLimit} entries in the access list "${id}"`,
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
            message: "must be left out on GCP: Google decides what stays on the brokers' disks",
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
              "must be left out on GCP: Managed Kafka has no API for the quotas of a client; an administrator may set them with kafka-configs.sh",
            got: quota,
          },
        ]),
    ...(principal === undefined || accountEmail.test(principal)
      ? []
      : [
          {
            path: ["clients", key, "principal"],
            message:
              'must be the email of an account that is there, such as "checkout@acme-prod.iam.gserviceaccount.com"; left out, the client gets one of its own',
            got: principal,
          },
        ]),
  ]);
  return [...tiered, ...ofClients, ...sharedPrincipals(clients)];
}

/** One account is one client: its role is granted once. */
function sharedPrincipals(clients: GcpStreamFields["clients"]): StreamProblem[] {
  const all = Object.entries(clients);
  return all.flatMap(([key, { principal }], index) => {
    const first = all.findIndex(([, other]) => other.principal === principal);
    if (principal === undefined || first === index) return [];
    return [
      {
        path: ["clients", key, "principal"],
        message: `must be of one client: "${all[first]?.[0]}" has it too`,
        got: principal,
      },
    ];
  });
}

/** `stream` in the manifest of a GCP cell. */
export const gcpStreamSettings = z
  .strictObject(gcpStreamFields)
  .superRefine((settings, context) => report(gcpProblems(settings), context));

/** The same with what the cell knows: what the component takes as `spec`. */
export const gcpStreamSpec = gcpStreamSettings.safeExtend({
  cloud: z.literal("gcp"),
  project: projectText,
  /** Google names a project's service agents by it. */
  projectNumber: projectNumberText,
  region: regionText("gcp"),
});

export type GcpStreamSpec = z.output<typeof gcpStreamSpec>;
