/** Loaded before every file of tests: what no test uses of the SDK waits until it is used. */
import { deferPackages, unused } from "../../sdk/packages.mjs";

deferPackages(...unused);
