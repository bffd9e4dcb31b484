/** The site's manifest: what a wallet shows of the one who asks. */
import { z } from "zod";
import { CODE, WalletError } from "./requests.ts";

export type App = {
  name: string;
  url: string;
  icon: string;
  /** What `ton_proof` names: host and port of the manifest's `url`. */
  domain: string;
};

const shape = z.looseObject({
  url: z.url({ protocol: /^https?$/ }),
  name: z.string().min(1),
  iconUrl: z.url({ protocol: /^https?$/ }),
});

const TIMEOUT_MS = 10_000;

/** Throws WalletError 2 if it cannot be fetched, 3 if it is not a manifest. */
export async function loadManifest(manifestUrl: string): Promise<App> {
  const response = await fetch(manifestUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    () => undefined,
  );
  if (response?.ok !== true) throw new WalletError(CODE.MANIFEST_NOT_FOUND, "Manifest not found");
  const parsed = shape.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new WalletError(CODE.MANIFEST_CONTENT, "Manifest content error");
  const { name, url, iconUrl } = parsed.data;
  return { name, url, icon: iconUrl, domain: new URL(url).host };
}
