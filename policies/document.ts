/** The catalogue of controls for docs/policies.md. */
import path from "node:path";
import { frameworkIds } from "../components/core/frameworks.ts";
import { controls } from "./catalogue.ts";
import type { Control } from "./control.ts";
import { frameworks } from "./frameworks/index.ts";
import { requirementsOf } from "./message.ts";

export const documentFile = path.resolve(import.meta.dirname, "../docs/policies.md");

const mark = "<!-- generated from here by policies/write-document.ts -->";

/** The page with everything below its mark replaced. */
export function withCatalogue(page: string): string {
  return `${page.slice(0, page.indexOf(mark))}${mark}\n\n${catalogueMarkdown()}\n`;
}

/** One heading per control, which violations link to, and one per framework. */
function catalogueMarkdown(): string {
  return [...controls.map(controlMarkdown), ...frameworkIds.map(frameworkMarkdown)].join("\n\n");
}

function controlMarkdown(control: Control): string {
  const types = Object.keys(control.resources ?? {}).map((type) => `\`${type}\``);
  const when = [
    ...(types.length > 0
      ? [`before ${types.join(", ")} ${types.length > 1 ? "are" : "is"} created or changed`]
      : []),
    ...(control.repeated ? ["again after the update, on the outputs"] : []),
    ...(control.deferred ? ["on values that a preview cannot judge"] : []),
    ...(control.stack ? ["on the whole stack, after a preview or an update"] : []),
  ];
  const requirements = requirementsOf(control).map(
    ({ framework, requirement }) => `${frameworks[framework].name} ${requirement}`,
  );
  return [
    `### ${control.id}`,
    `${control.title}.`,
    [
      `- policy \`${control.policy}\`, ${control.enforcement ?? "mandatory"}, severity ${control.severity}${control.permanentOnly ? ", permanent environments only" : ""}`,
      `- checked ${when.join("; ")}`,
      `- remedy: ${control.remedy}`,
      ...(requirements.length > 0 ? [`- supports ${requirements.join(", ")}`] : []),
    ].join("\n"),
  ].join("\n\n");
}

function frameworkMarkdown(id: (typeof frameworkIds)[number]): string {
  const { name, version, reference, derived, requirements, notCovered } = frameworks[id];
  const serving = (requirement: string) =>
    controls
      .filter((control) => control.requirements[id]?.includes(requirement))
      .map((control) => control.id)
      .join(", ");
  return [
    `### ${name}`,
    `\`${id}\`, ${version}, <${reference}>.`,
    ...(derived ? [`**Derived.** ${derived}`] : []),
    [
      "| requirement | title | controls |",
      "|---|---|---|",
      ...Object.entries(requirements).map(
        ([number, { title, reasoning }]) =>
          `| ${number} | ${title}${reasoning ? `. ${reasoning}` : ""} | ${serving(number)} |`,
      ),
    ].join("\n"),
    `Not covered:\n\n${notCovered.map((area) => `- ${area}`).join("\n")}`,
  ].join("\n\n");
}
