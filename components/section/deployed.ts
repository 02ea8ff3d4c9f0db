/** The resources of a cell's stack as they were last deployed. Plain data, for decisions about what may move. */

export interface DeployedResource {
  /** `aws:ec2/subnet:Subnet` */
  readonly type: string;
  /** The last part of its URN. */
  readonly name: string;
  /** Its properties in the cloud. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The resources of a stack; empty before its first deployment. */
export type Deployed = readonly DeployedResource[];

/** The resources of a type that belong to a component. */
export function deployedOf(deployed: Deployed, type: string, component: string): Deployed {
  return deployed.filter(
    (each) =>
      each.type === type && (each.name === component || each.name.startsWith(`${component}-`)),
  );
}

/** The strings of a list, at a path of properties. */
export function stringsAt({ outputs }: DeployedResource, ...path: string[]): string[] {
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Bag)[key] : undefined),
    outputs,
  );
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

/** A string property. */
export function stringOf({ outputs }: DeployedResource, key: string): string | undefined {
  const { [key]: value } = outputs;
  return typeof value === "string" ? value : undefined;
}

type Bag = Readonly<Record<string, unknown>>;
