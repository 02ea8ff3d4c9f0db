import { type Policies, PolicyPack } from "@pulumi/policy";
import { answerNoRemediation } from "../sdk/remediation.mjs";
import { controls } from "./catalogue.ts";
import { enforce } from "./enforce.ts";
import { settingsByUrn } from "./settings.ts";

export interface PackOptions {
  /** Policies beside Atoll's controls. @default none */
  readonly policies?: Policies;
}

/** Runs the pack in this process, which must be one that an engine started for it. */
export function runPack({ policies = [] }: PackOptions = {}): void {
  // No control of Atoll changes a resource.
  if (!policies.some((policy) => "remediateResource" in policy)) answerNoRemediation();

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
