import { createRequire } from "node:module";
import { isPlain } from "./plain.mjs";

/**
 * Answers the engine that the packs of this process remediate nothing. The engine asks once for each resource and once for the whole stack, with
 * all properties; without the method it is answered before anything is unpacked. To be called before a pack is made.
 */
export function answerNoRemediation() {
  if (isPlain("remediation")) return;
  const { AnalyzerService } = createRequire(import.meta.url)(
    "@pulumi/pulumi/proto/analyzer_grpc_pb.js",
  );
  delete AnalyzerService.remediate;
}
