/** Functions of the Kubernetes provider that do not need a cluster. */
import { parseAllDocuments } from "yaml";
import { CloudError } from "../errors.ts";
import { type Bag, isBag } from "../wire.ts";

export const kubernetesAnswers: Readonly<Record<string, (args: Bag) => Bag>> = {
  "kubernetes:yaml:decode": ({ text, defaultNamespace }) => {
    const documents = parseAllDocuments(String(text ?? ""));
    const problem = documents.flatMap((document) => document.errors)[0];
    if (problem !== undefined) throw new CloudError("InvalidYaml", problem.message);
    const objects = documents.map((document): unknown => document.toJS()).filter(isBag);
    return { result: objects.map((object) => withNamespace(object, defaultNamespace)) };
  },
};

function withNamespace(object: Bag, namespace: unknown): Bag {
  if (typeof namespace !== "string" || !isBag(object.metadata)) return object;
  return { ...object, metadata: { namespace, ...object.metadata } };
}
