import { runPack } from "./pack.ts";

runPack();
