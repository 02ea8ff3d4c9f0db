/**
 * The code of the functions: the files of the folder `function`, and the PostgreSQL client, which has no dependencies. The engine and
 * providers compare archives by their contents, wherever the files are.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";

const folder = path.join(import.meta.dirname, "function");

export function functionCode(): pulumi.asset.AssetArchive {
  const files = readdirSync(folder).filter((file) => file.endsWith(".mjs"));
  const client = path.dirname(fileURLToPath(import.meta.resolve("postgres")));
  return new pulumi.asset.AssetArchive({
    ...Object.fromEntries(
      files.map((file) => [file, new pulumi.asset.FileAsset(path.join(folder, file))]),
    ),
    "node_modules/postgres/package.json": new pulumi.asset.FileAsset(
      path.join(client, "..", "package.json"),
    ),
    "node_modules/postgres/src": new pulumi.asset.FileArchive(client),
  });
}
