import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { CellOutputs } from "./cell.ts";
import { readCell } from "./read.ts";

type Ground = CellOutputs["ground"];
type Texts = Exclude<keyof Ground, "isolatedSubnetIds">;

/** What a copy in another cell stands on there; all of it unknown in a preview that runs before that cell is up. */
export interface NeighbourGround {
  /** What a workload there acts as: the ARN of a role. */
  principal(workload: string): pulumi.Input<string>;
  text(field: Texts): pulumi.Input<string>;
  /** @param first how many of them. @default all */
  isolatedSubnetIds(first?: number): pulumi.Output<string[]>;
}

/** @throws BlueprintError `environment-not-up` in an update before the other cell has what is asked for */
export async function groundOf(stack: string): Promise<NeighbourGround> {
  const outputs = await readCell(stack);
  const known = <Value>(what: string, value: Value | undefined): pulumi.Input<Value> => {
    if (value !== undefined) return value;
    if (pulumi.runtime.isDryRun()) {
      return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<Value>;
    }
    throw new BlueprintError(
      "environment-not-up",
      `stack "${stack}" does not say ${what} yet, which a copy in it needs: bring it up again first`,
    );
  };
  return {
    text: (field) => known<string>(field, outputs?.ground[field]) as pulumi.Input<string>,
    isolatedSubnetIds: (first) =>
      pulumi
        .output(known("isolatedSubnetIds", outputs?.ground.isolatedSubnetIds))
        .apply((ids) => ids.slice(0, first)),
    principal: (workload) =>
      known<string>(
        `who "${workload}" acts as`,
        outputs?.services.identity?.principals[workload],
      ) as pulumi.Input<string>,
  };
}
