import type { Control } from "../control.ts";
import { isExpired, today } from "../exemptions.ts";

/** Controls of the pack itself: settings and exemptions must be valid. They cannot be exempted. */
export function settingsControls(controlIds: ReadonlySet<string>): readonly Control[] {
  return [
    {
      id: "ATOLL1",
      policy: "atoll1-enforce-readable-settings",
      title: "The environment's policy settings can be read",
      severity: "high",
      remedy:
        "fix the environment's manifest; until then the strictest settings apply, without exemptions",
      requirements: { soc2: ["CC5.3"], sox: ["ITGC-change"] },
      exemptible: false,
      resources: {
        "pulumi:pulumi:Stack": (_stack, report, { settings: { problems } }) => {
          for (const { path, message, got } of problems) report.wrong(path, got, message);
        },
      },
    },
    {
      id: "ATOLL2",
      policy: "atoll2-disallow-expired-exemptions",
      title: "Every exemption is for a control of this pack and has not expired",
      severity: "high",
      remedy: "meet the control and remove the exemption, or have its owner approve a new date",
      requirements: { soc2: ["CC3.4", "CC5.3"], sox: ["ITGC-change"] },
      exemptible: false,
      resources: {
        "pulumi:pulumi:Stack": (_stack, report, { settings: { exemptions } }) => {
          for (const [index, exemption] of exemptions.entries()) {
            const path = `exemptions[${index}]`;
            if (!controlIds.has(exemption.control)) {
              report.wrong(
                `${path}.control`,
                exemption.control,
                "no control with this id can be exempted",
              );
            } else if (isExpired(exemption)) {
              report.wrong(
                `${path}.expires`,
                exemption.expires,
                `the exemption of "${exemption.resource}" from ${exemption.control} has expired (today is ${today()})`,
              );
            }
          }
        },
      },
    },
  ];
}
