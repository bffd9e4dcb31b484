import { decrypt, encrypt } from "../../../platform/encryption.ts";
import { type AdData, adData } from "../placements/shapes.ts";
import { isSoundInn } from "./campaigns/rules.ts";
import { adErrors } from "./errors.ts";

/** Names the columns in which advertisers' data are sealed: of campaigns and of offers, which hand them on. */
const use = "channels.campaigns.ad";
/** The same bytes stand in several rows. */
const place = "";

/** The advertiser's data as they are kept: encrypted. Nothing but nulls is kept as nothing. */
export function sealAd(dataKey: Buffer, ad: AdData | null | undefined): Buffer | null {
  if (!ad || Object.values(ad).every((value) => value === null)) return null;
  if (ad.advertiserInn !== null && !isSoundInn(ad.advertiserInn)) throw adErrors.inn_unsound();
  return encrypt(dataKey, use, place, JSON.stringify(ad));
}

export const openAd = (dataKey: Buffer, sealed: Buffer | null): AdData | null =>
  sealed === null ? null : adData.parse(JSON.parse(decrypt(dataKey, use, place, sealed)));

export const noAd: AdData = { erid: null, advertiserName: null, advertiserInn: null };
