import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
require("@pulumi/pulumi/cmd/run-policy-pack");
