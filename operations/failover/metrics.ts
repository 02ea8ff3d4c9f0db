/** Metrics of CloudWatch as commands. Pure. */
import type { Command } from "./runbook.ts";
import { kept } from "./shell.ts";

/** The last ten minutes of a metric, which CloudWatch wants from one moment to another. */
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
        ...["--start-time", kept("SINCE"), "--end-time", kept("NOW"), "--period", "60"],
        ...["--statistics", statistic],
        ...["--query", `sort_by(Datapoints, &Timestamp)[-1].${statistic}`, "--output", "text"],
      ],
    },
  ];
}
