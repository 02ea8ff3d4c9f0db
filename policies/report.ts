import { isUnknown, isUnknownValueError, shown } from "./knowns.ts";

/** One thing that is wrong with one resource. */
export interface Finding {
  /** Where it stands in the resource, for example `vpcConfig.publicAccessCidrs`; empty for the resource as a whole. */
  readonly path: string;
  /** The value that is wrong; left out where nothing was given, and where it may be a secret. */
  readonly value?: unknown;
  /** What is wrong, in a clause that follows the path and the value. */
  readonly why: string;
  /** Whether it is wrong only because it is not known until deployment. */
  readonly unknown?: true;
}

/** What a check says about one resource. */
export class Report {
  readonly findings: Finding[] = [];
  /** Where values stand that the update judges, because they are not known before. */
  readonly deferred: string[] = [];

  /** The value is there and wrong. */
  wrong(path: string, value: unknown, why: string): void {
    this.findings.push({ path, value: shown(value), why });
  }

  /** Nothing is given there, or something that must not be shown. */
  lacking(path: string, why: string): void {
    this.findings.push({ path, why });
  }

  /** Judges a part; a value in it that is not known until deployment is a finding and does not hide the other parts. */
  part(judge: () => void): void {
    try {
      judge();
    } catch (error) {
      if (!isUnknownValueError(error)) throw error;
      this.findings.push({
        path: pathOf(error.props),
        why: "is not known until deployment, so the control cannot be judged before it: give the value as plain data, or exempt the resource",
        unknown: true,
      });
    }
  }

  /**
   * Judges a value that a preview seldom knows, such as a document with ARNs of what is made in the same run. While the value is
   * not known it is left to the update, which judges it before its resource is made.
   */
  whenKnown<T>(path: string, read: () => T, judge: (value: T) => void): void {
    if (isUnknown(read)) this.deferred.push(path);
    else judge(read());
  }

  /** Judges the elements of a list one by one, each as a part. */
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
