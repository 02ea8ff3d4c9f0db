/** Who attacks whom on a cell. Pure. */
import { tierLabel, tierObject } from "../../../components/tenant-namespaces/names.ts";
import { type IsolationResource, theCell } from "../model.ts";
import { type CellView, type KubernetesObject, registrant } from "../view.ts";

export interface Target {
  readonly view: CellView;
  readonly from: string;
  /** The tenant, or the cell. */
  readonly to: string;
}

/** Where pods of the attacker run. */
export interface Foothold {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly priorityClass: string;
}

/** The attacker's service accounts; the default one of a namespace that has no other. */
export function footholds({ view, from }: Target): Foothold[] {
  const accounts = Map.groupBy(view.objects("ServiceAccount"), ({ namespace }) => namespace);
  return view.namespacesOf(from).flatMap(({ name: namespace, labels }) => {
    const priorityClass = tierObject(labels[tierLabel] ?? "");
    const named = (accounts.get(namespace) ?? []).map(({ name }) => name);
    return (named.length === 0 ? ["default"] : named).map((serviceAccount) => ({
      namespace,
      serviceAccount,
      priorityClass,
    }));
  });
}

/** The first of them: planes where all service accounts have the same rights need one. */
export function foothold(target: Target): Foothold[] {
  return footholds(target).slice(0, 1);
}

/** The namespaces that are attacked. */
export function victims({ view, to }: Target): string[] {
  const own =
    to === theCell ? view.namespaces.filter(({ tenant }) => !tenant) : view.namespacesOf(to);
  return own.map(({ name }) => name);
}

/** The resources of a type that are attacked. */
export function attacked({ view, to }: Target, type: string): IsolationResource[] {
  return view.ofType(type).filter((resource) => registrant(resource) === to);
}

export function attackedObjects({ view, to }: Target, kind: string): KubernetesObject[] {
  return view.objects(kind).filter(({ resource }) => registrant(resource) === to);
}

/** The name in text, and in ids. */
export function nameOf({ to }: Target): string {
  return to === theCell ? "cell" : to;
}
