/** The words of an offer: whose move it is, what follows, and what if not. */
import type { Party } from "../../../../../server/src/markets/channels/advertising/shapes.ts";
import type { Translate } from "../../../../kit/i18n.ts";
import type { Tone } from "../../../../kit/list.tsx";
import type { Offer } from "./queries.ts";

export const isMyTurn = (offer: Offer): boolean => offer.turn === offer.role;

/** The side where something waits for the reader, else where something goes on, else where there is anything. */
export function sideToOpen(offers: Record<Party, readonly Pick<Offer, "status" | "turn" | "role">[]>): Party {
  const sides = ["advertiser", "publisher"] as const;
  const signs = [
    (offer: Pick<Offer, "turn" | "role">) => offer.turn === offer.role,
    ({ status }: Pick<Offer, "status">) => status === "open",
    () => true,
  ];
  for (const isSign of signs) {
    const counts = sides.map((side) => offers[side].filter((offer) => isSign(offer)).length);
    const [asAdvertiser = 0, asPublisher = 0] = counts;
    if (asAdvertiser + asPublisher > 0) return asPublisher > asAdvertiser ? "publisher" : "advertiser";
  }
  return "advertiser";
}

export function offerTone(offer: Offer): Tone {
  if (offer.status === "open") return "waiting";
  return offer.status === "accepted" ? "done" : "quiet";
}

/** Which words tell of it: `ads:offer.<key>.title|body|otherwise`. */
function keyOf(offer: Offer): string {
  if (offer.status !== "open") return offer.status;
  const isFirst = offer.round === 1;
  if (isMyTurn(offer)) return isFirst ? "answer" : "answerAgain";
  return "wait";
}

/** What a list says of it. */
export const offerVerb = (t: Translate, offer: Offer): string =>
  t(`ads:offer.${keyOf(offer)}.title`, paramsOf(offer));

export interface OfferWords {
  title: string;
  body: string;
  otherwise: string | null;
}

export function offerWords(t: Translate, offer: Offer): OfferWords {
  const key = keyOf(offer);
  const params = paramsOf(offer);
  const isOpen = offer.status === "open";
  return {
    title: t(`ads:offer.${key}.title`, params),
    body: t(`ads:offer.${key}.body`, params),
    otherwise: isOpen ? t(`ads:offer.${key}.otherwise`, params) : null,
  };
}

const paramsOf = (offer: Offer) => ({
  name: (offer.role === "publisher" ? offer.advertiser : offer.publisher).firstName,
});
