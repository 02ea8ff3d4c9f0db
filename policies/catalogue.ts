import type { Control } from "./control.ts";
import { accountControls } from "./controls/account-defaults.ts";
import { cloudSqlControls } from "./controls/cloud-sql.ts";
import { cloudStorageControls } from "./controls/cloud-storage.ts";
import { cloudtrailControls } from "./controls/cloudtrail.ts";
import { computeControls } from "./controls/compute.ts";
import { eksControls } from "./controls/eks.ts";
import { elasticacheControls } from "./controls/elasticache.ts";
import { gcpIdentityControls } from "./controls/gcp-identity.ts";
import { gcpNetworkControls } from "./controls/gcp-network.ts";
import { gkeClusterControls } from "./controls/gke-cluster.ts";
import { gkeNodeControls } from "./controls/gke-nodes.ts";
import { iamControls } from "./controls/iam.ts";
import { kmsControls } from "./controls/kms.ts";
import { kubernetesControls } from "./controls/kubernetes.ts";
import { mskControls } from "./controls/msk.ts";
import { privateNodesControl } from "./controls/private-nodes.ts";
import { pubsubControls } from "./controls/pubsub.ts";
import { rdsControls } from "./controls/rds.ts";
import { rdsOperationsControls } from "./controls/rds-operations.ts";
import { s3Controls } from "./controls/s3.ts";
import { s3AccessControls } from "./controls/s3-access.ts";
import { securityGroupControls } from "./controls/security-group.ts";
import { settingsControls } from "./controls/settings.ts";
import { sqsControls } from "./controls/sqs.ts";
import { unjudgedControl } from "./controls/unjudged.ts";
import { vpcControls } from "./controls/vpc.ts";

/** The controls that judge resources. */
const resourceControls: readonly Control[] = [
  ...eksControls,
  privateNodesControl,
  ...computeControls,
  ...vpcControls,
  ...securityGroupControls,
  ...rdsControls,
  ...rdsOperationsControls,
  ...mskControls,
  ...elasticacheControls,
  ...sqsControls,
  ...s3AccessControls,
  ...s3Controls,
  ...kmsControls,
  ...iamControls,
  ...cloudtrailControls,
  ...accountControls,
  ...gkeClusterControls,
  ...gkeNodeControls,
  ...gcpNetworkControls,
  ...cloudSqlControls,
  ...cloudStorageControls,
  ...pubsubControls,
  ...gcpIdentityControls,
  ...kubernetesControls,
];

/** Every control of the pack. */
export const controls: readonly Control[] = [
  ...settingsControls(new Set(resourceControls.map(({ id }) => id))),
  unjudgedControl,
  ...resourceControls,
];

const byPolicy = new Map<string, Control>(controls.map((control) => [control.policy, control]));

/** The control of a violation, by the policy's name. */
export function controlOfPolicy(policy: string): Control | undefined {
  return byPolicy.get(policy);
}
