/** The embedded cloud as a process of its own, to be killed: `cloud-process.ts <state folder>` prints its port. */
import { startCloud } from "../../simulator/cloud.ts";

const { port } = await startCloud({ stateDir: process.argv[2] ?? "" });
console.log(port);
