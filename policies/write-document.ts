/** `node policies/write-document.ts`: writes the catalogue into docs/policies.md. */
import { readFileSync, writeFileSync } from "node:fs";
import { documentFile, withCatalogue } from "./document.ts";

writeFileSync(documentFile, withCatalogue(readFileSync(documentFile, "utf8")));
