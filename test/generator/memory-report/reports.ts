/** Memory reports of small sources, for tests. */
import { memoryReport, type MemoryReport, type ReportOptions } from "../../../generator/memory-report/report.ts";
import { modelOf, type Sources } from "../../grammar/compile.ts";

/** The report of sources that must be without mistakes. */
export function reportOf(sources: Sources | string, options: Partial<ReportOptions> = {}): MemoryReport {
  return memoryReport(modelOf(sources), { osf: false, rpcss: false, omitted: [], ...options });
}
