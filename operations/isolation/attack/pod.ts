/** Commands that run in a pod of a tenant, with the identity of its service account. Pure. */

export interface PodAttack {
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Of the tenant's tier, which admission requires. */
  readonly priorityClass: string;
  readonly image: string;
  readonly command: readonly string[];
  /** More of the pod's spec. @default {} */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Only asks the API server whether it would admit the pod. @default false */
  readonly dryRun?: boolean;
}

const name = "atoll-attack";

/** Images with the tools, by tool. */
export const images = {
  network: "docker.io/library/busybox:1.37",
  aws: "public.ecr.aws/aws-cli/aws-cli:2.31.0",
  google: "gcr.io/google.com/cloudsdktool/google-cloud-cli:540.0.0-slim",
} as const;

/** A pod of the restricted standard; it is deleted when the command ends. */
export function inPod(attack: PodAttack): string[] {
  const { namespace, image, command, dryRun = false } = attack;
  return [
    ...["kubectl", "run", name, "--namespace", namespace, "--image", image],
    ...["--restart", "Never", "--overrides", JSON.stringify(overrides(attack))],
    ...(dryRun ? ["--dry-run=server"] : ["--rm", "--attach", "--quiet"]),
    ...(command.length === 0 ? [] : ["--command", "--", ...command]),
  ];
}

function overrides({ serviceAccount, priorityClass, image, command, spec = {} }: PodAttack) {
  return {
    spec: {
      serviceAccountName: serviceAccount,
      priorityClassName: priorityClass,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10_001,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name,
          image,
          ...(command.length === 0 ? {} : { command }),
          // Tools write to their home directory.
          env: [{ name: "HOME", value: "/tmp" }],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        },
      ],
      ...spec,
    },
  };
}
