import type { CheckFailure } from "../check-failure.ts";
import { aws } from "./aws.ts";
import { awsData } from "./aws-data.ts";
import { Given } from "./combination.ts";
import { documentSizes, listSizes } from "./documents.ts";
import { gcp } from "./gcp.ts";
import { gcpData } from "./gcp-data.ts";
import { messaging } from "./messaging.ts";

/** Checks rules for combinations of a resource's properties. */
export function checkCombinations(type: string, inputs: Record<string, unknown>): CheckFailure[] {
  const given = new Given(inputs);
  return tables
    .flatMap((table) => table[type] ?? [])
    .flatMap(({ property, refuse }) => {
      const reason = refuse(given);
      return reason === undefined ? [] : [{ property, reason }];
    });
}

const tables = [aws, awsData, documentSizes, gcp, gcpData, listSizes, messaging];
