// The shell's one style sheet and one script, from exactly the locked packages; writes into the folder it is given.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as esbuild from "esbuild";

const out = process.argv[2];
const require = createRequire(import.meta.url);
const target = ["chrome105", "firefox121", "safari15.4"];

function theme() {
  rmSync("build/theme", { recursive: true, force: true });
  const cli = join("node_modules", "@digdir", "designsystemet", "dist", "bin", "designsystemet.js");
  const run = (...words) => execFileSync(process.execPath, [cli, "tokens", ...words, "--config", "theme.json"]);
  run("create");
  run("build", "--tokens", "build/tokens", "--out-dir", "build/theme");
}

async function styles() {
  await esbuild.build({
    entryPoints: { hlt: "hlt.css" }, bundle: true, minify: true, target, outdir: out, logLevel: "warning",
  });
}

async function script() {
  // A map is not shipped, and the hashing of static files stops at a map that is not there.
  const read = (name) => readFileSync(require.resolve(name), "utf8").replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "");
  const own = await esbuild.transform(readFileSync("hlt.js", "utf8"), { minify: true, target });
  const parts = [read("htmx.org/dist/htmx.min.js"), read("htmx.org/dist/ext/hx-csp.min.js"), own.code];
  writeFileSync(join(out, "hlt.js"), parts.join("\n"));
}

mkdirSync(out, { recursive: true });
theme();
await styles();
await script();
writeFileSync(join(out, "icon.svg"), readFileSync("icon.svg"));
