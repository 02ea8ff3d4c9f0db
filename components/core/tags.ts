import { taggable } from "./generated/taggable.ts";

/** The owner and data class of a resource, for cost allocation, access reviews and incident response. */
export interface Ownership {
  readonly environment: string;
  readonly cell?: string;
  readonly tenant?: string;
  /** The responsible team. */
  readonly owner: string;
  readonly costCentre: string;
  readonly dataClass: DataClass;
  /** Additional tags; they do not override those above. @default {} */
  readonly tags?: Readonly<Record<string, string>>;
}

export const dataClasses = ["public", "internal", "confidential", "restricted"] as const;
export type DataClass = (typeof dataClasses)[number];

/** The tags of one resource. Keys and values are valid as AWS tags, GCP labels and Kubernetes labels: lower case, hyphens. */
export function tagsOf(ownership: Ownership, component: string): Record<string, string> {
  return {
    ...ownership.tags,
    ...fixedTags(ownership, component),
  };
}

function fixedTags(ownership: Ownership, component: string): Record<string, string> {
  return {
    environment: ownership.environment,
    ...(ownership.cell === undefined ? {} : { cell: ownership.cell }),
    ...(ownership.tenant === undefined ? {} : { tenant: ownership.tenant }),
    component,
    owner: ownership.owner,
    "cost-centre": ownership.costCentre,
    "data-class": ownership.dataClass,
  };
}

/** The keys of the tags that every resource has. */
export const ownershipKeys: readonly string[] = [
  "environment",
  "cell",
  "tenant",
  "component",
  "owner",
  "cost-centre",
  "data-class",
];

/**
 * The inputs of a resource with the ownership tags: `tags` on AWS, `labels` and similar on GCP, `metadata.labels` on
 * Kubernetes. Existing tags take precedence, also when they are outputs. Types without tags are returned unchanged.
 */
export function withOwnership<Props extends Record<string, unknown>>(
  type: string,
  props: Props,
  ownership: Ownership,
  component: string,
): Props {
  const tags = tagsOf(ownership, component);
  if (type.startsWith("kubernetes:")) return withKubernetesLabels(type, props, tags);
  const field = taggable[type];
  return field === undefined || refusesLabels(type, props)
    ? props
    : { ...props, [field]: merged(tags, props[field]) };
}

function withKubernetesLabels<Props extends Record<string, unknown>>(
  type: string,
  props: Props,
  tags: Record<string, string>,
): Props {
  if (!carriesLabels(type) || props.metadata === undefined) return props;
  const prefixed = Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`atoll.dev/${key}`, value]),
  );
  const metadata = whenKnown(props.metadata, (known) =>
    isRecord(known) ? { ...known, labels: merged(prefixed, known.labels) } : known,
  );
  return { ...props, metadata };
}

/**
 * The Private Service Connect endpoint for Google APIs is a forwarding rule without labels: the API returns
 * "Invalid field set in Private Service Connect Forwarding Rule".
 */
function refusesLabels(type: string, { target }: Record<string, unknown>): boolean {
  return (
    type === "gcp:compute/globalForwardingRule:GlobalForwardingRule" &&
    (target === "all-apis" || target === "vpc-sc")
  );
}

/** A Helm release has no labels, and a patch must change only its own fields. */
function carriesLabels(type: string): boolean {
  return !type.startsWith("kubernetes:helm.sh/") && !type.endsWith("Patch");
}

/** The defaults, overridden by existing values. */
function merged(defaults: Record<string, string>, own: unknown): unknown {
  return whenKnown(own, (known) => ({ ...defaults, ...(isRecord(known) ? known : {}) }));
}

/** Applies a function to a value, now or when its Output or promise resolves. */
function whenKnown(value: unknown, change: (known: unknown) => unknown): unknown {
  if (isOutput(value)) return value.apply(change);
  return value instanceof Promise ? value.then(change) : change(value);
}

/** By shape, so that reading a manifest does not load the SDK. */
function isOutput(
  value: unknown,
): value is { apply(change: (known: unknown) => unknown): unknown } {
  return isRecord(value) && value.__pulumiOutput === true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    !Array.isArray(value)
  );
}
