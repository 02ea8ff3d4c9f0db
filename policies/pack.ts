import { createRequire } from "node:module";
import { type Policies, PolicyPack } from "@pulumi/policy";
import { controls } from "./catalogue.ts";
import { enforce } from "./enforce.ts";
import { settingsByUrn } from "./settings.ts";
import { readStructsPlainly } from "./structs.ts";

export interface PackOptions {
  /** Policies beside Atoll's controls. @default none */
  readonly policies?: Policies;
}

/** Runs the pack in this process, which must be one that an engine started for it. */
export function runPack({ policies = [] }: PackOptions = {}): void {
  readStructsPlainly();
  // No control changes a resource. The engine asks all the same, once a resource and whole; with nobody there to be asked, it is
  // answered before anything is unpacked.
  const { AnalyzerService } = createRequire(import.meta.url)(
    "@pulumi/pulumi/proto/analyzer_grpc_pb.js",
  );
  delete AnalyzerService.remediate;

  new PolicyPack("atoll", {
    displayName: "Atoll",
    description:
      "The controls of the Atoll blueprint, with the requirements of the frameworks they serve",
    enforcementLevel: "mandatory",
    policies: [
      // While the engine still waits for its program, the pack has nothing to do.
      ...enforce(controls, settingsByUrn(process.env.PULUMI_STACK)),
      ...policies,
    ],
  });
}
