/**
 * Adjustments: final changes to the inputs of a component's children, where no setting exists. Policies and clouds see the
 * changed inputs.
 */
import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "./errors.ts";
import { didYouMean } from "./suggest.ts";

type Props = Readonly<Record<string, unknown>>;

/** A change to one kind of resource, created by `adjust()` or `adjustObject()`. */
export interface Adjustment {
  /** The kind, for messages. */
  readonly kind: string;
  readonly fits: (child: pulumi.ResourceTransformationArgs) => boolean;
  readonly change: (args: Props) => Props;
}

/**
 * Adjustments by child: its name without the component's (`main` for the child with the component's own name), or its full name
 * as previews show it. `*` matches any characters.
 */
export type Adjustments = Readonly<Record<string, Adjustment | readonly Adjustment[]>>;

/** The class of a resource, for example `aws.rds.Cluster`. */
interface ResourceClass<Args> {
  readonly name: string;
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource;
  isInstance(value: unknown): boolean;
}

/**
 * A change to the arguments of a resource.
 *
 * @param change a pure function: it runs on each preview, and its result must depend on its arguments only
 *
 * @example
 * adjust(aws.rds.Cluster, (args) => ({ ...args, storageType: "aurora-iopt1" }))
 */
export function adjust<Args>(
  resource: ResourceClass<Args>,
  change: (args: NonNullable<Args>) => NonNullable<Args>,
): Adjustment {
  return {
    kind: resource.name,
    fits: (child) => resource.isInstance(child.resource),
    change: change as unknown as Adjustment["change"],
  };
}

/** A Kubernetes object of a kind that the SDK has no class for. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: pulumi.Input<Record<string, unknown>>;
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * A change to a Kubernetes object.
 *
 * @example
 * adjustObject("kafka.strimzi.io/v1", "Kafka", (kafka) => ({ ...kafka, spec: { ...kafka.spec, ... } }))
 */
export function adjustObject(
  apiVersion: string,
  kind: string,
  change: (object: KubernetesObject) => KubernetesObject,
): Adjustment {
  return {
    kind: `${apiVersion} ${kind}`,
    fits: ({ type }) => type === `kubernetes:${apiVersion}:${kind}`,
    change: change as unknown as Adjustment["change"],
  };
}

/** Fields that identify a resource or its location: changing one would replace the resource. */
const names = [
  ...["name", "namePrefix", "bucket", "bucketPrefix", "identifier", "identifierPrefix"],
  ...["clusterIdentifier", "clusterIdentifierPrefix", "globalClusterIdentifier", "clusterName"],
  ...["replicationGroupId", "replicatorName", "registryName", "schemaName", "functionName"],
  ...["clusterId", "instanceId", "topicId", "aclId", "connectorId", "connectClusterId"],
  ...["accountId", "secretId", "roleId", "workloadIdentityPoolId"],
  ...["workloadIdentityPoolProviderId", "project", "region", "location", "apiVersion", "kind"],
];

/** Fields that protect a resource and its data from deletion. */
const protection = [
  ...["deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection"],
  ...["deletionPolicy", "forceDestroy", "mutationProtection", "recoveryWindowInDays"],
  ...["skipFinalSnapshot", "finalSnapshotIdentifier"],
];

/** Applies adjustments to a component's children as they are registered, and reports those that match no child. */
export class Adjuster {
  readonly #component: string;
  readonly #changes: readonly { readonly key: string; readonly by: Adjustment }[];
  readonly #made = new Set<Adjustment>();
  /** The types of children, by the key that matches them. */
  readonly #seen = new Map<string, string[]>();

  constructor(component: string, ...adjustments: readonly Adjustments[]) {
    this.#component = component;
    this.#changes = adjustments
      .flatMap((each) => Object.entries(each))
      .flatMap(([key, by]) => [by].flat().map((each) => ({ key, by: each as Adjustment })));
  }

  /** @throws BlueprintError `adjust-invalid` when an adjustment renames, moves or unprotects the child */
  adjusted(child: pulumi.ResourceTransformationArgs): Props {
    // Nested components are matched through their children; providers belong to the stack.
    if (/^(atoll|pulumi):/.test(child.type)) return child.props;
    const key = keyOf(this.#component, child.name);
    this.#seen.set(key, [...(this.#seen.get(key) ?? []), child.type]);
    let props: Props = child.props;
    for (const change of this.#changes) {
      const isMatched = [key, child.name].some((name) => matches(change.key, name));
      if (!isMatched || !change.by.fits(child)) continue;
      this.#made.add(change.by);
      const next = change.by.change(props);
      this.#refuseFixed(change.key, props, next);
      props = next;
    }
    return props;
  }

  /** @throws BlueprintError `adjust-invalid` that lists the adjustments that match no child */
  finish(): void {
    const unused = this.#changes.filter(({ by }) => !this.#made.has(by));
    if (unused.length === 0) return;
    const problems = unused.map(({ key, by }) => {
      const types = [...this.#seen].flatMap(([seen, found]) => (matches(key, seen) ? found : []));
      const message =
        types.length > 0
          ? `must adjust ${[...new Set(types)].join(" or ")}, not ${by.kind}`
          : `no such child${didYouMean(key, [...this.#seen.keys()])}`;
      return { path: `adjust of "${this.#component}": ${key}`, message };
    });
    throw new BlueprintError("adjust-invalid", "adjustments match no child:", problems);
  }

  #refuseFixed(key: string, before: Props, after: Props): void {
    const changed = [
      ...[...names, ...protection].filter((field) => !same(before[field], after[field])),
      ...["name", "namespace"]
        .filter((field) => !same(inside(before.metadata, field), inside(after.metadata, field)))
        .map((field) => `metadata.${field}`),
      ...["deletionProtectionEnabled"]
        .filter((field) => !same(inside(before.settings, field), inside(after.settings, field)))
        .map((field) => `settings.${field}`),
    ];
    if (changed.length === 0) return;
    throw new BlueprintError(
      "adjust-invalid",
      `adjust of "${this.#component}": ${key}: must not change ${changed.join(", ")}: the blueprint controls names, locations and protection`,
    );
  }
}

function keyOf(component: string, child: string): string {
  if (child === component) return "main";
  const key = child.slice(component.length + 1);
  // A child with the key "main" is matched by its full name only.
  return key === "main" ? child : key;
}

function matches(pattern: string, name: string): boolean {
  if (!pattern.includes("*")) return pattern === name;
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}

function inside(value: unknown, field: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[field]
    : undefined;
}

/** Outputs are the same only when they are the same object. */
function same(a: unknown, b: unknown): boolean {
  return a === b || (isPlain(a) && isPlain(b) && isDeepStrictEqual(a, b));
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || !("__pulumiOutput" in value);
}
