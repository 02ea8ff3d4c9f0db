import { parse } from "yaml";

/** The value of `enableNetworkPolicy` in the configuration of the vpc-cni add-on. EKS accepts JSON and YAML; JSON is valid YAML. */
export function networkPolicySetting(values: string | undefined): unknown {
  if (values === undefined) return undefined;
  try {
    const parsed: unknown = parse(values);
    if (typeof parsed !== "object" || parsed === null) return undefined;
    return Reflect.get(parsed, "enableNetworkPolicy");
  } catch {
    return undefined;
  }
}
