// The tests against other implementations of DCE/RPC, in namespaces of their own: there ports 135 and 445 are free, and nothing that a
// test starts outlives the run. Arguments go to vitest: `npm run test:interop -- smbtorture`.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { build, root, run } from "./run.mjs";

build();
const user = process.getuid?.() === 0 ? "root" : "mapped";
const unshare = [
  ...(user === "root" ? [] : ["--map-root-user"]),
  ...["--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"],
];
const enter = "ip link set lo up && mkdir -p /run/samba && mount -t tmpfs none /run/samba";
const vitest = [
  process.execPath,
  join(root, "node_modules/vitest/vitest.mjs"),
  ...["run", "--config", join(root, "test/interop/vitest.config.ts"), ...process.argv.slice(2)],
];
const isPrivate = spawnSync("unshare", [...unshare, "sh", "-c", enter], { stdio: "ignore" }).status === 0;
const env = { ...process.env, MIDL_TS_NAMESPACE: isPrivate ? "private" : "none", MIDL_TS_USER: user };
if (isPrivate) run("unshare", [...unshare, "sh", "-c", `${enter} && exec "$0" "$@"`, ...vitest], { env });
else run(vitest[0], vitest.slice(1), { env });
