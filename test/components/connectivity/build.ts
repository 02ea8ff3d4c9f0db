/** An environment's hubs and links, and the cells at them, under the SDK's mocks. */
import * as aws from "@pulumi/aws";
import * as gcp from "@pulumi/gcp";
import * as pulumi from "@pulumi/pulumi";
import { createAttachment } from "../../../components/connectivity/attachment.ts";
import { type Connectivity, createHubs } from "../../../components/connectivity/connectivity.ts";
import { hubKeyOf } from "../../../components/connectivity/hubs.ts";
import type { ConnectedCell } from "../../../components/connectivity/matrix.ts";
import type { ConnectivityPlan } from "../../../components/connectivity/model.ts";
import { planConnectivity } from "../../../components/connectivity/plan.ts";
import type { ConnectivitySettings } from "../../../components/connectivity/schema.ts";
import { inventory, type Registered } from "../../support/inventory.ts";
import { ownership } from "../../support/ownership.ts";
import { cells } from "./fixture.ts";

const { cell: _, ...environment } = ownership;

/** Fake answers of clouds, with addresses that identify the tunnel. */
function respond({ type, name }: { type: string; name: string }) {
  const face = name.at(-1);
  switch (type) {
    case "aws:ec2/vpnConnection:VpnConnection":
      return {
        transitGatewayAttachmentId: `tgw-attach-of-${name}`,
        tunnel1Address: `203.0.113.${face}1`,
        tunnel2Address: `203.0.113.${face}2`,
        tunnel1PresharedKey: `key-${face}-1`,
        tunnel2PresharedKey: `key-${face}-2`,
        presharedKeyArn: `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}`,
      };
    default:
      return undefined;
  }
}

/** Everything that the environment's stack and those of its cells register. */
export async function built(
  settings: ConnectivitySettings,
  members: readonly ConnectedCell[] = cells,
): Promise<{
  plan: ConnectivityPlan;
  resources: Registered[];
  /** What was registered below the component of this name. */
  of: (component: string) => Registered[];
}> {
  const plan = planConnectivity(settings, members);
  const resources = await inventory(() => register(plan, settings), { respond });
  const parents = new Map(resources.map(({ name, type, parent }) => [`${type} ${name}`, parent]));
  const under = (resource: Registered, component: string): boolean => {
    let parent = resource.parent;
    while (parent !== undefined && parent !== component) {
      const found = resources.find(({ name, custom }) => name === parent && !custom);
      parent = found && parents.get(`${found.type} ${found.name}`);
    }
    return parent === component;
  };
  return { plan, resources, of: (component) => resources.filter((it) => under(it, component)) };
}

async function register(plan: ConnectivityPlan, settings: ConnectivitySettings): Promise<void> {
  const providers = Object.fromEntries(
    plan.hubs.map((hub): [string, pulumi.ProviderResource] => [
      hub.key,
      hub.cloud === "aws"
        ? new aws.Provider(hub.key, { region: hub.region })
        : new gcp.Provider(hub.key, { project: hub.project, region: hub.region }),
    ]),
  );
  const connectivity = await createHubs("connectivity", {
    plan,
    settings,
    ownership: environment,
    retain: true,
    providerOf: ({ key }) => providers[key]!,
    logsKeyOf: ({ account, region }) => `arn:aws:kms:${region}:${account}:key/logs`,
    secretOf: (key) => pulumi.secret(`the value of ${key}`),
  });
  for (const cell of plan.cells) attach(plan, connectivity, cell);
}

function attach(plan: ConnectivityPlan, { hubs, sites }: Connectivity, cell: ConnectedCell): void {
  const hub = hubs[hubKeyOf(cell) ?? ""];
  const shared = { plan, cell: cell.name, ownership: { ...ownership, cell: cell.name } };
  if (cell.cloud === "onprem") {
    const links = sites[cell.name];
    if (links) createAttachment(cell.name, { cloud: "onprem", ...shared, links });
  } else if (!plan.matrix.some(({ from, to }) => from === cell.name || to === cell.name)) return;
  else if (cell.cloud === "aws" && hub?.cloud === "aws") {
    const zones = ["a", "b", "c"];
    const network = {
      vpcId: "vpc-0a1b2c3d4e5f60718",
      isolatedSubnetIds: zones.map((zone) => `subnet-${zone}`),
      privateRouteTables: Object.fromEntries(zones.map((zone, place) => [place, `rtb-${zone}`])),
      isolatedRouteTableId: "rtb-isolated",
    };
    createAttachment(cell.name, { cloud: "aws", ...shared, hub, network });
  } else if (cell.cloud === "gcp" && hub?.cloud === "gcp") {
    const networkId = `projects/${cell.project}/global/networks/${cell.name}`;
    const networkSelfLink = `https://www.googleapis.com/compute/v1/${networkId}`;
    const network = { networkId, networkSelfLink };
    createAttachment(cell.name, { cloud: "gcp", ...shared, project: cell.project, hub, network });
  }
}
