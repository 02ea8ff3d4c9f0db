/** SARIF 2.1.0, for code scanning: a rule per control, and a result per violation, at the stack's config file. */
import type { StackReport } from "../engine/deploy.ts";
import type { Catalogue, ControlFacts, Finding } from "./catalogue.ts";

/** The config file of a stack, as a path relative to the project or a URL outside of it, and the line of its manifest. */
export interface Location {
  readonly file: string;
  readonly line: number;
}

const schemaUri = "https://json.schemastore.org/sarif-2.1.0.json";

/** Severities for code scanning: numbers from 0.0 to 10.0 as strings. */
const securitySeverity: Readonly<Record<string, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "3.0",
};

/** The log of one check. Every control of the catalogue is a rule, violated or not. */
export function sarif(
  catalogue: Catalogue,
  reports: readonly StackReport[],
  findings: readonly Finding[],
  locate: (stack: string) => Location,
): unknown {
  const controls = new Map<string, ControlFacts>(
    [...catalogue.values(), ...findings.map(({ control }) => control)].map((control) => [
      control.id,
      control,
    ]),
  );
  const ids = [...controls.keys()];
  return {
    $schema: schemaUri,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "atoll", rules: [...controls.values()].map(rule) } },
        invocations: [invocation(reports)],
        results: findings.map((finding) =>
          result(finding, ids.indexOf(finding.control.id), locate(finding.stack)),
        ),
        columnKind: "utf16CodeUnits",
      },
    ],
  };
}

/** Reports failed previews, whose stacks were only partly evaluated. */
function invocation(reports: readonly StackReport[]): unknown {
  const failures = reports.flatMap(({ failure }) => failure ?? []);
  return {
    executionSuccessful: failures.length === 0,
    toolExecutionNotifications: failures.map(({ code, message, cure }) => ({
      level: "error",
      descriptor: { id: code },
      message: { text: `${message}: ${cure}` },
    })),
  };
}

function rule(control: ControlFacts): unknown {
  return {
    id: control.id,
    name: control.policy,
    shortDescription: { text: control.title },
    fullDescription: { text: control.title },
    help: {
      text: control.remedy,
      markdown: `**${control.title}**\n\n${control.remedy}`,
    },
    defaultConfiguration: { level: "error" },
    properties: {
      tags: ["security", ...control.requirements],
      "security-severity": securitySeverity[control.severity] ?? securitySeverity.medium,
    },
  };
}

function result(
  { control, level, stack, resource, found }: Finding,
  ruleIndex: number,
  at: Location,
): unknown {
  return {
    ruleId: control.id,
    ruleIndex,
    level: level === "mandatory" ? "error" : "warning",
    message: { text: `${found}\n${control.remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: {
            uri: at.file,
            ...(URL.canParse(at.file) ? {} : { uriBaseId: "%SRCROOT%" }),
          },
          region: { startLine: at.line },
        },
        logicalLocations: [
          {
            name: resource.name || stack,
            fullyQualifiedName: resource.urn || stack,
            kind: "resource",
          },
        ],
      },
    ],
    // A stable identity, so that code scanning does not open the same violation again.
    partialFingerprints: { "atollViolation/v1": `${control.id}:${stack}:${resource.urn}` },
  };
}
