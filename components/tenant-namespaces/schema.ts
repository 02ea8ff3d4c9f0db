/** The namespaces of a tenant: what a tier and a tenant say about them. Plain data; defaults live only here. */
import { z } from "zod";
import { cidrText } from "../core/cidr.ts";
import { bytes, sizeText } from "../core/units.ts";

/** A part of a label of RFC 1123. The tenant's id is put before it, and both must fit in 63 characters. */
const partOfLabel = z.string().regex(/^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/, {
  error: "must be 1 to 30 lower case letters, digits and hyphens, starting with a letter",
});

const container = {
  /** CPUs. */
  cpu: z.number().min(0.01).max(64),
  memory: sizeText({ min: "16 MiB", max: "512 GiB" }),
};

/** What a tier gives the namespaces of a tenant together. */
export const namespacesTier = z
  .strictObject({
    /** CPUs that its pods can request. @default 2 */
    cpu: z.number().min(0.1).max(10_000).default(2),
    /** Memory that its pods can request. @default "4 GiB" */
    memory: sizeText().default("4 GiB"),
    /** How many times the requests the limits can be. @default 2 */
    limitFactor: z.number().min(1).max(10).default(2),
    /** @default 20 */
    pods: z.int().min(1).max(5000).default(20),
    /** Local disk that its pods can request. @default "10 GiB" */
    ephemeralStorage: sizeText().default("10 GiB"),
    /** Persistent volumes together. @default "20 GiB" */
    storage: sizeText().default("20 GiB"),
    /** Persistent volumes. @default 5 */
    volumes: z.int().min(0).max(1000).default(5),
    /** Objects of other kinds that it can have of each: services, config maps, secrets, jobs. @default 50 */
    objects: z.int().min(5).max(5000).default(50),
    /** Namespaces. @default 3 */
    most: z.int().min(1).max(20).default(3),
    /** What a container requests that requests nothing. @default 0.1 CPUs and 128 MiB */
    container: z.strictObject(container).default({ cpu: 0.1, memory: "128 MiB" }),
    /** The most that a container can have. @default 2 CPUs and 4 GiB */
    largestContainer: z.strictObject(container).default({ cpu: 2, memory: "4 GiB" }),
    /** The most replicas that autoscalers can set. @default 10 */
    replicas: z.int().min(1).max(1000).default(10),
    /** Storage classes that its volumes can have. @default the default class of the cell */
    storageClasses: z.array(z.string()).default([]),
  })
  .refine(
    ({ container: { cpu, memory }, largestContainer: largest }) =>
      cpu <= largest.cpu && bytes(memory) <= bytes(largest.memory),
    { path: ["container"], error: "must not be larger than largestContainer" },
  );

const port = z.int().min(1).max(65_535);

const service = z.strictObject({
  /** Ports that its pods listen on. @default none */
  ports: z.array(port).max(20).default([]),
  /** Pods that can be unavailable during a drain of nodes: a number, or a percentage. @default 1 */
  maxUnavailable: z
    .union([z.int().min(1).max(100), z.string().regex(/^([1-9]\d?|100)%$/)])
    .default(1),
});

const namespace = z.strictObject({
  /** Its part of the tier's quota, in proportion to the other namespaces. @default 1 */
  share: z.int().min(1).max(100).default(1),
  /**
   * Its services by name: each has a service account of that name, and pods with the label `app.kubernetes.io/name`.
   * @default {}
   */
  services: z.record(partOfLabel, service.prefault({})).default({}),
});

/** `web`, or `web/storefront`. */
const caller = z.string().regex(/^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/, {
  error: 'must be a namespace, or a service of it: "web/storefront"',
});

const call = z.strictObject({
  from: caller,
  to: caller,
  ports: z.array(port).min(1),
  /** Why it is allowed, for reviews. */
  why: z.string().min(3),
});

const egress = z.strictObject({
  from: caller,
  /** The destination. */
  cidr: cidrText,
  ports: z.array(port).min(1),
  /** Why it is allowed, for reviews. */
  why: z.string().min(3),
});

