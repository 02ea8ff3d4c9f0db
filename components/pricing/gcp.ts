/** List prices of Google Cloud in us-central1. */

const region = "us-central1";
const date = "2025-06";

/** Spot prices change; half of the on-demand price is our assumption for plans. */
const spot = "half of the price on demand, our assumption: spot prices change";

export const gcpPrices = [
  {
    source: "https://cloud.google.com/kubernetes-engine/pricing",
    region,
    date,
    prices: { "gcp-gke-cluster": { what: "a cluster", usd: 0.1, per: "hour" } },
  },
  {
    source: "https://cloud.google.com/compute/vm-instance-pricing",
    region,
    date,
    prices: {
      "gcp-vcpu": {
        what: "a vCPU on demand",
        usd: 0.031611,
        per: "hour",
        derived: "the price of series N2, for every series",
      },
      "gcp-gib": {
        what: "a GiB of memory on demand",
        usd: 0.004237,
        per: "hour",
        derived: "the price of series N2, for every series",
      },
      "gcp-vcpu-spot": { what: "a vCPU of spot", usd: 0.0158055, per: "hour", derived: spot },
      "gcp-gib-spot": { what: "a GiB of spot", usd: 0.0021185, per: "hour", derived: spot },
    },
  },
  {
    source: "https://cloud.google.com/compute/disks-image-pricing",
    region,
    date,
    prices: { "gcp-disk-gib": { what: "a GiB of pd-balanced", usd: 0.1, per: "month" } },
  },
  {
    source: "https://cloud.google.com/nat/pricing",
    region,
    date,
    prices: {
      "gcp-nat": {
        what: "a NAT gateway for more than 32 VMs, without data",
        usd: 0.044,
        per: "hour",
      },
    },
  },
  {
    source: "https://cloud.google.com/sql/pricing",
    region,
    date,
    prices: {
      "gcp-sql-plus-vcpu": {
        what: "a vCPU of Enterprise Plus, highly available",
        usd: 0.1074,
        per: "hour",
        derived: "twice the zonal price",
      },
      "gcp-sql-plus-gib": {
        what: "a GiB of Enterprise Plus, highly available",
        usd: 0.0182,
        per: "hour",
        derived: "twice the zonal price",
      },
      "gcp-sql-vcpu": {
        what: "a vCPU of Enterprise, highly available",
        usd: 0.0826,
        per: "hour",
        derived: "twice the zonal price",
      },
      "gcp-sql-gib": {
        what: "a GiB of Enterprise, highly available",
        usd: 0.014,
        per: "hour",
        derived: "twice the zonal price",
      },
      "gcp-sql-disk-gib": {
        what: "a GiB of SSD, highly available",
        usd: 0.34,
        per: "month",
        derived: "twice the zonal price",
      },
    },
  },
  {
    source: "https://cloud.google.com/managed-service-for-apache-kafka/pricing",
    region,
    date,
    prices: {
      "gcp-kafka-dcu": {
        what: "a data compute unit: 0.6 for a vCPU, 0.1 for a GiB",
        usd: 0.09,
        per: "hour",
      },
    },
  },
  {
    source: "https://cloud.google.com/kms/pricing",
    region,
    date,
    prices: {
      "gcp-key": {
        what: "an active version of a software key, without operations",
        usd: 0.06,
        per: "month",
      },
    },
  },
] as const;
