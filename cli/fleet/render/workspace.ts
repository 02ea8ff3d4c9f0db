/** The workspace of the operator: the pod in which Pulumi runs a stack. */
import { backendSecret, passphraseSecret } from "./secrets.ts";

type Bag = Record<string, unknown>;

/** Where the image has the footprint: see the Dockerfile. */
export const imageFolder = "/atoll";

/** Requests and limits of a pod that runs Pulumi. A workspace takes 1.3 to 2.4 GiB of disk: pulumi-kubernetes-operator#1308. */
export const resources = {
  requests: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "3Gi" },
  limits: { memory: "2Gi", "ephemeral-storage": "6Gi" },
} as const;

/** An eviction in the middle of an update leaves pending operations and a lock. */
export const undisturbed = {
  "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
  "karpenter.sh/do-not-disrupt": "true",
} as const;

/** Settings of the engine that are no secrets. A pod's config file has no salt or key of a new stack; its state has them. */
const settings = { PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER: "true" } as const;

export const env: readonly Bag[] = Object.entries(settings).map(([name, value]) => ({
  name,
  value,
}));

export function workspaceTemplate(image: string, labels: Readonly<Record<string, string>>): Bag {
  return {
    spec: {
      image,
      imagePullPolicy: "IfNotPresent",
      // Non-root, no privilege escalation, no capabilities, the runtime's seccomp profile.
      securityProfile: "restricted",
      // The program is in the image: nothing is fetched or installed when the pod starts.
      local: { dir: imageFolder },
      env,
      resources,
      podTemplate: { metadata: { labels, annotations: undisturbed } },
    },
  };
}

/** The environment variables of a Stack that come from Secrets. */
export function envRefs(withPassphrase: boolean): Bag {
  const from = ({ name, key }: { readonly name: string; readonly key: string }) => ({
    type: "Secret",
    secret: { name, key },
  });
  return {
    PULUMI_BACKEND_URL: from(backendSecret),
    ...(withPassphrase ? { PULUMI_CONFIG_PASSPHRASE: from(passphraseSecret) } : {}),
  };
}
