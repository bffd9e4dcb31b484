/** The part of an invoice link that names the invoice: `https://t.me/$slug` or `https://t.me/invoice/slug`; null when it is none. */
export const slugOf = (url: string): string | null =>
  /\/(?:\$|%24|invoice\/)([A-Za-z0-9_-]{1,256})\/?(?:[?#].*)?$/.exec(url)?.[1] ?? null;
