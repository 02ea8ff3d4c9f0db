import { createRequire } from "node:module";
import { isPlain } from "./plain.mjs";

/**
 * Answers the engine that the packs of this process remediate nothing. The engine asks for each resource and for the whole stack,
 * with all properties. Without the method the answer needs no unpacking. Call it before a pack is created.
 */
export function answerNoRemediation() {
  if (isPlain("remediation")) return;
  const { AnalyzerService } = createRequire(import.meta.url)(
    "@pulumi/pulumi/proto/analyzer_grpc_pb.js",
  );
  delete AnalyzerService.remediate;
}
