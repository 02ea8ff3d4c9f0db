/** Progress over a fleet: one line for a wave, instead of one for each of hundreds of stacks. */
import type { Listener } from "../engine/deploy.ts";
import type { Io } from "../io.ts";

export interface FleetDisplay extends Listener {
  wave(number: number, of: number, size: number): void;
  close(): void;
}

const plainInterval = 10_000;
const liveInterval = 250;

export function fleetDisplay(io: Io): FleetDisplay {
  let title = "";
  let size = 0;
  let done = 0;
  let failed = 0;
  const running = new Set<string>();
  const line = () => {
    const names = [...running].slice(0, 3).join(", ");
    const rest = running.size > 3 ? ` and ${running.size - 3} more` : "";
    const errors = failed === 0 ? "" : `, ${failed} failed`;
    return `${title}: ${done} of ${size} ended${errors}${names === "" ? "" : `, at ${names}${rest}`}`;
  };
  const show = () => {
    if (io.live) process.stderr.write(`\r\u001b[2K${line().slice(0, process.stderr.columns - 1)}`);
    else io.note(line());
  };
  const end = () => {
    if (io.live && title !== "") process.stderr.write("\r\u001b[2K");
    if (title !== "") io.note(line());
  };
  const timer = setInterval(() => size > 0 && show(), io.live ? liveInterval : plainInterval);
  return {
    wave: (number, of, stacks) => {
      end();
      title = `wave ${number} of ${of}`;
      size = stacks;
      done = 0;
      failed = 0;
    },
    started: (stack) => void running.add(stack),
    event: () => undefined,
    output: (stack, text) => {
      if (io.debug) process.stderr.write(text.replace(/^(?=.)/gm, `[${stack}] `));
    },
    ended: ({ stack, status }) => {
      running.delete(stack);
      done += 1;
      if (status !== "done") failed += 1;
    },
    close: () => {
      clearInterval(timer);
      end();
    },
  };
}
