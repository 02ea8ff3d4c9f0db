import { database } from "../database/section.ts";
import { network } from "../network/section.ts";
import { secrets } from "../secrets/section.ts";
import type { SectionBuild } from "../section/build.ts";
import { stream } from "../stream/section.ts";
import { AwsEventSourcing } from "./aws.ts";
import type { AwsEventSourcingSpec } from "./aws-schema.ts";

/** The schema registry, and the connector for the database's outbox, which needs the interface endpoints. */
export function build(
  spec: AwsEventSourcingSpec,
  cell: SectionBuild<"aws">,
): AwsEventSourcing | undefined {
  const [kafka, postgres] = [cell.built(stream), cell.built(database)];
  if (kafka === undefined) return undefined;
  const vpc = cell.needed(network);
  const secretArn = cell.built(secrets)?.secretArns[spec.outbox?.passwordSecret ?? ""];
  return new AwsEventSourcing(
    cell.name,
    {
      ...cell.common,
      spec,
      stream: kafka,
      network: {
        vpcId: vpc.vpcId,
        subnetIds: vpc.privateSubnetIds,
        endpointSecurityGroupId: vpc.endpointSecurityGroupId,
      },
      ...(postgres &&
        secretArn && {
          database: {
            host: postgres.writerEndpoint,
            securityGroupId: postgres.securityGroupId,
            secretArn,
            secretKeyArn: cell.key("secrets"),
          },
        }),
      logsKeyArn: cell.key("logs"),
    },
    cell.opts({ dependsOn: vpc }),
  );
}
