/** The service account of a cluster's nodes. */
import * as gcp from "@pulumi/gcp";
import type { ChildrenOf } from "../core/component.ts";
import { nodeAccountId } from "./gcp-node-account.ts";

/** The roles of nodes: to register, write logs and metrics, and pull images. */
const nodeRoles = {
  "nodes-default": "roles/container.defaultNodeServiceAccount",
  "nodes-images": "roles/artifactregistry.reader",
} as const;

/** A dedicated service account: the Compute Engine default service account may edit the whole project. */
export function createNodeIdentity(
  { project, name }: { readonly project: string; readonly name: string },
  { named, child }: ChildrenOf,
) {
  const account = new gcp.serviceaccount.Account(
    named("nodes"),
    {
      project,
      accountId: nodeAccountId(name),
      displayName: `Nodes of ${name}`,
    },
    child(),
  );
  const roles = Object.entries(nodeRoles).map(
    ([key, role]) =>
      new gcp.projects.IAMMember(named(key), { project, role, member: account.member }, child()),
  );
  return { account, roles };
}
