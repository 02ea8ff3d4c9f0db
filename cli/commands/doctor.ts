/** `atoll doctor`: reports what is missing on this machine or in the credentials, and how to fix it. */
import { examine } from "../doctor/examine.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import type { Io } from "../io.ts";
import { table } from "../report/table.ts";

export interface DoctorOptions {
  readonly environment?: string;
  readonly online?: boolean;
}

export async function doctor(io: Io, options: DoctorOptions): Promise<ExitCode> {
  const findings = await examine(options);
  const sick = findings.filter(({ state }) => state === "missing");
  const { green, yellow, red } = io.colors;
  const paint = { ok: green, note: yellow, missing: red };
  io.say(
    table(
      ["", "what", "found"],
      findings.map(({ state, what, found }) => [paint[state](state), what, found]),
    ),
  );
  for (const { state, what, cure } of findings) {
    if (state !== "ok" && cure !== undefined) io.say(`\n${what}: ${cure}`);
  }
  io.say(
    sick.length === 0
      ? "\nnothing required is missing"
      : `\n${sick.length} ${sick.length === 1 ? "thing is" : "things are"} missing`,
  );
  const code = sick.length === 0 ? exitCodes.done : exitCodes.failed;
  io.result({ exitCode: code, findings });
  return code;
}
