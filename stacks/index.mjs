/** The entry point of `pulumi up` for every stack: a function, so that one process can run several stacks in turn. */
import * as pulumi from "@pulumi/pulumi";
import { keepCompiled } from "../sdk/compile-cache.mjs";
import { dropDebugMessages } from "../sdk/debug-messages.mjs";

dropDebugMessages();
keepCompiled();
const { runStack } = await import("./program.ts");

export default () => runStack(pulumi.getStack());
