/** The machine types of GKE node pools. */
import type { NodeSize } from "./allocatable.ts";
import type { Architecture, WorkloadClass } from "./pool-schema.ts";

/** A machine series of Compute Engine in its `standard` shape: about 4 GB of memory per vCPU. */
export interface MachineSeries {
  readonly architecture: Architecture;
  readonly vcpus: readonly number[];
  /** The boot disk type. Newer series do not support Persistent Disk. */
  readonly disk: "pd-balanced" | "hyperdisk-balanced";
  /** The Confidential VM technology. Omitted if not supported. */
  readonly confidential?: "SEV" | "TDX";
}

/**
 * The series that a manifest can use, in default order: best price-performance first, if widely available. Sizes and disk types are
 * from the "Machine families resource and comparison guide" and "About Hyperdisk", confidential types from "Supported
 * configurations" of Confidential VM, Compute Engine documentation, 2026-08. Excluded: Tau T2A (no Secure Boot), series for
 * accelerators, memory and storage.
 *
 * No series is available in every zone: N2, N2D and E2 nearly everywhere; N4 and C4A in larger regions; N4D, N4A, C4 and C4D in fewer.
 * GKE refuses a node pool in a zone without its series; set other `families` there (to list them:
 * `gcloud compute machine-types list --zones=<zone>`).
 */
export const machineSeries = {
  n4: { architecture: "amd64", vcpus: [2, 4, 8, 16, 32, 48, 64, 80], disk: "hyperdisk-balanced" },
  n2d: {
    architecture: "amd64",
    vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128, 224],
    disk: "pd-balanced",
    confidential: "SEV",
  },
  n2: { architecture: "amd64", vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96, 128], disk: "pd-balanced" },
  e2: { architecture: "amd64", vcpus: [2, 4, 8, 16, 32], disk: "pd-balanced" },
  t2d: { architecture: "amd64", vcpus: [1, 2, 4, 8, 16, 32, 48, 60], disk: "pd-balanced" },
  n4d: {
    architecture: "amd64",
    vcpus: [2, 4, 8, 16, 32, 48, 64, 80, 96],
    disk: "hyperdisk-balanced",
  },
  c3d: {
    architecture: "amd64",
    vcpus: [4, 8, 16, 30, 60, 90, 180, 360],
    disk: "pd-balanced",
    confidential: "SEV",
  },
  c3: {
    architecture: "amd64",
    vcpus: [4, 8, 22, 44, 88, 176],
    disk: "pd-balanced",
    confidential: "TDX",
  },
  c4: {
    architecture: "amd64",
    vcpus: [2, 4, 8, 16, 24, 32, 48, 96, 144, 192, 288],
    disk: "hyperdisk-balanced",
  },
  c4d: {
    architecture: "amd64",
    vcpus: [2, 4, 8, 16, 32, 48, 64, 96, 192, 384],
    disk: "hyperdisk-balanced",
    confidential: "SEV",
  },
  c4a: {
    architecture: "arm64",
    vcpus: [1, 2, 4, 8, 16, 32, 48, 64, 72],
    disk: "hyperdisk-balanced",
  },
  n4a: { architecture: "arm64", vcpus: [1, 2, 4, 8, 16, 32, 48, 64], disk: "hyperdisk-balanced" },
} as const satisfies Record<string, MachineSeries>;

export type SeriesName = keyof typeof machineSeries;
export const seriesNames = Object.keys(machineSeries) as SeriesName[];

/** The machine settings of a pool. */
export interface MachineChoice {
  readonly class: WorkloadClass;
  /** In order of preference. */
  readonly architectures: readonly Architecture[];
  readonly vcpus: { readonly min: number; readonly max: number };
  /** In order of preference. */
  readonly families?: readonly SeriesName[] | undefined;
  readonly confidential: boolean;
}

export interface Machine extends Pick<MachineSeries, "architecture" | "disk" | "confidential"> {
  readonly series: SeriesName;
  /** `n4-standard-8` */
  readonly type: string;
}

/**
 * One machine type of each matching series, best first: by architecture, then by family.
 *
 * A GKE node pool has one machine type, but the range allows several. Pools for the cluster's own controllers use the smallest, because
 * they are spread over zones. Others use the one closest to the middle of the range: large enough for efficient bin packing, small
 * enough to limit the effect of a lost node.
 */
export function machines(choice: MachineChoice): Machine[] {
  return choice.architectures.flatMap((architecture) =>
    (choice.families ?? seriesNames).flatMap((series) => {
      const found: MachineSeries = machineSeries[series];
      if (found.architecture !== architecture) return [];
      if (choice.confidential && found.confidential === undefined) return [];
      const size = sizeFor(choice, found.vcpus);
      if (size === undefined) return [];
      const { disk, confidential } = found;
      return [
        {
          series,
          type: `${series}-standard-${size}`,
          architecture,
          disk,
          ...(confidential === undefined ? {} : { confidential }),
        },
      ];
    }),
  );
}

function sizeFor(
  { class: workload, vcpus: { min, max } }: MachineChoice,
  sizes: readonly number[],
): number | undefined {
  const fitting = sizes.filter((size) => size >= min && size <= max);
  if (workload === "system") return fitting[0];
  // Sizes double, so the middle and distances are geometric.
  const middle = Math.sqrt(min * max);
  const away = (size: number) => Math.abs(Math.log(size / middle));
  return fitting.reduce<number | undefined>(
    (best, size) => (best === undefined || away(size) < away(best) - 1e-9 ? size : best),
    undefined,
  );
}

/**
 * vCPUs and memory of a machine at least: its `standard` shape has 4 GiB for each vCPU, of c4 and c4d 3.5 or more. Source: "Machine
 * families resource and comparison guide".
 */
export function sizeOfMachine({ series, type }: Pick<Machine, "series" | "type">): NodeSize {
  const cpu = Number(type.split("-").at(-1));
  return { cpu, memoryGib: cpu * (series === "c4" || series === "c4d" ? 3.5 : 4) };
}
