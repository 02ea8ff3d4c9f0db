/** `atoll import STACK [NAME=ID...]`: prints the import file and the command with which Pulumi imports existing resources. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { withEnvironment } from "../engine/environment.ts";
import { failureOf } from "../engine/errors.ts";
import { makeMissing } from "../engine/missing.ts";
import type { Session } from "../engine/session.ts";
import { run } from "../engine/spawn.ts";
import { type ExitCode, exitCodes, Failure } from "../failure.ts";
import {
  type ImportFile,
  importable,
  select,
  type Wanted,
  wantedFrom,
} from "../import/import-file.ts";
import type { Io } from "../io.ts";
import { table } from "../report/table.ts";
import { refuseUnwritable, write } from "../report/written.ts";

export interface ImportOptions {
  readonly stack: string;
  readonly resources: readonly string[];
  readonly file?: string;
  readonly rehearse?: boolean;
}

export async function importResources(io: Io, options: ImportOptions): Promise<ExitCode> {
  const { stack, resources, file } = options;
  const wanted = resources.map(asWanted);
  const written = file === undefined ? undefined : { file, what: "import file", option: "--file" };
  if (written) refuseUnwritable(written);
  const planned = await plannedImports(io, options);
  if (wanted.length === 0) {
    list(io, stack, planned);
    if (written) write(written, `${JSON.stringify(planned, null, 2)}\n`);
    return exitCodes.done;
  }
  const selection = select(planned, wanted);
  if (selection.problems.length > 0) {
    throw new Failure(
      "bad-usage",
      `some resources cannot be imported into ${stack}:\n${selection.problems.map((line) => `  - ${line}`).join("\n")}`,
      `to list the resources that the stack would create, run npx atoll import ${stack}`,
    );
  }
  const text = `${JSON.stringify(selection.file, null, 2)}\n`;
  if (written) write(written, text);
  const command = `npx atoll pulumi -- import --stack ${stack} --file ${file ?? "<file>"} --protect=false --generate-code=false`;
  io.result({ stack, command, file: selection.file });
  if (!written) io.say(text.trimEnd());
  io.say(`\n${written ? "Next" : "Write this to a file. Next"}:\n  ${command}`);
  io.say(`Then \`npx atoll preview ${stack}\` shows differences from the manifest.`);
  return exitCodes.done;
}

function asWanted(argument: string): Wanted {
  const wanted = wantedFrom(argument);
  if (wanted !== undefined) return wanted;
  throw new Failure(
    "bad-usage",
    `"${argument}" is not a resource to import`,
    "write <name>=<id>, or <type>::<name>=<id>",
  );
}

function list(io: Io, stack: string, planned: ImportFile): void {
  const entries = importable(planned);
  io.result({
    stack,
    resources: entries.map(({ type, name, logicalName = name }) => ({ type, name: logicalName })),
  });
  io.say(`${stack} would create ${entries.length} resources.`);
  if (entries.length === 0) return;
  const rows = entries.map(({ type, name, logicalName = name }) => [logicalName, type]);
  io.say(table(["name", "type"], rows));
  io.say(
    `\nTo import existing ones, name each with the id that its provider documents:\n  npx atoll import ${stack} <name>=<id> ... --file import.json`,
  );
}

/** The engine's import file of all resources that a preview would create. */
function plannedImports(io: Io, { stack, rehearse }: ImportOptions): Promise<ImportFile> {
  return withEnvironment(
    io,
    { asked: stack, ...(rehearse === undefined ? {} : { rehearse }) },
    async ({ session, chosen }) => {
      if (session.target.kind === "rehearsal") {
        const needed = [...chosen.before.map(({ name }) => name), stack];
        await makeMissing(io, session, needed, true);
      }
      return preview(session, stack);
    },
  );
}

async function preview(session: Session, stack: string): Promise<ImportFile> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "atoll-import-"));
  try {
    const file = path.join(folder, "import.json");
    const config = session.target.configFor(stack);
    const ended = await run(
      session.engine.path,
      [
        ...["preview", "--stack", stack, "--import-file", file],
        ...["--non-interactive", "--color", "never", "--suppress-progress"],
        ...(config === undefined ? [] : ["--config-file", config]),
      ],
      { cwd: session.project.root, env: session.variables, interrupts: session.interrupts },
    );
    if (ended.code !== 0) throw failureOf(stack, ended);
    return JSON.parse(readFileSync(file, "utf8")) as ImportFile;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
