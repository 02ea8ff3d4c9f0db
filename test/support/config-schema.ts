/** Validates config files with the JSON Schemas, as an editor does. */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";

const folder = path.resolve(import.meta.dirname, "../../schemas");
let known: Ajv | undefined;

function validator(): Ajv {
  if (known) return known;
  known = new Ajv({ allErrors: true, strict: true, strictTypes: false, validateFormats: false });
  for (const file of globSync("*.json", { cwd: folder }))
    known.addSchema(JSON.parse(readFileSync(path.join(folder, file), "utf8")), file);
  return known;
}

/** The problems of a config file, one line each. */
export function schemaProblems(file: unknown, schema = "stack.json"): string[] {
  const validate = validator().getSchema(schema);
  if (!validate) throw new Error(`there is no schema ${schema}`);
  validate(file);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) =>
      `${instancePath.replace("/config/atoll:manifest", "").replaceAll("/", ".").slice(1)}: ${message}`,
  );
}
