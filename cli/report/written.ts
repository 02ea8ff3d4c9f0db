import { accessSync, constants, existsSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../failure.ts";

/** What a command was asked to leave in a file. */
export interface Written {
  readonly file: string;
  /** What it is called in a refusal: `runbook`. */
  readonly what: string;
  /** The option that named the file. */
  readonly option: string;
}

/**
 * Writes it.
 *
 * @throws Failure `bad-usage` when it cannot be written
 */
export function write(written: Written, text: string): void {
  orRefuse(written, () => writeFileSync(written.file, text));
}

/**
 * Looks whether it could be written, before minutes are spent on what it would hold.
 *
 * @throws Failure `bad-usage` when it cannot
 */
export function refuseUnwritable(written: Written): void {
  orRefuse(written, () => {
    const there = existsSync(written.file);
    if (written.file === "" || (there && statSync(written.file).isDirectory()))
      throw new Error("it is no file");
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
      `give ${option} a file in a folder that exists and can be written`,
      String(error),
    );
  }
}
