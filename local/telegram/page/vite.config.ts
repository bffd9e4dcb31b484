import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `vite build --config local/telegram/page/vite.config.ts`; the Local Telegram serves what lands in `dist`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/",
  plugins: [react()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // Everything is served from loopback: a data URI would only cost parsing.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
