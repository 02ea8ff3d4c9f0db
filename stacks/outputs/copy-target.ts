import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../../components/core/errors.ts";
import type { CellOutputs } from "./cell.ts";
import { readCell } from "./read.ts";

type NetworkContext = CellOutputs["ground"];
type StringField = Exclude<keyof NetworkContext, "isolatedSubnetIds">;

/** The network context for a copy in another cell; unknown in a preview that runs before that cell is deployed. */
export interface TargetNetworkContext {
  /** The ARN of a workload's role there. */
  principal(workload: string): pulumi.Input<string>;
  value(field: StringField): pulumi.Input<string>;
  /** @param first how many subnets. @default all */
  isolatedSubnetIds(first?: number): pulumi.Output<string[]>;
}

/** @throws BlueprintError `environment-not-up` in an update before the other cell has the value */
export async function networkContextOf(stack: string): Promise<TargetNetworkContext> {
  const outputs = await readCell(stack);
  const known = <Value>(what: string, value: Value | undefined): pulumi.Input<Value> => {
    if (value !== undefined) return value;
    if (pulumi.runtime.isDryRun()) {
      return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<Value>;
    }
    throw new BlueprintError(
      "environment-not-up",
      `stack "${stack}" has no output ${what} yet, which a copy in it needs: deploy it again first`,
    );
  };
  return {
    value: (field) => known<string>(field, outputs?.ground[field]) as pulumi.Input<string>,
    isolatedSubnetIds: (first) =>
      pulumi
        .output(known("isolatedSubnetIds", outputs?.ground.isolatedSubnetIds))
        .apply((ids) => ids.slice(0, first)),
    principal: (workload) =>
      known<string>(
        `principal of "${workload}"`,
        outputs?.services.identity?.principals[workload],
      ) as pulumi.Input<string>,
  };
}
