/** What the chart of External Secrets runs. Pure. */
import type { Operated } from "../core/operated.ts";

/** Name of the release, and of the pods of the controller. */
export const releaseName = "external-secrets";

export const webhookPort = 10250;

/** The parts of the chart. The suffix is that of their label. */
const parts = { controller: "", webhook: "-webhook", "certificate controller": "-cert-controller" };

export type ExternalSecretsPart = keyof typeof parts;

/** The labels that select the pods of a part. */
export function labelsOf(part: ExternalSecretsPart): Record<string, string> {
  return {
    "app.kubernetes.io/name": `${releaseName}${parts[part]}`,
    "app.kubernetes.io/instance": releaseName,
  };
}

/** @param ports of the secret service and of the identity of pods */
export function operatedSecrets(ports: readonly number[]): Operated {
  const all = Object.keys(parts) as ExternalSecretsPart[];
  return {
    source: "external-secrets v2.6.0, deploy/charts/external-secrets/templates",
    pods: Object.fromEntries(all.map((part) => [part, labelsOf(part)])),
    connections: [
      ...all.map((from) => ({
        from,
        to: "api-server",
        port: 443,
        why: "objects, secrets, and certificates of the webhook",
      })),
      { from: "api-server", to: "webhook", port: webhookPort, why: "validates stores" },
      ...ports.map((port) => ({
        from: "controller",
        to: "secret service",
        port,
        why: "reads secrets",
      })),
    ],
  };
}
