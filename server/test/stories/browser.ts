/** A real Chromium that talks to nobody but this machine, and a record of all that a page must not do. */
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type ConsoleMessage, chromium } from "playwright-core";

/** Where stories leave what was on the screen. */
export const PICTURES = process.env.STORY_PICTURES ?? join(tmpdir(), "souk-stories");

const candidates = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const executablePath = candidates.find((path) => path !== undefined && existsSync(path));

export const hasChromium = executablePath !== undefined;
/** For a story's name, so that a report says why it was not told. */
export const skipReason = hasChromium
  ? ""
  : " (skipped: no Chromium is installed; CHROMIUM_PATH may name one)";

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? "",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
      "--disable-quic",
    ],
  });
}

/**
 * The wallet library's own dialog sets an empty `ontouchstart` attribute, which the Mini App's policy refuses and Chromium
 * reports. Nothing depends on it; everything else that a page complains about is a fault.
 */
const isKnown = (text: string): boolean => /inline event handler/.test(text) && /script-src/.test(text);

/** Moved time outlives an open screen's sign-in: it is refused once, renews itself and asks again. */
export const staleSession = /status of 401/;

/** What went wrong in the pages. */
export class Complaints {
  private found: string[] = [];
  private readonly outside: string[] = [];

  constructor(context: BrowserContext) {
    context.on("console", (message) => this.hear(message));
    context.on("weberror", (error) => this.found.push(`thrown: ${error.error().message}`));
    context.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      const isHttp = protocol.startsWith("http") || protocol.startsWith("ws");
      if (isHttp && hostname !== "localhost" && hostname !== "127.0.0.1") this.outside.push(request.url());
    });
  }

  private hear(message: ConsoleMessage): void {
    if (message.type() !== "error" || isKnown(message.text())) return;
    this.found.push(`${message.text()} (${message.location().url})`);
  }

  /** Chromium reports every refused request as an error: a story that asks for one expects it. */
  forgive(expected: RegExp): void {
    this.found = this.found.filter((complaint) => !expected.test(complaint));
  }

  /** Everything so far: errors in the console, and requests that left this machine. */
  all(): readonly string[] {
    return [...this.found, ...this.outside.map((url) => `asked outside: ${url}`)];
  }
}
