import type { PolicyResource } from "@pulumi/policy";
import { isUnknown } from "./known-values.ts";
import type { Props, ResourceType } from "./types.ts";

/** A resource of a stack after the change; in a preview, as planned. */
export interface StackResource<T extends ResourceType> {
  readonly urn: string;
  readonly name: string;
  readonly props: Props<T>;
  readonly origin: PolicyResource;
}

/** All resources of a stack, by type. */
export class Stack {
  readonly #byType = new Map<string, PolicyResource[]>();

  constructor(resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      const same = this.#byType.get(resource.type);
      if (same) same.push(resource);
      else this.#byType.set(resource.type, [resource]);
    }
  }

  all<T extends ResourceType>(type: T): StackResource<T>[] {
    return (this.#byType.get(type) ?? []).map((origin) => ({
      urn: origin.urn,
      name: origin.name,
      // The engine's properties match the SDK's declaration of this type.
      props: withoutUngiven(origin) as Props<T>,
      origin,
    }));
  }
}

/**
 * The properties without those that the cloud computes. In a preview they are unknown, like inputs from other resources, but do not
 * come from any resource.
 */
function withoutUngiven({ props, propertyDependencies }: PolicyResource): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const key of Object.keys(props)) {
    if (!(key in propertyDependencies) && isUnknown(() => props[key])) continue;
    Object.defineProperty(given, key, { enumerable: true, get: () => props[key] });
  }
  return given;
}

/**
 * Whether a property of one resource refers to another resource. A known value is compared; an unknown one is decided by the
 * resources that the engine reports as its origin.
 *
 * @param read the property, or an element of it
 * @param property the top-level property that the engine reports origins for
 * @param key the output of the other resource that the property holds
 */
export function refersTo<T extends ResourceType>(
  from: StackResource<T>,
  property: keyof Props<T> & string,
  to: StackResource<ResourceType>,
  key = "id",
  read: () => unknown = () => from.props[property],
): boolean {
  const other: Readonly<Record<string, unknown>> = to.origin.props;
  if (!isUnknown(read) && key in other && !isUnknown(() => other[key]))
    return read() === other[key];
  return comesFrom(from, property, to);
}

/** Whether the value of a property comes from outputs of another resource. */
export function comesFrom<T extends ResourceType>(
  from: StackResource<T>,
  property: keyof Props<T> & string,
  to: StackResource<ResourceType>,
): boolean {
  return (from.origin.propertyDependencies[property] ?? []).some(({ urn }) => urn === to.urn);
}
