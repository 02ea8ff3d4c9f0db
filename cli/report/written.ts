import { accessSync, constants, existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../failure.ts";

/** A report that a command writes to a file. */
export interface Written {
  readonly file: string;
  /** Its name in error messages: `runbook`. */
  readonly what: string;
  /** The option with the file name. */
  readonly option: string;
}

/**
 * @throws Failure `bad-usage` when it cannot be written
 */
export function write(written: Written, text: string): void {
  orRefuse(written, () => writeFileSync(written.file, text));
}

/**
 * Checks that the file can be written, before the report is computed.
 *
 * @throws Failure `bad-usage` when it cannot
 */
export function refuseUnwritable(written: Written): void {
  orRefuse(written, () => {
    const there = existsSync(written.file);
    if (written.file === "" || (there && statSync(written.file).isDirectory()))
      throw new Error("it is not a file");
    accessSync(there ? written.file : path.dirname(written.file), constants.W_OK);
  });
}

function orRefuse({ file, what, option }: Written, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new Failure(
      "bad-usage",
      `the ${what} cannot be written to ${file === "" ? "a file without a name" : file}`,
      `set ${option} to a file in an existing, writable folder`,
      String(error),
    );
  }
}
