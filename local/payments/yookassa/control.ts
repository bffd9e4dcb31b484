/** Controls over HTTP, for a curious person and for who started the world: what the real YooKassa has no address for. */
import type { Fault, Faults } from "./faults.ts";
import type { Deed, Notifier } from "./notify.ts";
import { type Method, Refusal } from "./objects.ts";
import type { RefundEnding, Shop } from "./shop.ts";

type Controls = {
  shop: Shop;
  faults: Faults;
  notifier: Notifier;
  setClock: (offsetSeconds: number) => void;
  reset: () => void;
};
type Given = {
  id?: string;
  way?: Method;
  reason?: string;
  deeds?: Deed[];
  endings?: RefundEnding[];
  offsetSeconds?: number;
  refund?: { payment_id: string; amount: { value: string; currency: string } };
};

export async function answerControl(
  controls: Controls,
  request: Request,
  pathname: string,
): Promise<Response> {
  const { shop, faults } = controls;
  const call = `${request.method} ${pathname.slice("/control/".length)}`;
  if (call === "GET payments") return Response.json([...shop.payments.values()].map(({ object }) => object));
  if (call === "GET refunds") return Response.json([...shop.refunds.values()]);
  if (call === "GET faults") return Response.json(faults.all());
  if (call === "DELETE faults") {
    faults.clear();
    return Response.json([]);
  }
  if (request.method !== "POST") return Response.json({ error: `nothing at ${pathname}` }, { status: 404 });
  const given = (await request.json().catch(() => ({}))) as Given;
  try {
    return Response.json(doIt(controls, call, given) ?? { ok: true });
  } catch (error) {
    if (error instanceof Refusal) return Response.json({ error: error.message }, { status: 409 });
    throw error;
  }
}

function doIt({ shop, faults, notifier, setClock, reset }: Controls, call: string, given: Given): unknown {
  const { id = "" } = given;
  switch (call) {
    case "POST faults":
      faults.add(given as unknown as Fault);
      return faults.all();
    case "POST pay":
      return shop.pay(id, given.way);
    case "POST decline":
      return shop.cancel(id, given.reason ?? "general_decline", "payment_network");
    case "POST refund":
      return shop.refund(given.refund);
    case "POST finish-refund":
      return shop.finishRefund(id, given.reason === "canceled" ? "canceled" : "succeeded");
    case "POST next-refunds":
      shop.refundEndings.push(...(given.endings ?? []));
      return undefined;
    case "POST news":
      notifier.order(...(given.deeds ?? []));
      return undefined;
    case "POST tell-again": {
      const news = shop.notificationOf(id);
      if (news) notifier.tell(news);
      return news;
    }
    case "POST clock":
      setClock(given.offsetSeconds ?? 0);
      return undefined;
    case "POST reset":
      reset();
      return undefined;
    default:
      throw new Refusal(404, "not_found", `nothing at ${call}`);
  }
}
