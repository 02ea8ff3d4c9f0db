/** `atoll schema`: writes the JSON Schemas of the repository's config files, its own sections included. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ownSchemas } from "../../tools/generate/own-schemas.ts";
import { type ExitCode, exitCodes } from "../failure.ts";
import { schemaFolder } from "../init/manifests.ts";
import type { Io } from "../io.ts";
import { thisProject } from "../project.ts";
import { readRegistry } from "../repository.ts";

export async function schema(io: Io): Promise<ExitCode> {
  const { root } = thisProject();
  const { cells, environments } = await readRegistry(root);
  const folder = path.join(root, schemaFolder);
  const files = ownSchemas(cells, environments);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(folder, name), text);
  io.say(`Wrote ${files.size} JSON Schemas to ${folder}.`);
  io.result({ exitCode: exitCodes.done, folder, files: [...files.keys()] });
  return exitCodes.done;
}
