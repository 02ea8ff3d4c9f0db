/** The parts of the ids of clients' service accounts before the client's key. The accounts of a cell's main stream do not name it. */
export function clientAccountParts(component: string): string[] {
  return component === "stream" ? ["kafka"] : ["kafka", component];
}
