/** What can be checked about a screen without an eye: run inside the Mini App's frame, and over the browser's accessibility tree. */
import { join } from "node:path";
import type { Frame, Page } from "playwright-core";
import type {} from "./in-page.ts";

let script: Promise<string> | undefined;

async function bundle(): Promise<string> {
  const entrypoints = [join(import.meta.dir, "in-page.ts")];
  const { outputs } = await Bun.build({ entrypoints, target: "browser", format: "iife" });
  if (!outputs[0]) throw new Error("the checks do not build");
  return outputs[0].text();
}

/** What is wrong on the screen as it stands: texts that leave their box, targets too small for a thumb, keys, pale words. */
export async function faultsOf(frame: Frame): Promise<string[]> {
  await frame.waitForFunction(
    () =>
      !document.querySelector(".skeleton, [aria-busy='true']") &&
      [...document.images].every((image) => image.complete),
  );
  script ??= bundle();
  await frame.evaluate(await script);
  return frame.evaluate(() => window.faultsOfScreen());
}

const controls = new Set([
  "button",
  "link",
  "textbox",
  "searchbox",
  "checkbox",
  "radio",
  "switch",
  "slider",
  "combobox",
  "tab",
  "menuitem",
  "image",
  "dialog",
  "radiogroup",
]);

type AxNode = {
  ignored: boolean;
  role?: { value: string };
  name?: { value: string };
  backendDOMNodeId?: number;
};

/** Controls that a screen reader would have no word for. */
export async function namelessOf(page: Page, frame: Frame): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  try {
    type Tree = { frame: { id: string; url: string }; childFrames?: Tree[] };
    const { frameTree } = (await session.send("Page.getFrameTree")) as { frameTree: Tree };
    const all = (tree: Tree): Tree["frame"][] => [tree.frame, ...(tree.childFrames ?? []).flatMap(all)];
    const here = all(frameTree).find(({ url }) => new URL(frame.url()).origin === safeOrigin(url));
    if (!here) throw new Error(`no frame of ${frame.url()}`);
    const { nodes } = (await session.send("Accessibility.getFullAXTree", { frameId: here.id })) as {
      nodes: AxNode[];
    };
    return nodes
      .filter(
        ({ ignored, role, name }) => !ignored && controls.has(role?.value ?? "") && !name?.value?.trim(),
      )
      .map(({ role }) => `nameless: ${role?.value}`);
  } finally {
    await session.detach();
  }
}

const safeOrigin = (url: string): string => (URL.canParse(url) ? new URL(url).origin : "");
