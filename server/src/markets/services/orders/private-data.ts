/** What is encrypted of an order, as long as it is kept: its contact and its exact location. */
import { decrypt, encrypt, markOf } from "../../../platform/encryption.ts";
import { serviceErrors } from "../errors.ts";
import { normalContact, type Point } from "../rules.ts";

export type PrivateData = { contact: string; location: Point | null };

const purpose = "services.order";

export const sealPrivate = (dataKey: Buffer, orderId: string, data: PrivateData): Buffer =>
  encrypt(dataKey, purpose, orderId, JSON.stringify(data));

const nothing = { contact: null, location: null };

/** Nothing, once it is no longer kept. */
export const openPrivate = (
  dataKey: Buffer,
  orderId: string,
  sealed: Buffer | null,
): PrivateData | typeof nothing =>
  sealed === null ? nothing : (JSON.parse(decrypt(dataKey, purpose, orderId, sealed)) as PrivateData);

/** By which two orders with one contact are known, without the contact. */
export const contactMark = (dataKey: Buffer, contact: string): Buffer => markOf(dataKey, purpose, contact);

/** In its normal form; throws `contact_invalid`. */
export function readContact(given: string): string {
  const contact = normalContact(given);
  if (!contact) throw serviceErrors.contact_invalid();
  return contact.value;
}
