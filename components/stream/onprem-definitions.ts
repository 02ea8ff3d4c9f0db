import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

interface Definitions {
  readonly version: string;
  readonly definitions: readonly {
    readonly name: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly spec: kubernetes.types.input.apiextensions.v1.CustomResourceDefinitionSpecPatch;
  }[];
}

/** The definitions of the custom resources of the operator's version. */
export function strimziDefinitions(): Definitions {
  return JSON.parse(
    readFileSync(join(import.meta.dirname, "generated/strimzi-crds.json"), "utf8"),
  ) as Definitions;
}

/**
 * The definitions of Strimzi's custom resources, one resource each. The chart has them in its folder `crds`, which Helm installs
 * once and never upgrades. They are patches because an existing installation already has them; server-side apply creates those that
 * are missing. They stay when the stack is destroyed, as Helm's do: deleting one deletes every Kafka cluster.
 */
export function installDefinitions(
  named: (key: string) => string,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return strimziDefinitions().definitions.map(
    ({ name, labels, spec }) =>
      new kubernetes.apiextensions.v1.CustomResourceDefinitionPatch(
        named(`crd-${name.split(".")[0]}`),
        {
          metadata: {
            name,
            labels: { ...labels },
            annotations: {
              "pulumi.com/patchFieldManager": "atoll",
              // Helm owns the fields of an earlier installation.
              "pulumi.com/patchForce": "true",
            },
          },
          spec,
        },
        { ...opts, retainOnDelete: true },
      ),
  );
}
