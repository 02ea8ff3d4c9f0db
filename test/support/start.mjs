/** Loaded before every file of tests: what no test uses of the SDKs waits until it is used. */
import { deferPackages, deferServices, unused } from "../../stacks/deferred.mjs";

deferPackages(...unused);
for (const sdk of ["@pulumi/aws", "@pulumi/gcp", "@pulumi/kubernetes"]) deferServices(sdk);
