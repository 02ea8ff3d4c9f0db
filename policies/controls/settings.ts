import type { Control } from "../control.ts";
import { isExpired, today } from "../exemptions.ts";

/** Controls of the pack itself: what relaxes the others must be readable and of today. No exemption reaches them. */
export function settingsControls(controlIds: ReadonlySet<string>): readonly Control[] {
  return [
    {
      id: "ATOLL1",
      policy: "atoll1-enforce-readable-settings",
      title: "The environment's policy settings can be read",
      severity: "high",
      remedy:
        "put the environment's manifest right; until then the strictest settings hold and no exemption does",
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
      title: "Every exemption names a control of this pack and has not expired",
      severity: "high",
      remedy: "meet the control and remove the exemption, or let its owner decide on a new date",
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
                "no control that can be exempted has this id",
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
