/** Outputs of Route 53 Resolver and Route 53 Profiles. */
import type { TypeRules } from "./making.ts";

const notShared = { outputs: { shareStatus: "NOT_SHARED" } };
const complete = { outputs: { status: "COMPLETE" } };

export const route53Rules: Readonly<Record<string, TypeRules>> = {
  "aws:route53/profilesAssociation:ProfilesAssociation": complete,
  "aws:route53/profilesProfile:ProfilesProfile": {
    outputs: { ...complete.outputs, ...notShared.outputs },
  },
  "aws:route53/profilesResourceAssociation:ProfilesResourceAssociation": complete,
  "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup": notShared,
  "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig": notShared,
  "aws:route53/resolverRule:ResolverRule": notShared,
};
