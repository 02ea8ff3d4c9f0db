import type { Control } from "../control.ts";
import { subject } from "../message.ts";

/** Reports, once per stack, what a preview cannot judge: a check before a merge must not look complete if it is not. */
export const unjudgedControl: Control = {
  id: "ATOLL3",
  policy: "atoll3-missing-judgement",
  title: "Every document that controls check is known in the preview",
  severity: "low",
  enforcement: "advisory",
  remedy:
    "let the update check them before it creates their resources; previews check them once the referenced resources are deployed",
  requirements: { soc2: ["CC5.3"], sox: ["ITGC-change"] },
  exemptible: false,
  deferred: (values, report) => {
    const lines = values.map(({ urn, path }) => `  ${subject(urn)}: ${path}`);
    const many = values.length > 1;
    report.lacking(
      "",
      [
        `${values.length} ${many ? "values are" : "value is"} unknown before the update and not checked yet:`,
        ...lines.sort(),
      ].join("\n"),
    );
  },
};
