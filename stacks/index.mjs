/** What `pulumi up` runs, for every stack. */
import * as pulumi from "@pulumi/pulumi";
import { withoutDebugging } from "./debugging.mjs";
import { warmUp } from "./warm-up.mjs";

withoutDebugging();
warmUp();
const { runStack } = await import("./program.ts");

export default await runStack(pulumi.getStack());
