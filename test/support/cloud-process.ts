/** The embedded cloud as a separate process, which a test can kill: `cloud-process.ts <state folder>` prints its port. */
import { startCloud } from "../../simulator/cloud.ts";

const { port } = await startCloud({ stateDir: process.argv[2] ?? "" });
console.log(port);
