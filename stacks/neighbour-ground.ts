import * as pulumi from "@pulumi/pulumi";
import { BlueprintError } from "../components/core/errors.ts";
import { type CellOutputs, readCell } from "./outputs.ts";

type Ground = CellOutputs["ground"];
type Texts = Exclude<keyof Ground, "isolatedSubnetIds">;

/** What a copy in another cell stands on there; all of it unknown in a preview that runs before that cell is up. */
export interface NeighbourGround {
  text(field: Texts): pulumi.Input<string>;
  /** @param first how many of them. @default all */
  isolatedSubnetIds(first?: number): pulumi.Output<string[]>;
}

/** @throws BlueprintError `environment-not-up` in an update before the other cell has what is asked for */
export async function groundOf(stack: string): Promise<NeighbourGround> {
  const outputs = await readCell(stack);
  const take = <Field extends keyof Ground>(
    field: Field,
  ): pulumi.Input<NonNullable<Ground[Field]>> => {
    const known = outputs?.ground[field];
    if (known !== undefined) return known as NonNullable<Ground[Field]>;
    if (pulumi.runtime.isDryRun()) {
      return pulumi.output(pulumi.unknown) as unknown as pulumi.Output<NonNullable<Ground[Field]>>;
    }
    throw new BlueprintError(
      "environment-not-up",
      `stack "${stack}" does not say ${field} yet, which a copy in it needs: bring it up again first`,
    );
  };
  return {
    text: (field) => take(field),
    isolatedSubnetIds: (first) =>
      pulumi.output(take("isolatedSubnetIds")).apply((ids) => ids.slice(0, first)),
  };
}
