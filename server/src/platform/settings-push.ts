/** How browsers are told of things. */
import { z } from "zod";
import { list } from "./settings-fields.ts";

const vapidKey = (bytes: number) =>
  z
    .string()
    .refine(
      (value) => Buffer.from(value, "base64url").length === bytes,
      `must be ${bytes} bytes in base64url`,
    );

export const pushSettings = {
  WEB_PUSH_PUBLIC_KEY: vapidKey(65)
    .optional()
    .describe("Public key that browsers subscribe with; `souk push keys` makes a pair. Empty: no web push."),
  WEB_PUSH_PRIVATE_KEY: vapidKey(32).optional().describe("Its private key. Secret."),
  WEB_PUSH_CONTACT: z
    .string()
    .regex(/^(mailto:|https:\/\/)/)
    .default("mailto:push@example.com")
    .describe("Where a push service finds you, should something go wrong: mailto: or https:."),
  WEB_PUSH_HOSTS: list(
    "fcm.googleapis.com,*.push.services.mozilla.com,web.push.apple.com,*.push.apple.com,*.notify.windows.com",
  ).describe(
    "Push services that may be called; `*.` for names below. Endpoints come from browsers: keep it short.",
  ),
};

const hostName = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/;

export function pushFaults(env: {
  WEB_PUSH_PUBLIC_KEY?: string | undefined;
  WEB_PUSH_PRIVATE_KEY?: string | undefined;
  WEB_PUSH_HOSTS: readonly string[];
  SOUK_WORLD: "real" | "local";
}): string[] {
  const faults: string[] = [];
  if (!env.WEB_PUSH_PUBLIC_KEY !== !env.WEB_PUSH_PRIVATE_KEY)
    faults.push("WEB_PUSH_PRIVATE_KEY: the two keys of web push belong together");
  // A whole origin is for the stand-in of a test.
  if (env.SOUK_WORLD !== "local" && !env.WEB_PUSH_HOSTS.every((host) => hostName.test(host)))
    faults.push("WEB_PUSH_HOSTS: names of hosts, comma-separated");
  return faults;
}
