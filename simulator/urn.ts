/** The parts of a URN: `urn:pulumi:<stack>::<project>::<parent types$>type::<name>`. */
export interface Urn {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

export function parseUrn(urn: string): Urn {
  const [head = "", , types = "", ...name] = urn.split("::");
  return {
    stack: head.slice("urn:pulumi:".length),
    type: types.slice(types.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}

/** The package of a type or token: `aws` of `aws:ec2/vpc:Vpc`, and of the provider type `pulumi:providers:aws`. */
export function packageOf(type: string): string {
  const parts = type.split(":");
  return (type.startsWith("pulumi:providers:") ? parts[2] : parts[0]) ?? "";
}

/** The service of a type: `ec2` of `aws:ec2/vpc:Vpc`. */
export function serviceOf(type: string): string {
  return type.split(":")[1]?.split("/")[0] ?? "";
}

/** The noun of a type in lower camel case: `nodeGroup` of `aws:eks/nodeGroup:NodeGroup`. */
export function nounOf(type: string): string {
  const noun = type.split(":")[2] ?? "";
  return noun.charAt(0).toLowerCase() + noun.slice(1);
}
