/** Loaded before a stack program that the language host starts: what Pulumi requires and no stack uses waits until it is used. */
import { deferPackages } from "./deferred.mjs";

deferPackages("typescript", "@npmcli/arborist");
