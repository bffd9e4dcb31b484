import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin, type Rolldown } from "vite";

const PRECOMPRESSED = /\.(js|css|html|json|svg)$/;

/** Puts `.br` and `.gz` beside each text file, so that the server sends them as they are. */
function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    async writeBundle({ dir }, bundle) {
      const names = Object.keys(bundle).filter((name) => PRECOMPRESSED.test(name));
      for (const name of names) {
        const path = join(dir ?? "", name);
        const bytes = await readFile(path);
        if (bytes.length < 1024) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, quality));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}

const installed = join(import.meta.dirname, "installed");

/** What makes the app one that can be installed: manifest, icons, and the service worker, which is told the names of the first screen's files. */
function installable(): Plugin {
  return {
    name: "installable",
    apply: "build",
    // When the bundle is final: of some parts nothing but their styles is left then.
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        return emit(this, bundle);
      },
    },
  };
}

async function emit(plugin: Rolldown.PluginContext, bundle: Rolldown.OutputBundle): Promise<void> {
  for (const fileName of ["manifest.webmanifest", "icon-180.png", "icon-192.png", "icon-512.png"])
    plugin.emitFile({ type: "asset", fileName, source: await readFile(join(installed, fileName)) });
  const first = new Set<string>();
  const add = (name: string): void => {
    const chunk = bundle[name];
    if (!chunk || first.has(name)) return;
    first.add(name);
    if (chunk.type === "chunk") for (const one of chunk.imports) add(one);
  };
  for (const [name, chunk] of Object.entries(bundle)) if (isFirst(name, chunk)) add(name);
  const files = [...first].sort();
  const source = (await readFile(join(installed, "service-worker.js"), "utf8"))
    .replace(
      "__VERSION__",
      createHash("sha256").update(Object.keys(bundle).sort().join()).digest("hex").slice(0, 12),
    )
    .replace(
      "__REST__",
      JSON.stringify(
        Object.keys(bundle)
          .filter((name) => isLater(name) && !first.has(name))
          .map((name) => `/${name}`)
          .sort(),
      ),
    )
    .replace("__SHELL__", JSON.stringify(["/", "/icon-192.png", ...files.map((name) => `/${name}`)]));
  plugin.emitFile({ type: "asset", fileName: "sw.js", source });
}

/** The entry, its styles, and the words, without which the app cannot even say that there is no network. */
const isFirst = (name: string, file: Rolldown.OutputBundle[string]): boolean =>
  file.type === "chunk" ? file.isEntry || /language\.(ru|en)/.test(name) : name.endsWith(".css");

const isLater = (name: string): boolean => /^assets\/.*\.(js|css)$/.test(name);

export default defineConfig({
  root: import.meta.dirname,
  base: "/",
  publicDir: false,
  plugins: [react(), installable(), precompress()],
  // Whoever builds, and from whatever process: what is shipped is React without its development half.
  // The chain's library asks for Node's `Buffer` by its bare name; the address check sets it, lazily, before loading that library.
  define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
  },
});
