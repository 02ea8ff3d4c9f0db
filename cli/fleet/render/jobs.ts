/** Jobs of a fleet: previews that report drift, and the healer of stacks that a killed update left. */
import { accounts } from "./access.ts";
import { dailySchedule, type FleetPlan, type FleetSettings, fleetLabels, share } from "./plan.ts";
import { secretVariables } from "./secrets.ts";
import { env, imageFolder, resources, undisturbed } from "./workspace.ts";

type Bag = Record<string, unknown>;

/** Six hours: after that the previews of a day are stopped before the next begin. */
const driftDeadline = 6 * 3600;

const healerDeadline = 600;

/** Each preview runs an engine, a policy pack and plugins, on a node whose processors the job does not have to itself. */
const previewsAtOnce = 4;

const driftResources = {
  requests: { ...resources.requests, cpu: "2", memory: "3Gi" },
  limits: { ...resources.limits, memory: "6Gi" },
};

/**
 * One job a day for each cell. A Stack with `preview: true` would take a workspace for each tenant, and stall after three failures; here
 * one warm process previews all tenants of a cell, with an identity that cannot change anything.
 */
export function driftJobs(plan: FleetPlan, settings: FleetSettings): Bag[] {
  const cells = [...new Set(plan.shards.map(({ cell }) => cell))].sort();
  return cells.map((cell) =>
    cronJob(plan, settings, {
      name: `drift-${cell}`,
      account: accounts.preview,
      schedule: dailySchedule(`${plan.environment}.${cell}`),
      deadline: driftDeadline,
      command: [
        ...["preview", plan.environment, "--tenants", `cell=${cell}`],
        ...["--refresh", "--expect-no-changes", "--yes", "--at-once", String(previewsAtOnce)],
      ],
      resources: driftResources,
      withToken: false,
    }),
  );
}

export function healerJob(plan: FleetPlan, settings: FleetSettings): Bag {
  const offset = Math.floor(share(plan.environment) * 10);
  return cronJob(plan, settings, {
    name: "healer",
    account: accounts.healer,
    schedule: `${offset}-59/10 * * * *`,
    deadline: healerDeadline,
    command: ["fleet", "heal", plan.environment, "--namespace", plan.namespace],
    resources,
    withToken: true,
  });
}

interface Job {
  readonly name: string;
  readonly account: string;
  readonly schedule: string;
  /** Seconds. */
  readonly deadline: number;
  readonly command: readonly string[];
  readonly resources: Bag;
  /** Whether it talks to the API server. */
  readonly withToken: boolean;
}

function cronJob(plan: FleetPlan, settings: FleetSettings, job: Job): Bag {
  const labels = { ...fleetLabels(plan.environment), "app.kubernetes.io/name": job.name };
  const stacks = [...plan.gates, ...plan.shards.flatMap(({ tenants }) => tenants)];
  const withPassphrase = stacks.some(
    ({ stack }) => settings.secretsProviderOf(stack) === undefined,
  );
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: job.name, namespace: plan.namespace, labels },
    spec: {
      schedule: job.schedule,
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          backoffLimit: 0,
          activeDeadlineSeconds: job.deadline,
          template: {
            metadata: { labels, annotations: undisturbed },
            spec: {
              restartPolicy: "Never",
              serviceAccountName: job.account,
              automountServiceAccountToken: job.withToken,
              securityContext: {
                runAsNonRoot: true,
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
                seccompProfile: { type: "RuntimeDefault" },
              },
              containers: [
                {
                  name: "atoll",
                  image: settings.image,
                  imagePullPolicy: "IfNotPresent",
                  workingDir: imageFolder,
                  command: ["npx", "--no-install", "atoll", ...job.command],
                  env: [...env, ...secretVariables(withPassphrase)],
                  resources: job.resources,
                  securityContext: {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                  },
                },
              ],
            },
          },
        },
      },
    },
  };
}
