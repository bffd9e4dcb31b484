/** Telegram's own window for paying with Stars. */
import { invoice } from "@tma.js/sdk-react";
import { launch, openOutside } from "../../../../kit/telegram.ts";
import { slugOf } from "./slug.ts";

/**
 * - `maybe`: the window says paid or pending, or did not say anything that we know. Only the server knows whether it is so.
 * - `no`: the window was closed without paying, by its own word; the server is asked all the same.
 * - `elsewhere`: there is no such window here, and the link was opened instead.
 */
export type InvoiceSaid = "maybe" | "no" | "elsewhere";

/** Opens the invoice and resolves when its window is closed. Never rejects. */
export async function openInvoice(url: string): Promise<InvoiceSaid> {
  const slug = slugOf(url);
  if (!launch.isTelegram || !slug || !invoice.openSlug.isAvailable()) {
    openOutside(url);
    return "elsewhere";
  }
  try {
    const said = await invoice.openSlug(slug);
    return said === "cancelled" || said === "failed" ? "no" : "maybe";
  } catch {
    return "maybe";
  }
}
