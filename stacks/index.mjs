/** What `pulumi up` runs, for every stack. */
import * as pulumi from "@pulumi/pulumi";
import { warmUp } from "./warm-up.mjs";

warmUp();
const { runStack } = await import("./program.ts");

export default await runStack(pulumi.getStack());
