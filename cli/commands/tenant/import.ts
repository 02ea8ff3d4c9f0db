/** `atoll tenant import`: writes the files of many tenants from one CSV or YAML file, all of them or none. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { isMap, parseDocument } from "yaml";
import type { Problem } from "../../../components/core/errors.ts";
import { configFile } from "../../../footprint/files/config-files.ts";
import { type Candidate, planCandidates } from "../../../footprint/tenants/candidates.ts";
import { type ExitCode, exitCodes, Failure } from "../../failure.ts";
import type { Io } from "../../io.ts";
import { thisProject } from "../../project.ts";
import { tenantFile, writeAll } from "./files.ts";
import { openTenants, refuse } from "./open.ts";

export interface ImportOptions {
  readonly file: string;
  readonly env?: string;
  /** Checks only. */
  readonly dryRun?: boolean;
}

/** A tenant of the file: its fields, and where they are. */
interface Row {
  readonly id: string;
  readonly line: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export async function importTenants(io: Io, options: ImportOptions): Promise<ExitCode> {
  const project = thisProject();
  const { environment, footprint, stacks } = await openTenants(project, options.env);
  const rows = rowsIn(options.file);
  const problems: Problem[] = repeatedIds(rows);
  const candidates = rows.map(
    ({ id, fields }): Candidate => ({
      stack: `${environment}.${id}`,
      manifest: { kind: "tenant", environment, ...fields },
    }),
  );
  planCandidates(project.configDir, footprint, stacks, candidates, false, problems);
  const name = path.basename(options.file);
  const lineOf = new Map(rows.map(({ id, line }) => [configFile(`${environment}.${id}`), line]));
  refuse(
    `${name} cannot be imported; nothing was written`,
    problems.map((problem) => located(problem, name, lineOf)),
  );
  if (options.dryRun) {
    io.note(`${rows.length} tenants can be imported into ${environment}`);
    io.result({ environment, tenants: rows.map(({ id }) => id), written: false });
    return exitCodes.done;
  }
  writeAll(
    new Map(
      candidates.map(({ stack, manifest }) => [
        path.join(project.configDir, configFile(stack)),
        tenantFile(project.configDir, stack, manifest),
      ]),
    ),
  );
  io.note(
    `wrote the files of ${rows.length} tenants; deploy them: npx atoll up ${environment} --tenants`,
  );
  io.result({ environment, tenants: rows.map(({ id }) => id), written: true });
  return exitCodes.done;
}

/** Names the line of the imported file instead of a config file that does not exist. */
function located(problem: Problem, name: string, lineOf: ReadonlyMap<string, number>): Problem {
  const [file = "", ...rest] = problem.path.split(": ");
  const line = lineOf.get(file);
  return line === undefined
    ? problem
    : {
        ...problem,
        path: `${name}:${line}: ${file.replace(/^Pulumi\.|\.yaml$/g, "")}: ${rest.join(": ")}`,
      };
}

function repeatedIds(rows: readonly Row[]): Problem[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ id, line }) => {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, line);
      return [];
    }
    return [
      { path: `line ${line}: id`, message: `must be there once: it is in line ${before}`, got: id },
    ];
  });
}

/** @throws Failure `file-unusable` */
function rowsIn(file: string): Row[] {
  const text = readText(file);
  const rows = /\.ya?ml$/i.test(file) ? yamlRows(file, text) : csvRows(file, text);
  if (rows.length > 0) return rows;
  throw unusable(file, "has no tenants");
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw unusable(file, `cannot be read: ${(error as Error).message}`);
  }
}

/** A map from ids to manifests, without `kind` and `environment`. */
function yamlRows(file: string, text: string): Row[] {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error) throw unusable(file, `is not YAML: ${error.message.split("\n", 1)[0]}`);
  const { contents } = document;
  if (!isMap(contents)) throw unusable(file, "must be a map from ids to manifests");
  return contents.items.map(({ key, value }) => {
    const [at = 0] = (key as { readonly range?: readonly number[] }).range ?? [];
    const fields = (value as { toJS?(document: unknown): unknown } | null)?.toJS?.(document);
    return {
      id: String(key),
      line: text.slice(0, at).split("\n").length,
      fields: typeof fields === "object" && fields !== null ? { ...fields } : {},
    };
  });
}

/** Columns are fields of the manifest, `overrides.<path>` or `tags.<key>`; several values are separated by semicolons. */
function csvRows(file: string, text: string): Row[] {
  const records = (() => {
    try {
      return parseCsv(text, {
        bom: true,
        columns: true,
        info: true,
        skip_empty_lines: true,
        trim: true,
      }) as unknown as readonly {
        readonly record: Readonly<Record<string, string>>;
        readonly info: { readonly lines: number };
      }[];
    } catch (error) {
      throw unusable(file, `is not CSV: ${(error as Error).message}`);
    }
  })();
  return records.map(({ record: { id = "", ...columns }, info }) => {
    const fields: Record<string, unknown> = {};
    for (const [column, value] of Object.entries(columns)) {
      if (value !== "") put(fields, column, value);
    }
    return { id, line: info.lines, fields };
  });
}

const lists: readonly string[] = ["cells", "hostnames", "frameworks"];
const numbers: readonly string[] = ["ring"];

function put(fields: Record<string, unknown>, column: string, value: string): void {
  const [map = "", ...rest] = column.split(".");
  if (rest.length > 0) {
    const inner = (fields[map] ?? {}) as Record<string, unknown>;
    const isNumber = map === "overrides" && /^\d+(\.\d+)?$/.test(value);
    fields[map] = { ...inner, [rest.join(".")]: isNumber ? Number(value) : value };
  } else if (lists.includes(column)) fields[column] = value.split(";").map((one) => one.trim());
  else fields[column] = numbers.includes(column) ? Number(value) : value;
}

function unusable(file: string, why: string): Failure {
  return new Failure(
    "file-unusable",
    `${file} ${why}`,
    "write CSV with the columns id, tier, cell, hostnames, or YAML with a map from ids to manifests",
  );
}
