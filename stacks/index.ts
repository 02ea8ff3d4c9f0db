/** What `pulumi up` runs, for every stack. */
import * as pulumi from "@pulumi/pulumi";
import { runStack } from "./program.ts";

export default await runStack(pulumi.getStack());
