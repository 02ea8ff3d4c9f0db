import { taggable } from "./generated/taggable.ts";

/** Whose a resource is and what it may hold; the ground of cost allocation, access reviews and incident calls. */
export interface Ownership {
  readonly environment: string;
  readonly cell?: string;
  readonly tenant?: string;
  /** The team that answers for it. */
  readonly owner: string;
  readonly costCentre: string;
  readonly dataClass: DataClass;
}

export const dataClasses = ["public", "internal", "confidential", "restricted"] as const;
export type DataClass = (typeof dataClasses)[number];

/** The tags of one resource. Keys and values fit AWS tags, GCP labels and Kubernetes labels alike: lower case, hyphens. */
export function tagsOf(ownership: Ownership, component: string): Record<string, string> {
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

/**
 * The inputs of a resource with the ownership tags put where its type carries them: `tags` on AWS, `labels` and the like on
 * GCP, `metadata.labels` on Kubernetes. Tags that are set already win. Types that cannot carry tags come back as they are.
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
  if (field === undefined) return props;
  const own = props[field];
  return { ...props, [field]: { ...tags, ...(isRecord(own) ? own : {}) } };
}

function withKubernetesLabels<Props extends Record<string, unknown>>(
  type: string,
  props: Props,
  tags: Record<string, string>,
): Props {
  if (type.startsWith("kubernetes:helm.sh/") || !isRecord(props.metadata)) return props;
  const prefixed = Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [`atoll.dev/${key}`, value]),
  );
  const labels = isRecord(props.metadata.labels) ? props.metadata.labels : {};
  return { ...props, metadata: { ...props.metadata, labels: { ...prefixed, ...labels } } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("__pulumiOutput" in value);
}
