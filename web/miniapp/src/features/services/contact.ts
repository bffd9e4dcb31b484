/** How a contact is shown and reached. */

export interface Reach {
  readonly text: string;
  /** `tel:` of a number; null for a name in Telegram. */
  readonly call: string | null;
  readonly message: string;
}

/** `+79161234567` → `+7 916 123-45-67`. */
const spaced = (phone: string): string =>
  phone.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, "+7\u00a0$1\u00a0$2-$3-$4");

/** `contact` as the server gives it: `@name`, or `+7` and ten digits. */
export function reachOf(contact: string): Reach {
  return contact.startsWith("@")
    ? { text: contact, call: null, message: `https://t.me/${contact.slice(1)}` }
    : { text: spaced(contact), call: `tel:${contact}`, message: `https://t.me/${contact}` };
}

/** Whether what was typed may be a contact; the server has the last word. */
export function isContact(typed: string): boolean {
  const text = typed.trim();
  if (/^(@|(https?:\/\/)?t\.me\/)[A-Za-z][A-Za-z0-9_]{3,31}\/?$/.test(text)) return true;
  const digits = text.replace(/\D/g, "");
  return /^\+?[\d\s().-]+$/.test(text) && (/^[78][3489]\d{9}$/.test(digits) || /^[3489]\d{9}$/.test(digits));
}
