import { checkKubernetes } from "../../../simulator/schema/index.ts";
import { refusals } from "../../support/accepted.ts";
import type { Registered } from "../../support/inventory.ts";

/** Schema errors of the embedded cloud for these resources, including Kubernetes objects, without providers. */
export function refused(resources: readonly Registered[]): string[] {
  const custom = resources.filter(
    ({ custom, type }) => custom && !type.startsWith("pulumi:providers:"),
  );
  const isObject = ({ type }: Registered) =>
    type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/");
  return [
    ...refusals(custom.filter((resource) => !isObject(resource))),
    ...custom
      .filter(isObject)
      .flatMap(({ type, name, inputs }) =>
        checkKubernetes(inputs).map(
          ({ property, reason }) => `${type} ${name}: ${property} ${reason}`,
        ),
      ),
  ];
}
