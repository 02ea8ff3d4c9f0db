import type { Control } from "../control.ts";
import { subject } from "../message.ts";

/** What a preview cannot judge, said once for a stack: a check before a merge must not look as if it had seen everything. */
export const unjudgedControl: Control = {
  id: "ATOLL3",
  policy: "atoll3-missing-judgement",
  title: "The preview knows every document that controls judge",
  severity: "low",
  enforcement: "advisory",
  remedy:
    "let the update judge them, before it makes their resources; once what they refer to is up, previews judge them too",
  requirements: { soc2: ["CC5.3"], sox: ["ITGC-change"] },
  exemptible: false,
  deferred: (values, report) => {
    const lines = values.map(({ urn, path }) => `  ${subject(urn)}: ${path}`);
    const many = values.length > 1;
    report.lacking(
      "",
      [
        `${values.length} ${many ? "values are" : "value is"} not known before the update and not judged yet:`,
        ...lines.sort(),
      ].join("\n"),
    );
  },
};
