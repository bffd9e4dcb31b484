import { decrypt, encrypt } from "../../../platform/encryption.ts";
import { isSoundInn } from "./campaigns/rules.ts";
import { type AdData, adData } from "./campaigns/shapes.ts";
import { adErrors } from "./errors.ts";

const purpose = "channels.ad";

/** The advertiser's data as they are kept: encrypted, bound to the row's id. Nothing but nulls is kept as nothing. */
export function sealAd(dataKey: Buffer, rowId: string, ad: AdData | null | undefined): Buffer | null {
  if (!ad || Object.values(ad).every((value) => value === null)) return null;
  if (ad.advertiserInn !== null && !isSoundInn(ad.advertiserInn)) throw adErrors.inn_unsound();
  return encrypt(dataKey, purpose, rowId, JSON.stringify(ad));
}

export const openAd = (dataKey: Buffer, rowId: string, sealed: Buffer | null): AdData | null =>
  sealed === null ? null : adData.parse(JSON.parse(decrypt(dataKey, purpose, rowId, sealed)));

export const noAd: AdData = { erid: null, advertiserName: null, advertiserInn: null };
