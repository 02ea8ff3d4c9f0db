/** Loaded before every file of tests: what the SDK requires and no test uses waits until it is used. */
import { deferPackages, unused } from "../../stacks/deferred.mjs";

deferPackages(...unused);
