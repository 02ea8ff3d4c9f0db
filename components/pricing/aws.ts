/** List prices of AWS in us-east-1. */

const region = "us-east-1";
const date = "2025-06";

/** Per vCPU and GiB: an instance has the price of its vCPUs and its memory, from two families with the same vCPUs. */
const ofTwo = (less: string, more: string) =>
  `from ${less} and ${more}, which differ in memory; for every family and architecture`;

/** Spot prices change; half of the on-demand price is our assumption for plans. */
const spot = "half of the price on demand, our assumption: spot prices change";

export const awsPrices = [
  {
    source: "https://aws.amazon.com/eks/pricing/",
    region,
    date,
    prices: {
      "aws-eks-cluster": {
        what: "a cluster in standard support",
        usd: 0.1,
        per: "hour",
      },
    },
  },
  {
    source: "https://aws.amazon.com/ec2/pricing/on-demand/",
    region,
    date,
    prices: {
      "aws-vcpu": {
        what: "a vCPU on demand",
        usd: 0.03465,
        per: "hour",
        derived: ofTwo("m7i.xlarge at 0.2016", "r7i.xlarge at 0.2646"),
      },
      "aws-gib": {
        what: "a GiB of memory on demand",
        usd: 0.0039375,
        per: "hour",
        derived: ofTwo("m7i.xlarge at 0.2016", "r7i.xlarge at 0.2646"),
      },
      "aws-vcpu-spot": { what: "a vCPU of spot", usd: 0.017325, per: "hour", derived: spot },
      "aws-gib-spot": { what: "a GiB of spot", usd: 0.00196875, per: "hour", derived: spot },
    },
  },
  {
    source: "https://aws.amazon.com/ebs/pricing/",
    region,
    date,
    prices: { "aws-gp3-gib": { what: "a GiB of gp3 volumes", usd: 0.08, per: "month" } },
  },
  {
    source: "https://aws.amazon.com/vpc/pricing/",
    region,
    date,
    prices: { "aws-nat": { what: "a NAT gateway, without data", usd: 0.045, per: "hour" } },
  },
  {
    source: "https://aws.amazon.com/privatelink/pricing/",
    region,
    date,
    prices: {
      "aws-endpoint": { what: "an interface endpoint in a zone", usd: 0.01, per: "hour" },
    },
  },
  {
    source: "https://aws.amazon.com/elasticloadbalancing/pricing/",
    region,
    date,
    prices: {
      "aws-nlb": { what: "a Network Load Balancer, without LCUs", usd: 0.0225, per: "hour" },
    },
  },
  {
    source: "https://aws.amazon.com/rds/aurora/pricing/",
    region,
    date,
    prices: { "aws-acu": { what: "an Aurora capacity unit", usd: 0.12, per: "hour" } },
  },
  {
    source: "https://aws.amazon.com/rds/proxy/pricing/",
    region,
    date,
    prices: {
      "aws-proxy-acu": { what: "RDS Proxy for a capacity unit", usd: 0.015, per: "hour" },
    },
  },
  {
    source: "https://aws.amazon.com/msk/pricing/",
    region,
    date,
    prices: {
      "aws-msk-m7g-large": { what: "a kafka.m7g.large broker", usd: 0.204, per: "hour" },
      "aws-msk-m5-large": { what: "a kafka.m5.large broker", usd: 0.21, per: "hour" },
      "aws-msk-gib": { what: "a GiB of a broker's disk", usd: 0.1, per: "month" },
    },
  },
  {
    source: "https://aws.amazon.com/elasticache/pricing/",
    region,
    date,
    prices: {
      "aws-cache-t4g-medium": { what: "cache.t4g.medium, Valkey", usd: 0.052, per: "hour" },
      "aws-cache-m7g-large": { what: "cache.m7g.large, Valkey", usd: 0.1264, per: "hour" },
      "aws-cache-r7g-large": { what: "cache.r7g.large, Valkey", usd: 0.1752, per: "hour" },
      "aws-cache-r7g-xlarge": { what: "cache.r7g.xlarge, Valkey", usd: 0.3496, per: "hour" },
    },
  },
  {
    source: "https://aws.amazon.com/kms/pricing/",
    region,
    date,
    prices: { "aws-key": { what: "a KMS key, without requests", usd: 1, per: "month" } },
  },
  {
    source: "https://aws.amazon.com/secrets-manager/pricing/",
    region,
    date,
    prices: { "aws-secret": { what: "a secret, without requests", usd: 0.4, per: "month" } },
  },
] as const;
