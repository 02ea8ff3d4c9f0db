/** Last changes to what a component asks for: for what no setting foresees. Policies see the changed inputs, as the clouds do. */
import { isDeepStrictEqual } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "./errors.ts";
import { didYouMean } from "./suggest.ts";

type Props = Readonly<Record<string, unknown>>;

/** A change of one kind of resource; made by `adjust()` and `adjustObject()`. */
export interface Adjustment {
  /** The kind, for messages. */
  readonly kind: string;
  readonly fits: (child: pulumi.ResourceTransformationArgs) => boolean;
  readonly change: (args: Props) => Props;
}

/**
 * Changes by the child that they are made to: its name without the component's (`main` for the child that has the component's own
 * name), or its whole name as previews show it. `*` stands for any characters.
 */
export type Adjustments = Readonly<Record<string, Adjustment | readonly Adjustment[]>>;

/** The class of a resource, for example `aws.rds.Cluster`. */
interface ResourceClass<Args> {
  readonly name: string;
  new (name: string, args: Args, opts?: pulumi.CustomResourceOptions): pulumi.CustomResource;
  isInstance(value: unknown): boolean;
}

/**
 * A change of the arguments of a resource.
 *
 * @param change a pure function: it is called at each preview, and what it returns must depend on nothing else
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
 * A change of a Kubernetes object.
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

/** What a resource is known by, and where it is: changed, it would be another one. */
const names = [
  ...["name", "namePrefix", "bucket", "bucketPrefix", "identifier", "identifierPrefix"],
  ...["clusterIdentifier", "clusterIdentifierPrefix", "globalClusterIdentifier", "clusterName"],
  ...["replicationGroupId", "replicatorName", "registryName", "schemaName", "functionName"],
  ...["clusterId", "instanceId", "topicId", "aclId", "connectorId", "connectClusterId"],
  ...["accountId", "secretId", "roleId", "workloadIdentityPoolId"],
  ...["workloadIdentityPoolProviderId", "project", "region", "location", "apiVersion", "kind"],
];

/** What keeps it from being deleted with what it holds. */
const protection = [
  ...["deletionProtection", "deletionProtectionEnabled", "enableDeletionProtection"],
  ...["deletionPolicy", "forceDestroy", "mutationProtection", "recoveryWindowInDays"],
  ...["skipFinalSnapshot", "finalSnapshotIdentifier"],
];

/** Makes the changes to a component's children as they are registered, and finds those that nothing was changed by. */
export class Adjuster {
  readonly #component: string;
  readonly #changes: readonly { readonly key: string; readonly by: Adjustment }[];
  readonly #made = new Set<Adjustment>();
  /** The children by the key that reaches them, each with its types. */
  readonly #seen = new Map<string, string[]>();

  constructor(component: string, ...adjustments: readonly Adjustments[]) {
    this.#component = component;
    this.#changes = adjustments
      .flatMap((each) => Object.entries(each))
      .flatMap(([key, by]) => [by].flat().map((each) => ({ key, by: each as Adjustment })));
  }

  /** @throws BlueprintError `adjust-invalid` when a change renames, moves or unprotects the child */
  adjusted(child: pulumi.ResourceTransformationArgs): Props {
    // Nested components are known by their children; providers are the stack's.
    if (/^(atoll|pulumi):/.test(child.type)) return child.props;
    const key = keyOf(this.#component, child.name);
    this.#seen.set(key, [...(this.#seen.get(key) ?? []), child.type]);
    let props: Props = child.props;
    for (const change of this.#changes) {
      const reaches = [key, child.name].some((name) => matches(change.key, name));
      if (!reaches || !change.by.fits(child)) continue;
      this.#made.add(change.by);
      const next = change.by.change(props);
      this.#refuseFixed(change.key, props, next);
      props = next;
    }
    return props;
  }

  /** @throws BlueprintError `adjust-invalid` that lists the changes that fit no child */
  finish(): void {
    const unused = this.#changes.filter(({ by }) => !this.#made.has(by));
    if (unused.length === 0) return;
    const problems = unused.map(({ key, by }) => {
      const types = [...this.#seen].flatMap(([seen, found]) => (matches(key, seen) ? found : []));
      const message =
        types.length > 0
          ? `must be a change of ${[...new Set(types)].join(" or ")}, and is one of ${by.kind}`
          : `no such child${didYouMean(key, [...this.#seen.keys()])}`;
      return { path: `adjust of "${this.#component}": ${key}`, message };
    });
    throw new BlueprintError("adjust-invalid", "adjustments fit nothing:", problems);
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
      `adjust of "${this.#component}": ${key}: must not change ${changed.join(", ")}: names, places and protection are the blueprint's`,
    );
  }
}

function keyOf(component: string, child: string): string {
  if (child === component) return "main";
  const key = child.slice(component.length + 1);
  // A child that somebody keyed "main" is known by its whole name alone.
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

/** Values that are known later are the same only where they were left alone. */
function same(a: unknown, b: unknown): boolean {
  return a === b || (isPlain(a) && isPlain(b) && isDeepStrictEqual(a, b));
}

function isPlain(value: unknown): boolean {
  return typeof value !== "object" || value === null || !("__pulumiOutput" in value);
}
