/** Loaded before every file of tests: what the SDK requires and no test uses waits until it is used. */
import { deferPackages, unused } from "../../cli/engine/deferred.mjs";

deferPackages(...unused);
