/** Ingress rules on AWS, in every form of security groups. */
import { widerThanPrivate } from "./addresses.ts";
import type { ResourceChecks } from "./control.ts";
import { anyFact, everyFact, firstOf } from "./known-values.ts";
import type { Report } from "./report.ts";

/** One rule; unknown values throw only when they are read. */
export interface IngressRule {
  readonly path: string;
  readonly protocol: () => string;
  readonly fromPort: () => number | undefined;
  readonly toPort: () => number | undefined;
  /** The source blocks and their paths. */
  readonly sources: readonly {
    readonly path: string;
    readonly blocks: () => readonly string[] | undefined;
  }[];
}

/** Judges ingress rules of all forms. */
export function ingressChecks(judge: (rule: IngressRule, report: Report) => void): ResourceChecks {
  const inline = (rules: readonly InlineRule[] | undefined, report: Report) =>
    report.each("ingress", rules, (rule, path) => judge(inlineRule(rule, path), report));
  return {
    "aws:ec2/securityGroup:SecurityGroup": ({ ingress }, report) => inline(ingress, report),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ({ ingress }, report) =>
      inline(ingress, report),
    "aws:ec2/securityGroupRule:SecurityGroupRule": (rule, report) => {
      if (rule.type === "ingress") judge(inlineRule(rule, ""), report);
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (rule, report) =>
      judge(
        {
          path: "",
          protocol: () => rule.ipProtocol,
          fromPort: () => rule.fromPort,
          toPort: () => rule.toPort,
          sources: [
            { path: "cidrIpv4", blocks: () => (rule.cidrIpv4 ? [rule.cidrIpv4] : []) },
            { path: "cidrIpv6", blocks: () => (rule.cidrIpv6 ? [rule.cidrIpv6] : []) },
          ],
        },
        report,
      ),
  };
}

interface InlineRule {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly cidrBlocks?: readonly string[] | undefined;
  readonly ipv6CidrBlocks?: readonly string[] | undefined;
}

function inlineRule(rule: InlineRule, path: string): IngressRule {
  const at = (field: string) => (path ? `${path}.${field}` : field);
  return {
    path,
    protocol: () => rule.protocol,
    fromPort: () => rule.fromPort,
    toPort: () => rule.toPort,
    sources: [
      { path: at("cidrBlocks"), blocks: () => rule.cidrBlocks },
      { path: at("ipv6CidrBlocks"), blocks: () => rule.ipv6CidrBlocks },
    ],
  };
}

/** Reports every public source of the rule, if the rule is relevant. */
export function reportOpen(
  rule: IngressRule,
  matters: () => boolean,
  why: (block: string) => string,
  report: Report,
): void {
  for (const { path, blocks } of rule.sources) {
    report.part(() => {
      const open = () => firstOf(blocks(), widerThanPrivate);
      if (!everyFact(matters, () => open() !== undefined)) return;
      report.wrong(path, blocks(), why(open() ?? ""));
    });
  }
}

/** Whether the rule covers every protocol, or every port of TCP or UDP. */
export function opensAllPorts(rule: IngressRule): boolean {
  return anyFact(
    () => isAnyProtocol(rule.protocol()),
    () =>
      everyFact(
        () => isPorted(rule.protocol()),
        () => (rule.fromPort() ?? 0) <= 1,
        () => (rule.toPort() ?? 65535) === 65535,
      ),
  );
}

/** The first of these ports that the rule covers. Another control covers rules for all ports. */
export function opensAny(rule: IngressRule, ports: readonly number[]): number | undefined {
  if (
    !everyFact(
      () => isPorted(rule.protocol()),
      () => !opensAllPorts(rule),
    )
  ) {
    return undefined;
  }
  return firstOf(ports, (port) =>
    everyFact(
      () => (rule.fromPort() ?? 0) <= port,
      () => (rule.toPort() ?? 65535) >= port,
    ),
  );
}

/** Protocols can be given by name or number. */
function isAnyProtocol(protocol: string): boolean {
  return ["-1", "all"].includes(String(protocol).toLowerCase());
}

function isPorted(protocol: string): boolean {
  return ["tcp", "udp", "6", "17"].includes(String(protocol).toLowerCase());
}
