/** The benchmarks of the Center for Internet Security, as far as they concern networks, clusters and nodes. */
import type { Framework } from "./framework.ts";

const reference = "https://www.cisecurity.org/cis-benchmarks";

export const cisAws: Framework = {
  name: "CIS AWS Foundations",
  version: "7.0",
  reference,
  requirements: {
    "2.13": { title: "Users get permissions through groups only" },
    "2.14": { title: "No policy that allows all administration is attached" },
    "2.21": { title: "Key policies do not allow wildcard principals" },
    "3.1.1": { title: "Bucket policies of S3 refuse requests without TLS" },
    "3.1.4": { title: "S3 buckets block public access" },
    "3.2.1": { title: "RDS instances are encrypted at rest" },
    "3.2.2": { title: "RDS instances have automatic minor version upgrades" },
    "3.2.3": { title: "RDS instances are not publicly accessible" },
    "3.2.4": { title: "RDS instances are deployed in several zones" },
    "4.1": { title: "CloudTrail is enabled in all regions" },
    "4.2": { title: "Log file validation of CloudTrail is enabled" },
    "4.5": { title: "CloudTrail logs are encrypted with KMS keys" },
    "4.6": { title: "Rotation of symmetric customer managed keys is enabled" },
    "4.7": { title: "VPC flow logs are enabled in all VPCs" },
    "4.8": { title: "Write events of S3 objects are logged" },
    "6.1.1": { title: "EBS volumes are encrypted by default in all regions" },
    "6.2": { title: "No network ACL lets the internet reach remote administration ports" },
    "6.3": { title: "No security group lets 0.0.0.0/0 reach remote administration ports" },
    "6.4": { title: "No security group lets ::/0 reach remote administration ports" },
    "6.5": { title: "The default security group of every VPC restricts all traffic" },
    "6.7": { title: "Instance metadata is served by IMDSv2 only" },
  },
  notCovered: [
    "2 except 2.13, 2.14 and 2.21: root user, users, providers",
    "3.1.2, 3.1.3 and 3.3: deletion with MFA, discovery of data, file systems",
    "4.3, 4.4 and 4.9: Config, logs of the archive bucket, read events of objects",
    "5: alarms",
    "6.1.2 and 6.6: CIFS, peering routes",
  ],
};

export const cisGcp: Framework = {
  name: "CIS Google Cloud Foundations",
  version: "5.0",
  reference,
  requirements: {
    "1.4": { title: "Service accounts have no keys that users manage" },
    "1.5": { title: "Service accounts have no administrative privileges" },
    "1.6": { title: "No user can impersonate every service account of a project" },
    "1.11": { title: "Keys of Cloud KMS are rotated within 90 days" },
    "3.6": { title: "SSH is restricted from the internet" },
    "3.7": { title: "RDP is restricted from the internet" },
    "3.10": { title: "VPC flow logs are enabled for every subnetwork" },
    "5.1": { title: "Buckets of Cloud Storage are not public" },
    "5.2": { title: "Buckets of Cloud Storage have uniform access" },
    "6.4": { title: "Cloud SQL accepts only TLS connections" },
    "6.5": { title: "Cloud SQL does not allow all addresses" },
    "6.8": { title: "Cloud SQL is backed up automatically" },
  },
  notCovered: [
    "1 except 1.4, 1.5, 1.6 and 1.11: users, separation of duties, API keys",
    "2: logging and alerts",
    "3 except 3.6, 3.7 and 3.10: DNS, TLS policies, default network",
    "4, 6 except 6.4, 6.5 and 6.8, 7 and 8: machines, flags of databases, BigQuery, Dataproc",
  ],
};

export const cisEks: Framework = {
  name: "CIS EKS",
  version: "1.8",
  reference,
  requirements: {
    "2.1.1": { title: "Audit logs are enabled" },
    "4.3.2": { title: "All namespaces have network policies" },
    "5.3.1": { title: "Kubernetes secrets are encrypted with customer managed keys in KMS" },
    "5.4.1": { title: "Access to the control plane endpoint is restricted" },
    "5.4.2": { title: "The endpoint is private, and public access is off" },
    "5.4.3": { title: "Nodes are private" },
    "5.4.4": { title: "Network policy is enabled" },
  },
  notCovered: [
    "3: configuration of the machines and the kubelet",
    "4 except 4.3.2: roles, pod security, secrets in workloads",
    "5.1, 5.2, 5.5: images, identity, users",
  ],
};

export const cisGke: Framework = {
  name: "CIS GKE",
  version: "1.9",
  reference,
  requirements: {
    "4.2.1": { title: "Namespaces enforce the Pod Security Standard baseline or stricter" },
    "5.2.1": { title: "Clusters do not use the default service account" },
    "5.2.2": { title: "Workload Identity is used" },
    "5.3.1": { title: "Kubernetes secrets are encrypted with keys in Cloud KMS" },
    "5.4.1": { title: "The metadata server of GKE is enabled" },
    "5.5.2": { title: "Automatic repair of nodes is enabled" },
    "5.5.3": { title: "Automatic upgrade of nodes is enabled" },
    "5.5.4": { title: "A release channel manages versions" },
    "5.5.5": { title: "Shielded nodes are enabled" },
    "5.5.6": { title: "Integrity monitoring of shielded nodes is enabled" },
    "5.5.7": { title: "Secure boot of shielded nodes is enabled" },
    "5.6.3": { title: "Authorized networks for the control plane are enabled" },
    "5.6.4": { title: "The endpoint is private, and public access is off" },
    "5.6.5": { title: "Nodes are private" },
    "5.7.1": { title: "Logging and monitoring are enabled" },
    "5.8.1": { title: "Authentication by client certificates is disabled" },
    "5.8.3": { title: "Legacy authorization is disabled" },
  },
  notCovered: [
    "2 and 3: authentication, configuration of the machines",
    "4 except 4.2.1: roles, secrets in workloads",
    "5.1: images",
    "5.6 except 5.6.3 to 5.6.5, 5.9, 5.10: load balancers, storage, other settings",
  ],
};

export const cisKubernetes: Framework = {
  name: "CIS Kubernetes",
  version: "1.12",
  reference,
  requirements: {
    "5.2.1": { title: "At least one policy control mechanism is active for every namespace" },
    "5.3.2": { title: "All namespaces have network policies" },
  },
  notCovered: [
    "1 to 4: control plane, etcd and nodes, which the cluster's operator is responsible for",
    "5.1, 5.2 except 5.2.1, 5.4 to 5.7: roles, pods, secrets (come with the workload controls)",
  ],
};
