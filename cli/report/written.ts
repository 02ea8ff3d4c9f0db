import { writeFileSync } from "node:fs";
import { Failure } from "../failure.ts";

/**
 * Writes what a command was asked to leave in a file.
 *
 * @param what the report is called in a refusal: `runbook`
 * @param option that named the file
 * @throws Failure `bad-usage` when it cannot be written
 */
export function write(file: string, text: string, what: string, option: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(
      "bad-usage",
      `the ${what} cannot be written to ${file}`,
      `give ${option} a file in a folder that exists and can be written`,
      String(error),
    );
  }
}
