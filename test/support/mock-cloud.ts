import { awsOutputs } from "./mock-aws.ts";
import { gcpOutputs } from "./mock-gcp.ts";
import { account, awsRegion, type Plain, project, projectNumber, uuid } from "./mock-ids.ts";

/** The id and the computed outputs of a resource, in the form of its cloud. */
export function mockOutputs(
  type: string,
  name: string,
  inputs: Plain,
): { id: string; state: Plain } {
  if (type.startsWith("aws:")) return awsOutputs(type, name, inputs);
  if (type.startsWith("gcp:")) return gcpOutputs(type, name, inputs);
  if (type.startsWith("kubernetes:")) return kubernetesOutputs(type, name, inputs);
  return { id: `${name}-id`, state: {} };
}

/** The result of a data source; undefined for an unknown one. */
export function mockInvoke(token: string, args: Plain): Plain | undefined {
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return {
        accountId: account,
        arn: `arn:aws:iam::${account}:role/deployer`,
        id: account,
        userId: "AROAEXAMPLE",
      };
    case "aws:index/getPartition:getPartition":
      return {
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
        id: "aws",
      };
    case "aws:index/getRegion:getRegion":
      return {
        region: args.region ?? awsRegion,
        name: args.region ?? awsRegion,
        id: args.region ?? awsRegion,
      };
    case "aws:rds/getGlobalCluster:getGlobalCluster":
      return {
        identifier: args.identifier,
        members: [
          { dbClusterArn: `arn:aws:rds:${awsRegion}:${account}:cluster:first`, isWriter: true },
        ],
      };
    case "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": {
      const emailAddress = `service-${projectNumber}@gs-project-accounts.iam.gserviceaccount.com`;
      return { emailAddress, member: `serviceAccount:${emailAddress}`, id: emailAddress };
    }
    case "gcp:organizations/getProject:getProject":
      return {
        projectId: args.projectId ?? project,
        number: projectNumber,
        name: project,
        id: `projects/${project}`,
      };
    case "gcp:organizations/getClientConfig:getClientConfig":
      return {
        project,
        region: "europe-west1",
        zone: "europe-west1-b",
        accessToken: "token",
        id: project,
      };
    case "gcp:organizations/getClientOpenIdUserInfo:getClientOpenIdUserInfo": {
      const email = `deployer@${project}.iam.gserviceaccount.com`;
      return { email, id: email };
    }
    // The stacks of unit tests are not deployed yet.
    case "pulumi:pulumi:readStackOutputs":
    case "pulumi:pulumi:readStackResourceOutputs":
      return { outputs: {} };
    default:
      return undefined;
  }
}

function kubernetesOutputs(
  type: string,
  name: string,
  inputs: Plain,
): { id: string; state: Plain } {
  const metadata = (inputs.metadata ?? {}) as Plain;
  const physical = String(metadata.name ?? name);
  return {
    id: metadata.namespace ? `${metadata.namespace}/${physical}` : physical,
    state: { metadata: { ...metadata, name: physical, uid: uuid(name) }, ...observed() },
  };

  /** The status of objects that are only read. */
  function observed(): Plain {
    switch (type) {
      case "kubernetes:core/v1:Node":
        return { status: { nodeInfo: { kubeletVersion: "v1.35.2" } } };
      case "kubernetes:apiregistration.k8s.io/v1:APIService":
        return { status: { conditions: [{ type: "Available", status: "True" }] } };
      default:
        return {};
    }
  }
}
