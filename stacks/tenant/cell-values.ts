/** Values from a cell's outputs, for the components of its tenants. */
import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { TenantBuild } from "../../components/section/tenant-build.ts";
import type { Cell } from "../../footprint/model.ts";
import type { CellOutputs } from "../outputs/cell.ts";

/** @param outputs undefined in a preview that runs before the cell is deployed */
export function cellValues(
  { stack }: Cell,
  outputs: CellOutputs | undefined,
): Pick<TenantBuild, "ofCell" | "ground" | "reference"> {
  const known = <T>(what: string, value: T | undefined): pulumi.Output<T> => {
    if (value !== undefined) return pulumi.output(value) as pulumi.Output<T>;
    if (pulumi.runtime.isDryRun())
      return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<T>;
    throw new BlueprintError(
      "environment-not-up",
      `stack "${stack}" has no ${what} yet: deploy it again before its tenants`,
    );
  };
  const services = outputs?.services as Readonly<Record<string, unknown>> | undefined;
  return {
    ofCell: ({ name }, what, pick) => {
      const own = services?.[name];
      return known(what, own === undefined ? undefined : pick(own as never));
    },
    ground: (field) => known(field, outputs?.ground[field]) as never,
    reference: (kind, name) => known(`${kind} "${name}"`, outputs?.references[kind]?.[name]),
  };
}
