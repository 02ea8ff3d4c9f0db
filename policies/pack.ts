import { type Policies, PolicyPack } from "@pulumi/policy";
import { answerNoRemediation } from "../sdk/remediation.mjs";
import { controls } from "./catalogue.ts";
import { enforce } from "./enforce.ts";
import { policiesVariable, reportOnly } from "./report-only.ts";
import { settingsByUrn } from "./settings.ts";

export interface PackOptions {
  /** Policies besides Atoll's controls. @default none */
  readonly policies?: Policies;
}

/** Runs the pack in this process, which an engine must have started for it. */
export function runPack({ policies = [] }: PackOptions = {}): void {
  // No control of Atoll changes a resource.
  if (!policies.some((policy) => "remediateResource" in policy)) answerNoRemediation();

  const level = "mandatory";
  const all = [
    // Read early, while the engine is still waiting for its program.
    ...enforce(controls, settingsByUrn(process.env.PULUMI_STACK)),
    ...policies,
  ];
  new PolicyPack("atoll", {
    displayName: "Atoll",
    description:
      "The controls of the Atoll blueprint, with the framework requirements that they support",
    enforcementLevel: level,
    policies: process.env[policiesVariable] === "report" ? reportOnly(all, level) : all,
  });
}
