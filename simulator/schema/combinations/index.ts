import type { CheckFailure } from "../check-failure.ts";
import { aws } from "./aws.ts";
import { awsData } from "./aws-data.ts";
import { Given } from "./combination.ts";
import { gcp } from "./gcp.ts";
import { gcpData } from "./gcp-data.ts";

/** Checks what several properties of a resource must be together. */
export function checkCombinations(type: string, inputs: Record<string, unknown>): CheckFailure[] {
  const given = new Given(inputs);
  return (aws[type] ?? awsData[type] ?? gcp[type] ?? gcpData[type] ?? []).flatMap(
    ({ property, refuse }) => {
      const reason = refuse(given);
      return reason === undefined ? [] : [{ property, reason }];
    },
  );
}
