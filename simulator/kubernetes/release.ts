/** A release of a Helm chart, as in the Kubernetes provider. The chart itself is not rendered. */

import { type Bag, isBag, UNKNOWN } from "../wire.ts";
import { appVersionOf, chartName, newestVersion } from "./chart-values.ts";

export function releaseState(inputs: Bag, previous: Bag | undefined): Bag {
  const before = isBag(previous?.status) ? Number(previous.status.revision) : 0;
  const chart = chartName(inputs.chart);
  const version = String(inputs.version ?? newestVersion(chart));
  return {
    ...inputs,
    manifest: {},
    resourceNames: {},
    status: {
      appVersion: appVersionOf(chart, inputs.version),
      chart,
      name: inputs.name,
      namespace: inputs.namespace,
      revision: before + 1,
      status: "deployed",
      version,
    },
  };
}

export function releasePreview(inputs: Bag): Bag {
  return { ...inputs, manifest: UNKNOWN, resourceNames: UNKNOWN, status: UNKNOWN };
}
