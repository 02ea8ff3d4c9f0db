/** How buckets of a tenant move: objects are synchronized twice, and encrypted with the default key of the new bucket. Pure. */
import {
  type MoveCommand,
  type MoveEnd,
  type MoveWork,
  type Moving,
  output,
  stored,
  type TenantMoves,
} from "../section/tenant-moves.ts";

/** A bridge and a silo have the same buckets; on-premises, the site has them. */
export const objectStoreMoves: TenantMoves = {
  beside: (cloud, from, to) => cloud !== "onprem" && (from === "pool") !== (to === "pool"),
  plan: (moving) => {
    const { from, to } = moving;
    return {
      copy: work(moving, from, to, "Copy the objects, as often as you like"),
      drain: work(moving, from, to, "Copy the objects that changed, while nothing is written"),
      back: work(moving, to, from, "Copy the objects back while nothing is written"),
      lost: "earlier versions of objects and their times of change, which are not copied; objects of 5 GiB and more are copied in parts",
      lostBack: "nothing, if the objects are copied back first",
    };
  },
};

function work(moving: Moving, from: MoveEnd, to: MoveEnd, title: string): MoveWork {
  const { buckets = {} } = moving.settings as { readonly buckets?: object };
  const each = (more: (tool: Tool) => readonly string[]) =>
    Object.keys(buckets).flatMap((key): MoveCommand[] => {
      const at = `.buckets[${JSON.stringify(key)}]`;
      const tool = toolOf(from, to);
      return [
        output(moving, from, at, "OLD_BUCKET"),
        output(moving, to, at, "NEW_BUCKET"),
        { run: [...tool.run, ...more(tool), stored("OLD_BUCKET"), stored("NEW_BUCKET")] },
      ];
    });
  return {
    title: `${title}; with millions of objects, use S3 Batch Operations or Storage Transfer Service`,
    commands: each(() => []),
    verify: { commands: each(({ dry }) => [dry]), expect: "no object that would be copied" },
  };
}

interface Tool {
  readonly run: readonly string[];
  /** Shows only what it would do. */
  readonly dry: string;
}

function toolOf(from: MoveEnd, to: MoveEnd): Tool {
  if (from.cloud === "aws" && to.cloud === "aws")
    return { run: ["aws", "s3", "sync", "--delete"], dry: "--dryrun" };
  if (from.cloud !== "onprem" && to.cloud !== "onprem") {
    return {
      run: ["gcloud", "storage", "rsync", "--recursive", "--delete-unmatched-destination-objects"],
      dry: "--dry-run",
    };
  }
  // The remotes of rclone are named as the cells.
  return { run: ["rclone", "sync"], dry: "--dry-run" };
}
