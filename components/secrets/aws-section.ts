import { cluster } from "../cluster/section.ts";
import { nodePools } from "../node-pool/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { AwsSecrets } from "./aws.ts";
import type { AwsSecretReference } from "./grant.ts";
import type { AwsSecretsSpec } from "./schema.ts";

export function build(spec: AwsSecretsSpec, cell: SectionBuild<"aws">): AwsSecrets {
  return new AwsSecrets(
    cell.name,
    { ...cell.common, spec, keyArn: cell.key("secrets"), cluster: cell.needed(cluster) },
    // External Secrets needs nodes to run on.
    cell.opts({ dependsOn: cell.needed(nodePools) }),
  );
}

export function references(
  { secretArns }: AwsSecrets,
  cell: SectionBuild<"aws">,
): Record<string, AwsSecretReference> {
  const keyArn = cell.key("secrets");
  return Object.fromEntries(Object.entries(secretArns).map(([key, arn]) => [key, { arn, keyArn }]));
}
