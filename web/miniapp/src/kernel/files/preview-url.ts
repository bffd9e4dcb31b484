const sent = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Null of a picture that is kept elsewhere, by Telegram, where no browser can ask for it. */
export const previewUrlOf = (id: string): string | null =>
  sent.test(id) ? `/api/files/${id}/preview` : null;
