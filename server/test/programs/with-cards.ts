/**
 * The product with a provider of cards for rubles, for stories: its page is one button, and what is pressed there comes back to the
 * product as the provider's signed news.
 */
import { createApp } from "../../src/app.ts";
import { FakeProvider } from "../../src/gateways/payments/fake.ts";

class Cards extends FakeProvider {
  private readonly page = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: (request) => this.answer(request),
  });
  tell: (body: Uint8Array, headers: Record<string, string>) => Promise<Response> = async () => new Response();

  override async create(asked: Parameters<FakeProvider["create"]>[0]) {
    const made = await super.create(asked);
    return {
      ...made,
      pay: { kind: "page" as const, url: `http://127.0.0.1:${this.page.port}/pay/${asked.reference}` },
    };
  }

  private async answer(request: Request): Promise<Response> {
    const reference = new URL(request.url).pathname.split("/")[2] ?? "";
    const invoice = this.invoices.get(reference);
    if (!invoice) return new Response(null, { status: 204 });
    if (request.method === "POST") {
      const { body, headers } = this.pay({ reference, ...invoice });
      await this.tell(body, headers);
    }
    const inside =
      request.method === "POST" ? "<p>Paid</p>" : '<form method="post"><button>Pay by card</button></form>';
    return new Response(`<!doctype html><title>Cards</title><link rel="icon" href="data:,">${inside}`, {
      headers: { "content-type": "text/html" },
    });
  }
}

const cards = new Cards({ name: "cards", assets: ["RUB"], clock: () => new Date() });
const app = await createApp({ env: process.env, providers: [cards] });
cards.tell = (body, headers) =>
  app.fetch(
    new Request(`${app.settings.env.PUBLIC_URL}/payments/webhook/cards`, {
      method: "POST",
      headers,
      body: body as BodyInit,
    }),
  );
await app.start();
process.on("SIGTERM", () => void app.stop().then(() => process.exit(0)));
