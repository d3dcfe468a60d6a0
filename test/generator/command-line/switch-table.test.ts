import { describe, expect, it } from "vitest";
import { switchTable } from "../../../generator/command-line/switch-table.ts";

/** The switches of the MIDL reference, "MIDL Command-Line Reference", and those of its MIDLRT pages. */
const documented =
  "acf align amd64 app_config backward_compat c_ext caux char client confirm cpp_cmd cpp_opt cstruct_out cstub D dlldata " +
  "enum_class env error h header help ? I ia64 iid import lcid metadata_dir mktyplib203 ms_ext ms_union msc_ver new newtlb no_cpp " +
  "nocpp no_default_epv no_def_idir no_format_opt no_robust no_warn nologo nomd nomidl notlb ns_prefix o Oi Oic Oif Oicf old " +
  "oldtlb oldnames Os osf out pack prefix protocol proxy robust rpcss sal sal_local saux savePP server sstub syntax_check target " +
  "tlb U use_epv version_stamp W warn win32 win64 winmd winrt WX Zp Zs";

describe("the table of switches", () => {
  const names = switchTable.flatMap(({ name, aliases = [] }) => [name, ...aliases]);

  it("has every switch of the MIDL reference", () => {
    expect(documented.split(" ").filter((name) => !names.includes(name))).toEqual([]);
  });

  it("has no name twice, in whatever case", () => {
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it("says what each switch does in one line", () => {
    expect(switchTable.filter(({ help }) => help === "" || /\n|\.$/.test(help) || help.length > 84)).toEqual([]);
  });
});
