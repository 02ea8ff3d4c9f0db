import type { DnsPlan, Link, Neighbours } from "../../../components/private-dns/plan.ts";
import { type DnsCell, googleHub } from "../../../components/private-dns/resolvers.ts";

export const supernet = "10.32.0.0/11";
export const domain = "prod.acme.internal";

/** One cell a cloud, as in the sample footprint. */
export const aws: DnsCell = {
  name: "aws-use1",
  cloud: "aws",
  cidr: "10.32.0.0/16",
  account: "111122223333",
  region: "us-east-1",
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
};
export const gcp: DnsCell = {
  name: "gcp-euw1",
  cloud: "gcp",
  cidr: "10.36.0.0/16",
  project: "acme-prod",
};
export const site: DnsCell = {
  name: "onprem-sel",
  cloud: "onprem",
  cidr: "10.40.0.0/16",
  resolvers: ["10.40.0.10", "10.40.0.11"],
};
export const cells = [aws, gcp, site];

/** A matrix in which each cell may reach each other. */
export const mesh = (some: readonly DnsCell[]): Link[] =>
  some.flatMap((one, i) => some.slice(i + 1).map((other): Link => [one.name, other.name]));

/** Whom a resolver asks and admits, by its name. */
export function told(plan: DnsPlan, name: string): Neighbours | undefined {
  if (name === googleHub) return plan.hub;
  const cell = plan.cells[name];
  return cell?.cloud === "aws" ? cell.resolvers : cell?.cloud === "onprem" ? cell : undefined;
}
