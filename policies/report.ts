import { isUnknown, isUnknownValueError, shown } from "./known-values.ts";

/** One problem of one resource. */
export interface Finding {
  /** The property's path, for example `vpcConfig.publicAccessCidrs`; empty for the resource as a whole. */
  readonly path: string;
  /** The invalid value; omitted if it is not set or may be a secret. */
  readonly value?: unknown;
  /** The problem, as a clause that follows the path and the value. */
  readonly why: string;
  /** Whether it is reported only because it is unknown until deployment. */
  readonly unknown?: true;
}

/** The findings about one resource. */
export class Report {
  readonly findings: Finding[] = [];
  /** Paths of unknown values that the update judges. */
  readonly deferred: string[] = [];

  /** The value is set and invalid. */
  wrong(path: string, value: unknown, why: string): void {
    this.findings.push({ path, value: shown(value), why });
  }

  /** The value is not set, or must not be shown. */
  lacking(path: string, why: string): void {
    this.findings.push({ path, why });
  }

  /** Judges a part. An unknown value in it is a finding, and does not hide findings in other parts. */
  part(judge: () => void): void {
    try {
      judge();
    } catch (error) {
      if (!isUnknownValueError(error)) throw error;
      this.findings.push({
        path: pathOf(error.props),
        why: "is unknown until deployment, so the control cannot be checked before it: set the value to plain data, or exempt the resource",
        unknown: true,
      });
    }
  }

  /**
   * Judges a value that is often unknown in a preview, such as a document with ARNs of resources of the same run. The update then
   * judges it before creating its resource.
   */
  whenKnown<T>(path: string, read: () => T, judge: (value: T) => void): void {
    if (isUnknown(read)) this.deferred.push(path);
    else judge(read());
  }

  /** Judges each element of a list as a part. */
  each<T>(
    path: string,
    list: readonly T[] | undefined,
    judge: (item: T, path: string) => void,
  ): void {
    for (let index = 0; index < (list?.length ?? 0); index++) {
      this.part(() => {
        const item = list?.[index];
        if (item !== undefined && item !== null) judge(item, `${path}[${index}]`);
      });
    }
  }
}

function pathOf(props: readonly string[]): string {
  return props.reduce(
    (path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path ? `${path}.${key}` : key),
    "",
  );
}
