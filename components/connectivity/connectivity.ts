import type * as pulumi from "@pulumi/pulumi";
import type { ComponentArgs } from "../core/component.ts";
import type { AwsTransitHub, TableIds } from "./aws-hub.ts";
import type { OwnersPart } from "./aws-shared.ts";
import type { GoogleRoutingHub } from "./google-hub.ts";
import type { Hub } from "./hubs.ts";
import type { Link, VpnLink } from "./links.ts";
import type { ConnectivityPlan } from "./model.ts";
import type { ConnectivitySettings } from "./schema.ts";
import type { SiteLink } from "./sites.ts";

/** The hub that a cell attaches to. */
export type HubReference =
  | {
      readonly cloud: "aws";
      readonly transitGatewayId: pulumi.Input<string>;
      readonly tables: TableIds;
    }
  | {
      readonly cloud: "gcp";
      readonly hubId: pulumi.Input<string>;
      /** The network with the VPN gateway. */
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

/** An environment's connectivity, as its stack outputs it for the cells. */
export interface Connectivity {
  readonly hubs: Readonly<Record<string, HubReference>>;
  /** The configuration for the routers of each on-premises cell. */
  readonly sites: Readonly<Record<string, readonly SiteLink[]>>;
  /** What the owners of shared Transit Gateways have to do, by the hub's name. @default none is shared */
  readonly shared?: Readonly<Record<string, OwnersPart>>;
}

/**
 * Creates the planned hubs of an environment, and the links between them and to sites. Cells attach themselves.
 *
 * Loads only the SDKs that the plan needs: they take most of a program's load time.
 */
export async function createHubs(name: string, args: HubsArgs): Promise<Connectivity> {
  const { plan, settings, ownership, hooks } = args;
  const common = {
    ownership,
    ...(args.retain === undefined ? {} : { retain: args.retain }),
    ...(hooks && { hooks }),
  };
  const { tables, announced } = plan.routes;
  const awsHubs = new Map<string, AwsTransitHub>();
  const googleHubs = new Map<string, GoogleRoutingHub>();
  const shared: Record<string, OwnersPart> = {};
  const providers = new Map<string, pulumi.ProviderResource>();
  for (const hub of plan.hubs) await makeHub(hub);
  const sites: Record<string, SiteLink[]> = {};
  for (const link of plan.links) await makeLink(link);

  return {
    hubs: Object.fromEntries([
      ...[...awsHubs].map(([key, { cloud, transitGatewayId, tables: ids }]) => [
        key,
        { cloud, transitGatewayId, tables: ids },
      ]),
      ...Object.entries(shared).map(([key, { transitGatewayId }]) => [
        key,
        { cloud: "aws", transitGatewayId, tables: { cells: {}, links: {} } },
      ]),
      ...[...googleHubs].map(([key, { cloud, hubId, networkId }]) => [
        key,
        { cloud, hubId, networkId },
      ]),
    ]),
    sites,
    ...(Object.keys(shared).length > 0 && { shared }),
  };

  async function makeHub(hub: Hub): Promise<void> {
    const provider = args.providerOf(hub);
    providers.set(hub.key, provider);
    const resourceName = `${name}-${hub.key}`;
    switch (hub.cloud) {
      case "aws": {
        const hubTables = tables.filter((table) => table.hub === hub.key);
        if (hub.shared) {
          const { sharedHub } = await import("./aws-shared.ts");
          const asked = { ...hub, shared: hub.shared };
          shared[hub.key] = await sharedHub(asked, hubTables, { provider });
          break;
        }
        const { AwsTransitHub } = await import("./aws-hub.ts");
        const id = settings.existing?.transitGateways[hub.key];
        const existing =
          id === undefined
            ? undefined
            : await (await import("./aws-existing.ts")).lookUpTransitGateway(id, { provider });
        const made = new AwsTransitHub(
          resourceName,
          {
            ...common,
            hub,
            tables: hubTables,
            logsKeyArn: args.logsKeyOf(hub),
            retentionDays: settings.logs.retentionDays,
            ...(existing && { existing }),
          },
          { providers: { aws: provider } },
        );
        awsHubs.set(hub.key, made);
        break;
      }
      case "gcp": {
        const { GoogleRoutingHub } = await import("./google-hub.ts");
        const { googleHub } = settings.existing ?? {};
        const made = new GoogleRoutingHub(
          resourceName,
          { ...common, hub, ...(googleHub !== undefined && { existing: googleHub }) },
          { providers: { gcp: provider } },
        );
        googleHubs.set(hub.key, made);
        break;
      }
    }
  }

  async function makeLink(link: Link): Promise<void> {
    if (link.kind === "peering") {
      const [asks, accepts] = [awsEnd(link.hub), awsEnd(link.peer.hub)];
      if (asks && accepts) {
        const { AwsPeering } = await import("./aws-peering.ts");
        new AwsPeering(`${name}-${link.key}`, { ...common, link, asks, accepts, tables }, {});
      }
    } else if ("site" in link.peer) await siteLink(link, link.peer.site);
    else await cloudLink(link, link.peer.hub);
  }

  async function cloudLink(link: VpnLink, peer: string): Promise<void> {
    const end = awsEnd(link.hub);
    const google = googleHubs.get(peer);
    if (end === undefined || google === undefined) return;
    const { AwsGoogleLink } = await import("./aws-google-link.ts");
    new AwsGoogleLink(
      `${name}-${link.key}`,
      {
        ...common,
        link,
        google,
        aws: end.hub,
        tables,
        announced: announced[link.key] ?? nothing,
      },
      { providers: { aws: end.provider, gcp: providerOf(peer) } },
    );
  }

  async function siteLink(link: VpnLink, site: string): Promise<void> {
    const gateway = settings.gateways[site];
    if (gateway === undefined) return;
    const linkArgs = { ...common, link, gateway, announced: announced[link.key] ?? nothing };
    const resourceName = `${name}-${link.key}`;
    const end = awsEnd(link.hub);
    const google = googleHubs.get(link.hub);
    const opts = { provider: providerOf(link.hub) };
    if (end) {
      const { AwsSiteLink } = await import("./aws-site-link.ts");
      addSiteLink(
        site,
        new AwsSiteLink(resourceName, { ...linkArgs, hub: end.hub, tables }, opts).site,
      );
    } else if (google) {
      const { GoogleSiteLink } = await import("./google-site-link.ts");
      const presharedKey = args.secretOf(gateway.presharedKey?.configKey ?? "");
      const made = new GoogleSiteLink(
        resourceName,
        { ...linkArgs, hub: google, presharedKey },
        opts,
      );
      addSiteLink(site, made.site);
    }
  }

  function addSiteLink(site: string, link: SiteLink): void {
    sites[site] = [...(sites[site] ?? []), link];
  }

  function awsEnd(key: string) {
    const hub = awsHubs.get(key);
    return hub && { hub, provider: providerOf(key) };
  }

  function providerOf(key: string): pulumi.ProviderResource {
    const provider = providers.get(key);
    if (provider === undefined) throw new Error(`there is no hub "${key}"`);
    return provider;
  }
}

const nothing = { byHub: [], byPeer: [] };