/** Groups and users as the cluster's authentication names them. */
const subjectName = z
  .string()
  .min(3)
  .max(253)
  .regex(/^[^\s\p{C}]([^\p{C}]*[^\s\p{C}])?$/u, {
    error: "must not begin or end with a space, or have control characters",
  })
  .refine((name) => !name.startsWith("system:"), {
    error: 'must not start with "system:", which is reserved for Kubernetes',
  });

export const subjects = z
  .strictObject({
    groups: z.array(subjectName).default([]),
    users: z.array(subjectName).default([]),
  })
  .refine(({ groups, users }) => groups.length + users.length > 0, {
    error: "must name at least one group or user",
  });

/** What a tenant says about its namespaces. */
export const namespacesSettings = z
  .strictObject({
    /** By name; the physical name is `tenant-<id>-<name>`. @default one namespace, `app` */
    spaces: z
      .record(partOfLabel, namespace.prefault({}))
      .default({ app: { share: 1, services: {} } }),
    /** Who may call whom. Everything else is denied, in both directions. @default [] */
    calls: z.array(call).default([]),
    /** Destinations outside the cluster. @default [] */
    egress: z.array(egress).default([]),
    /** Who may look at its workloads, and restart them. @default nobody */
    operators: subjects.optional(),
    /** Who may deploy its workloads, such as the identity of a pipeline. @default nobody */
    ci: subjects.optional(),
  })
  .superRefine(({ spaces, calls, egress: out }, context) => {
    if (Object.keys(spaces).length === 0) {
      context.addIssue({
        code: "custom",
        path: ["spaces"],
        input: spaces,
        message: "must not be empty",
      });
    }
    const named = [
      ...calls.flatMap(({ from, to }, index) => [
        { name: from, path: ["calls", index, "from"] },
        { name: to, path: ["calls", index, "to"] },
      ]),
      ...out.map(({ from }, index) => ({ name: from, path: ["egress", index, "from"] })),
    ];
    for (const { name, path } of named) {
      const [space = "", own] = name.split("/");
      const { [space]: found } = spaces;
      if (found && (own === undefined || Object.hasOwn(found.services, own))) continue;
      context.addIssue({
        code: "custom",
        path,
        input: name,
        message: `must be a namespace of the tenant, or a service of it; known are ${knownCallers(spaces).join(", ")}`,
      });
    }
  });

function knownCallers(spaces: Readonly<Record<string, z.output<typeof namespace>>>): string[] {
  return Object.entries(spaces).flatMap(([name, { services }]) => [
    name,
    ...Object.keys(services).map((service) => `${name}/${service}`),
  ]);
}

/** Egress to a service of the cell, which another section of the tenant needs. */
const reach = z.strictObject({
  /** `database` */
  to: z.string(),
  ports: z.array(port).min(1),
  /** CIDR blocks, for services outside the cluster. @default [] */
  cidrs: z.array(z.string()).default([]),
  /** Namespaces, for services in the cluster. @default [] */
  namespaces: z.array(z.string()).default([]),
});

export type Reach = z.output<typeof reach>;

export const namespacesSpec = z.strictObject({
  tenant: z.string(),
  tier: z.string(),
  suspended: z.boolean(),
  quota: namespacesTier,
  settings: namespacesSettings,
  /** Storage classes of the cluster that its volumes cannot have. @default [] */
  foreignClasses: z.array(z.string()).default([]),
  /** The CIDR blocks of the cell, which no destination outside covers. @default [] */
  inside: z.array(z.string()).default([]),
  reaches: z.array(reach).default([]),
});

export type NamespacesTier = z.output<typeof namespacesTier>;
export type NamespacesSettings = z.output<typeof namespacesSettings>;
export type NamespacesSpec = z.output<typeof namespacesSpec>;
export type NamespacesInput = z.input<typeof namespacesSpec>;
