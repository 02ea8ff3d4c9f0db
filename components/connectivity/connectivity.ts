import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../core/component.ts";
import { AwsGoogleLink } from "./aws-google-link.ts";
import { AwsTransitHub, type TableIds } from "./aws-hub.ts";
import { AwsPeering } from "./aws-peering.ts";
import { AwsSiteLink } from "./aws-site-link.ts";
import { GoogleRoutingHub } from "./google-hub.ts";
import { GoogleSiteLink } from "./google-site-link.ts";
import type { Hub } from "./hubs.ts";
import type { Link, VpnLink } from "./links.ts";
import type { ConnectivityPlan } from "./plan.ts";
import type { ConnectivitySettings } from "./schema.ts";
import type { SiteLink } from "./sites.ts";

export { AwsTransitHub, GoogleRoutingHub };

/** What a cell needs to know of the hub it attaches to. */
export type HubReference =
  | {
      readonly cloud: "aws";
      readonly transitGatewayId: pulumi.Input<string>;
      readonly tables: TableIds;
    }
  | {
      readonly cloud: "gcp";
      readonly hubId: pulumi.Input<string>;
      /** The network that tunnels end in. */
      readonly networkId: pulumi.Input<string>;
    };

export interface HubsArgs extends ComponentArgs {
  readonly plan: ConnectivityPlan;
  readonly settings: ConnectivitySettings;
  /** The provider of a hub's account or project. */
  readonly providerOf: (hub: Hub) => pulumi.ProviderResource;
  /** The ARN of the key for logs in the account and region of a hub on AWS. */
  readonly logsKeyOf: (hub: Extract<Hub, { cloud: "aws" }>) => pulumi.Input<string>;
  /** The secret of the environment's stack under this key. */
  readonly secretOf: (configKey: string) => pulumi.Input<string>;
}

/** An environment's connectivity as its stack tells it to the cells. */
export interface Connectivity {
  readonly hubs: Readonly<Record<string, HubReference>>;
  /** On-premises cell to what its routers have to be told. */
  readonly sites: Readonly<Record<string, readonly SiteLink[]>>;
}

/** The hubs of an environment and the links between them and to sites, as planned. Cells attach themselves. */
export function createHubs(name: string, args: HubsArgs): Connectivity {
  const { plan, settings, ownership } = args;
  const shared = { ownership, ...(args.retain === undefined ? {} : { retain: args.retain }) };
  const { tables, announced } = plan.routes;
  const awsHubs = new Map<string, AwsTransitHub>();
  const googleHubs = new Map<string, GoogleRoutingHub>();
  const providers = new Map<string, pulumi.ProviderResource>();
  for (const hub of plan.hubs) makeHub(hub);
  const sites: Record<string, SiteLink[]> = {};
  for (const link of plan.links) makeLink(link);

  return {
    hubs: Object.fromEntries([
      ...[...awsHubs].map(([key, { cloud, transitGatewayId, tables: ids }]) => [
        key,
        { cloud, transitGatewayId, tables: ids },
      ]),
      ...[...googleHubs].map(([key, { cloud, hubId, networkId }]) => [
        key,
        { cloud, hubId, networkId },
      ]),
    ]),
    sites,
  };

  function makeHub(hub: Hub): void {
    const provider = args.providerOf(hub);
    providers.set(hub.key, provider);
    const called = `${name}-${hub.key}`;
    switch (hub.cloud) {
      case "aws": {
        const made = new AwsTransitHub(
          called,
          {
            ...shared,
            hub,
            tables: tables.filter((table) => table.hub === hub.key),
            logsKeyArn: args.logsKeyOf(hub),
            retentionDays: settings.logs.retentionDays,
          },
          { providers: { aws: provider } },
        );
        awsHubs.set(hub.key, made);
        break;
      }
      case "gcp": {
        const made = new GoogleRoutingHub(
          called,
          { ...shared, hub },
          { providers: { gcp: provider } },
        );
        googleHubs.set(hub.key, made);
        break;
      }
    }
  }

  function makeLink(link: Link): void {
    if (link.kind === "peering") {
      const [asks, accepts] = [awsEnd(link.hub), awsEnd(link.peer.hub)];
      if (asks && accepts) {
        new AwsPeering(`${name}-${link.key}`, { ...shared, link, asks, accepts, tables }, {});
      }
    } else if ("site" in link.peer) siteLink(link, link.peer.site);
    else cloudLink(link, link.peer.hub);
  }

  function cloudLink(link: VpnLink, peer: string): void {
    const end = awsEnd(link.hub);
    const google = googleHubs.get(peer);
    if (end === undefined || google === undefined) return;
    new AwsGoogleLink(
      `${name}-${link.key}`,
      {
        ...shared,
        link,
        google,
        aws: end.hub,
        tables,
        announced: announced[link.key] ?? nothing,
      },
      { providers: { aws: end.provider, gcp: providerOf(peer) } },
    );
  }

  function siteLink(link: VpnLink, site: string): void {
    const gateway = settings.gateways[site];
    if (gateway === undefined) return;
    const told = { ...shared, link, gateway, announced: announced[link.key] ?? nothing };
    const called = `${name}-${link.key}`;
    const end = awsEnd(link.hub);
    const google = googleHubs.get(link.hub);
    const opts = { provider: providerOf(link.hub) };
    const made = end
      ? new AwsSiteLink(called, { ...told, hub: end.hub, tables }, opts)
      : google &&
        new GoogleSiteLink(
          called,
          {
            ...told,
            hub: google,
            presharedKey: args.secretOf(gateway.presharedKey?.configKey ?? ""),
          },
          opts,
        );
    if (made) sites[site] = [...(sites[site] ?? []), made.site];
  }

  function awsEnd(key: string) {
    const hub = awsHubs.get(key);
    return hub && { hub, provider: providerOf(key) };
  }

  function providerOf(key: string): pulumi.ProviderResource {
    const provider = providers.get(key);
    if (provider === undefined) throw new Error(`no hub called ${key}`);
    return provider;
  }
}

const nothing = { byHub: [], byPeer: [] };
