/** The files of tenants, as commands write them. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseDocument, stringify } from "yaml";
import { configFile, environmentOf } from "../../../footprint/files/config-files.ts";

/** The text of a new tenant's file, with what the environment's file says for Pulumi. */
export function tenantFile(
  configDir: string,
  stack: string,
  manifest: Readonly<Record<string, unknown>>,
): string {
  const environment = readFileSync(path.join(configDir, configFile(environmentOf(stack))), "utf8");
  const [first = ""] = environment.split("\n", 1);
  const schema = /^# yaml-language-server: .*environment\.json$/.test(first)
    ? `${first.replace(/environment\.json$/, "tenant.json")}\n`
    : "";
  const config = parseDocument(environment).toJS()?.config as Record<string, unknown> | undefined;
  const disabled = config?.["pulumi:disable-default-providers"];
  const text = stringify(
    {
      config: {
        ...(disabled === undefined ? {} : { "pulumi:disable-default-providers": disabled }),
        "atoll:manifest": manifest,
      },
    },
    { lineWidth: 120 },
  );
  return `${schema}${text}`;
}

/** Writes several files: all of them, or none where one cannot be written. */
export function writeAll(files: ReadonlyMap<string, string>): void {
  const temporary = (file: string) => `${file}.new-${process.pid}`;
  try {
    for (const [file, text] of files) writeFileSync(temporary(file), text, { flag: "wx" });
    for (const file of files.keys()) renameSync(temporary(file), file);
  } finally {
    for (const file of files.keys()) rmSync(temporary(file), { force: true });
  }
}

/** A tenant's file with other values of fields of its manifest, by path: `database.generation`. Comments and the order of fields stay. */
export function withFields(text: string, fields: Readonly<Record<string, unknown>>): string {
  const document = parseDocument(text);
  for (const [field, value] of Object.entries(fields)) {
    const at = ["config", "atoll:manifest", ...field.split(".")];
    if (value === undefined) document.deleteIn(at);
    else document.setIn(at, value);
  }
  return document.toString({ lineWidth: 0 });
}

/** The manifest in the text of a file. */
export function manifestIn(text: string): Record<string, unknown> {
  return parseDocument(text).toJS().config["atoll:manifest"];
}
