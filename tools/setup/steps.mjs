// @ts-check

/**
 * Receives the output of the set-up: standard error, as standard output belongs to the command.
 *
 * @typedef {{ write(text: string): unknown, isTTY?: boolean | undefined }} Report
 */

const redraw = 1000;
const stillGoing = 15_000;

/**
 * Runs one step and prints one line for it: `set-up: dependencies ... 31.2 s`. On a terminal the line is updated; elsewhere a further
 * line is printed every 15 seconds.
 *
 * @template T
 * @param {string} name
 * @param {(say: (line: string) => void) => Promise<T>} work `say` prints a separate line above
 * @param {Report} [report]
 * @returns {Promise<T>}
 */
export async function step(name, work, report = process.stderr) {
  const started = performance.now();
  const label = `set-up: ${name} ...`;
  const line = () => `${label} ${((performance.now() - started) / 1000).toFixed(1)} s`;
  const live = report.isTTY === true;
  const clear = () => live && report.write("\r\u001b[K");
  const draw = () => report.write(live ? `\r${line()}` : `${line()}, still running\n`);

  if (live) draw();
  const timer = setInterval(draw, live ? redraw : stillGoing);
  try {
    const result = await work((text) => {
      clear();
      report.write(`set-up: ${text}\n`);
    });
    clear();
    report.write(`${line()}\n`);
    return result;
  } catch (error) {
    clear();
    report.write(`${line()}, failed\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
