import { z } from "zod";
import { cidrText } from "../core/cidr.ts";
import { timeZoneText, weekdays } from "../core/schedule.ts";
import { countLimits } from "../core/service-limits.ts";
import { durationText } from "../core/units.ts";
import { maintenanceProblem } from "./gcp-maintenance.ts";
import { kubernetesVersion } from "./versions.ts";

/** When GKE may upgrade the control plane and the nodes, in local time. */
const maintenance = z
  .strictObject({
    /** An IANA time zone, for example `Europe/Berlin`. @default "UTC" */
    timeZone: timeZoneText.default("UTC"),
    /** Days on which the window opens. @default Monday to Thursday, each followed by a working day */
    days: z
      .array(z.enum(weekdays))
      .min(1, { error: "must name at least one day" })
      .refine((given) => new Set(given).size === given.length, { error: "must name each day once" })
      .default(["mon", "tue", "wed", "thu"]),
    /** Start time of the window, in local time. @default "01:00" */
    start: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
        error: 'must be a time of day such as "01:00", in quotes',
      })
      .default("01:00"),
    /** Duration of the window. GKE requires 4 hours, and daylight saving time takes up to one. @default "5 hours" */
    duration: durationText({ min: "4 hours", max: "23 hours" }).default("5 hours"),
  })
  .superRefine((window, context) => {
    if (!timeZoneText.safeParse(window.timeZone).success) return;
    const problem = maintenanceProblem(window);
    if (problem === undefined) return;
    const { field, message } = problem;
    context.addIssue({ code: "custom", path: [field], input: window[field], message });
  });

const networkKey = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, {
  error: "must be a key of 1 to 40 lower case letters, digits and hyphens",
});

/** What every cluster has in a manifest, created or existing. */
export const gcpEveryField = {
  /** The lowest minor version of the control plane; GKE upgrades it within the release channel. */
  version: kubernetesVersion("gke"),
};

/** What only a cluster that Atoll creates has. */
export const gcpCreatedFields = {
  /** Release channel; `EXTENDED` costs extra. @default "REGULAR" */
  releaseChannel: z.enum(["RAPID", "REGULAR", "STABLE", "EXTENDED"]).default("REGULAR"),
  dnsEndpoint: z
    .strictObject({
      /**
       * Whether the DNS endpoint of the control plane accepts traffic from outside Google Cloud. It requires the IAM
       * permission `container.clusters.connect`, and a VPC Service Controls perimeter can restrict it.
       *
       * @default true
       */
      allowExternalTraffic: z.boolean().default(true),
    })
    .prefault({}),
  /**
   * CIDR blocks that may reach the private IP endpoint of the control plane, by a key of your choice. The endpoint is
   * disabled while there are none; a public IP endpoint is never enabled.
   *
   * @default {}
   */
  authorizedNetworks: z
    .record(networkKey, cidrText)
    .refine((networks) => Object.keys(networks).length <= countLimits.authorizedNetworks, {
      error: `must have at most ${countLimits.authorizedNetworks} entries, which a cluster has: combine blocks`,
    })
    .default({}),
  /**
   * `enforce` admits only images that the project's Binary Authorization policy admits.
   * @default "enforce"
   */
  binaryAuthorization: z.enum(["enforce", "off"]).default("enforce"),
  maintenance: maintenance.prefault({}),
  addons: z
    .strictObject({
      /** DNS cache on every node. @default true */
      dnsCache: z.boolean().default(true),
      /** Cloud Storage buckets as volumes. @default false */
      cloudStorageFuse: z.boolean().default(false),
      /** Filestore shares as volumes. @default false */
      filestore: z.boolean().default(false),
      /** The agent of Backup for GKE. @default false */
      backup: z.boolean().default(false),
    })
    .prefault({}),
  /**
   * Allows binding Kubernetes roles to Google groups that are members of this group.
   * @default none
   */
  securityGroup: z
    .string()
    .regex(/^gke-security-groups@[a-z0-9.-]+\.[a-z]{2,}$/, {
      error:
        'must be "gke-security-groups@" and the organisation\'s domain: GKE accepts no other group',
    })
    .optional(),
  /** Pub/Sub topic in the cell's project for upgrade and security notifications. @default none */
  notificationTopic: z
    .string()
    .regex(/^projects\/[a-z][a-z0-9-]{4,28}[a-z0-9]\/topics\/[A-Za-z][\w.~+%-]{2,254}$/, {
      error: 'must be a topic such as "projects/acme-prod/topics/gke-notices"',
    })
    .optional(),
  /** BigQuery dataset for resource usage. @default none */
  usageDataset: z
    .string()
    .regex(/^\w{1,1024}$/, { error: "must be a dataset id: letters, digits and underscores" })
    .optional(),
};

/** `cluster` of a cluster that Atoll creates. */
export const gcpCreatedSettings = z
  .strictObject({ ...gcpEveryField, ...gcpCreatedFields })
  .superRefine(({ dnsEndpoint, authorizedNetworks }, context) => {
    if (dnsEndpoint.allowExternalTraffic || Object.keys(authorizedNetworks).length > 0) return;
    context.addIssue({
      code: "custom",
      path: ["dnsEndpoint", "allowExternalTraffic"],
      input: false,
      message:
        "must be true while authorizedNetworks is empty: the control plane would be unreachable",
    });
  })
  .superRefine(({ authorizedNetworks }, context) => {
    for (const [key, block] of Object.entries(authorizedNetworks)) {
      if (!block.endsWith("/0")) continue;
      context.addIssue({
        code: "custom",
        path: ["authorizedNetworks", key],
        input: block,
        message: "must be a block of your own networks, not the whole internet",
      });
    }
  });
