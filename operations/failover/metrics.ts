/** Commands that read CloudWatch metrics. Pure. */
import type { Command } from "./runbook.ts";
import { stored } from "./shell.ts";

/** Reads the last ten minutes of a metric; CloudWatch requires start and end times. */
export function metric(
  region: string,
  namespace: string,
  name: string,
  statistic: "Maximum" | "Sum",
  dimensions: Readonly<Record<string, string>>,
): Command[] {
  const moment = (ago: number) => [
    "node",
    "--print",
    `new Date(Date.now() - ${ago}).toISOString()`,
  ];
  return [
    { run: moment(600_000), into: "SINCE" },
    { run: moment(0), into: "NOW" },
    {
      run: [
        ...["aws", "cloudwatch", "get-metric-statistics", "--region", region],
        ...["--namespace", namespace, "--metric-name", name, "--dimensions"],
        ...Object.entries(dimensions).map(([key, value]) => `Name=${key},Value=${value}`),
        ...["--start-time", stored("SINCE"), "--end-time", stored("NOW"), "--period", "60"],
        ...["--statistics", statistic],
        ...["--query", `sort_by(Datapoints, &Timestamp)[-1].${statistic}`, "--output", "text"],
      ],
    },
  ];
}
