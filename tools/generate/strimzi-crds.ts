/**
 * Writes the definitions of Strimzi's custom resources, without descriptions:
 *
 *     helm pull oci://quay.io/strimzi-helm/strimzi-kafka-operator --version VERSION --untar
 *     node tools/generate/strimzi-crds.ts VERSION strimzi-kafka-operator/crds
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";

const target = resolve(import.meta.dirname, "../../components/stream/generated/strimzi-crds.json");

interface Definition {
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: unknown;
}

const [version, folder] = process.argv.slice(2);
if (version === undefined || folder === undefined) {
  throw new Error("usage: node tools/generate/strimzi-crds.ts VERSION FOLDER");
}
const definitions = readdirSync(folder)
  .sort()
  .map((file) => parse(readFileSync(join(folder, file), "utf8")) as Definition)
  .map(({ metadata: { name, labels }, spec }) => ({ name, labels, spec: undescribed(spec) }));
writeFileSync(
  target,
  `${JSON.stringify({
    source: `strimzi-kafka-operator ${version}, crds/, without descriptions`,
    version,
    definitions,
  })}\n`,
);

/** @param fields whether the keys are names of fields, of which one may be `description` */
function undescribed(value: unknown, fields = false): unknown {
  if (Array.isArray(value)) return value.map((each) => undescribed(each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => fields || key !== "description")
      .map(([key, each]) => [key, undescribed(each, key === "properties" && !fields)]),
  );
}
