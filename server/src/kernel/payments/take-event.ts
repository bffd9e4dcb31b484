import { eq } from "drizzle-orm";
import {
  BadSignature,
  type PaymentEvent,
  PaymentFailure,
  type PaymentProvider,
  type Webhook,
} from "../../gateways/payments/port.ts";
import { as, type Ctx, system, type Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import { errorFields } from "../../platform/log.ts";
import { transact } from "../../platform/verb.ts";
import { paymentErrors } from "./errors.ts";
import { workEvent } from "./jobs.ts";
import { factsOf, providerOf } from "./providers.ts";
import { recordReceipt } from "./record-receipt.ts";
import { type AttemptRow, attempts, type InboxRow, inbox } from "./tables.ts";

/** Bytes of a webhook; no provider sends as much. */
const BODY_MAX = 1_048_576;

/**
 * Answers `POST /payments/webhook/:provider`: the raw bytes are verified, then kept, then the answer is given; a job does the work.
 * What comes again is left alone. @throws payments.webhook_refused for a bad signature, and nothing is kept
 */
export async function receivePaymentWebhook(
  ctx: Ctx,
  { provider: name, request, address }: { provider: string; request: Request; address: string },
): Promise<Response> {
  const provider = providerOf(ctx, name);
  // Telegram's news come with the bot's updates, proved there: nothing in them could prove that they are genuine here.
  if (!provider.hasWebhook) throw paymentErrors.webhook_refused();
  const body = new Uint8Array(await request.arrayBuffer());
  if (body.length > BODY_MAX) throw paymentErrors.webhook_refused();
  const headers = Object.fromEntries(request.headers.entries());
  await takeWebhook(ctx, provider, { headers, body, address });
  return new Response(null, { status: 200 });
}

/** Verifies and keeps. Returns how many events were new. */
export async function takeWebhook(ctx: Ctx, provider: PaymentProvider, webhook: Webhook): Promise<number> {
  const events = await provider.verify(webhook).catch((error: unknown) => {
    // Many of them mean that the configuration is wrong: a secret, or the proxies in front of us.
    ctx.log.warn({ ...errorFields(error), provider: provider.name }, "a webhook was refused");
    if (error instanceof BadSignature) throw paymentErrors.webhook_refused();
    if (error instanceof PaymentFailure && error.reason === "refused") throw paymentErrors.webhook_refused();
    throw error;
  });
  return keepEvents(ctx, provider.name, events, Buffer.from(webhook.body));
}

function keepEvents(
  ctx: Ctx,
  provider: string,
  events: readonly PaymentEvent[],
  raw: Buffer | null,
): Promise<number> {
  return transact(
    ctx,
    async (tx) => {
      let kept = 0;
      for (const event of events) kept += await keepEvent(tx, provider, event, raw);
      return kept;
    },
    "payments.keep-events",
  );
}

/** One that comes again is left alone. Answers 1 when it was new. */
export async function keepEvent(
  tx: Tx,
  provider: string,
  event: PaymentEvent,
  raw: Buffer | null,
): Promise<number> {
  const written = await tx.db
    .insert(inbox)
    .values({
      id: newId(tx.now.getTime()),
      provider,
      eventKey: event.key.slice(0, 500),
      about: event.about,
      providerId: event.receiptId,
      reference: event.reference,
      handle: event.handle,
      raw,
      happenedAt: event.at,
      receivedAt: tx.now,
    })
    .onConflictDoNothing({ target: [inbox.provider, inbox.eventKey] })
    .returning({ id: inbox.id });
  for (const { id } of written) enqueue(tx, workEvent.with({ eventId: id }), { key: id });
  return written.length;
}

/**
 * Works one event: asks the provider about what it hints at, and books the answer. A provider that does not know of it (yet)
 * makes the job come again. @throws PaymentFailure while nothing is known
 */
export async function handleEvent(ctx: Ctx, eventId: string, isLast: boolean): Promise<void> {
  const [event] = await ctx.db.select().from(inbox).where(eq(inbox.id, eventId));
  if (!event || event.handledAt !== null) return;
  const provider = providerOf(ctx, event.provider);
  const answers = await askAbout(provider, event);
  // A hint of nothing: a forgery that passed, or news that run ahead of the provider's own list. What stood in the list that we
  // follow is asked about for as long as it takes: the sweep asks anew.
  const isVain = answers.length === 0;
  if (isVain && (!isLast || provider.isFollowed))
    throw new PaymentFailure("unknown", "the provider does not know of it yet");
  if (isVain)
    ctx.log.warn({ provider: provider.name, eventId }, "an event of which the provider knows nothing");
  await book(ctx, provider, answers, event);
}

const askAbout = (provider: PaymentProvider, event: InboxRow) =>
  event.providerId === null
    ? Promise.resolve([])
    : provider.get({
        about: "receipt",
        id: event.providerId,
        handle: event.handle,
        refundsSince: event.about === "refund" ? event.happenedAt : null,
      });

type Answers = Awaited<ReturnType<PaymentProvider["get"]>>;

async function book(ctx: Ctx, provider: PaymentProvider, answers: Answers, event: InboxRow): Promise<void> {
  await transact(
    ctx,
    async (tx) => {
      for (const receipt of answers) await recordReceipt(tx, factsOf(provider), receipt);
      // What people sent is not kept longer than it takes to work it.
      await tx.db.update(inbox).set({ handledAt: tx.now, raw: null }).where(eq(inbox.id, event.id));
    },
    "payments.book-event",
  );
}

/** Asks what came for one of our invoices and books it. Returns how many receipts were new. @throws PaymentFailure */
export async function askInvoice(ctx: Ctx, attempt: AttemptRow, since = attempt.createdAt): Promise<number> {
  if (attempt.handle === null) return 0;
  const provider = providerOf(ctx, attempt.provider);
  const answers = await provider.get({
    about: "invoice",
    reference: attempt.reference,
    handle: attempt.handle,
    since,
  });
  if (answers.length === 0) return 0;
  return transact(
    as(ctx, system("payments.ask")),
    async (tx) => {
      let n = 0;
      for (const receipt of answers) if (await recordReceipt(tx, factsOf(provider), receipt)) n += 1;
      return n;
    },
    "payments.book-answer",
  );
}

export const attemptsOf = (ctx: Ctx, paymentId: string): Promise<AttemptRow[]> =>
  ctx.db.select().from(attempts).where(eq(attempts.paymentId, paymentId));
