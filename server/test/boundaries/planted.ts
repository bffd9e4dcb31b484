/** One forbidden import for every rule of .dependency-cruiser.cjs, and some allowed ones that look like them. */

export type Import = { readonly from: string; readonly to: string; readonly isTypeOnly?: boolean };

const s = "server/src/";
const m = "web/miniapp/src/";

export const forbidden: Readonly<Record<string, Import>> = {
  "no-cycles": { from: `${s}platform/one.ts`, to: `${s}platform/two.ts` },
  "platform-is-the-floor": {
    from: `${s}platform/floor.ts`,
    to: `${s}gateways/ton/toncenter.ts`,
    isTypeOnly: true,
  },
  "gateways-know-no-domain": { from: `${s}gateways/ton/domain.ts`, to: `${s}kernel/deals/index.ts` },
  "gateways-are-strangers": { from: `${s}gateways/ton/stranger.ts`, to: `${s}gateways/telegram/port.ts` },
  "nothing-imports-the-top": { from: `${s}kernel/deals/top.ts`, to: `${s}app.ts` },
  "kernel-knows-no-market": { from: `${s}kernel/deals/market.ts`, to: `${s}markets/channels/shapes.ts` },
  "kernel-order-identity": { from: `${s}kernel/identity/up.ts`, to: `${s}kernel/deals/index.ts` },
  "kernel-order-files": { from: `${s}kernel/files/up.ts`, to: `${s}kernel/notifications/index.ts` },
  "kernel-order-notifications": { from: `${s}kernel/notifications/up.ts`, to: `${s}kernel/deals/index.ts` },
  "kernel-order-ledger": { from: `${s}kernel/ledger/up.ts`, to: `${s}kernel/payments/index.ts` },
  "kernel-order-payments": { from: `${s}kernel/payments/up.ts`, to: `${s}kernel/deals/index.ts` },
  "kernel-order-deals": { from: `${s}kernel/deals/up.ts`, to: `${s}kernel/reviews/index.ts` },
  "kernel-order-reviews": { from: `${s}kernel/reviews/up.ts`, to: `${s}kernel/risk/index.ts` },
  "kernel-order-risk": { from: `${s}kernel/risk/up.ts`, to: `${s}kernel/referrals/index.ts` },
  "kernel-order-referrals": { from: `${s}kernel/referrals/up.ts`, to: `${s}kernel/support/index.ts` },
  "markets-are-strangers": { from: `${s}markets/channels/other.ts`, to: `${s}markets/music/shapes.ts` },
  "front-door-only": { from: `${s}markets/channels/back-door.ts`, to: `${s}kernel/deals/queries.ts` },
  "reports-are-a-leaf": { from: `${s}markets/channels/report.ts`, to: `${s}reports/sales.ts` },
  "outside-only-through-ports": { from: `${s}kernel/deals/provider.ts`, to: `${s}gateways/ton/toncenter.ts` },
  "pure-files-stay-pure": { from: `${s}kernel/deals/rules.ts`, to: `${s}platform/db.ts` },
  "edges-do-not-see-tables": { from: `${s}kernel/deals/routes.ts`, to: `${s}kernel/deals/tables.ts` },
  "verbs-do-not-see-edges": { from: `${s}kernel/deals/open-deal.ts`, to: `${s}kernel/deals/workers.ts` },
  "web-runs-only-shapes": { from: `${m}app/run.ts`, to: `${s}kernel/deals/routes.ts` },
  "web-types-only-routes": { from: `${m}app/types.ts`, to: `${s}kernel/deals/queries.ts`, isTypeOnly: true },
  "features-are-strangers": { from: `${m}features/channels/other.ts`, to: `${m}features/music/feature.ts` },
  "web-kernel-knows-no-feature": { from: `${m}kernel/pay.ts`, to: `${m}features/channels/feature.ts` },
  "features-do-not-see-app": { from: `${m}features/channels/up.ts`, to: `${m}app/router.ts` },
  "kit-is-the-web-floor": { from: "web/kit/up.ts", to: `${m}app/router.ts` },
  "chain-stands-alone": { from: "chain/wrappers/up.ts", to: `${s}platform/ids.ts` },
  "chain-through-its-gateway": { from: `${s}kernel/deals/chain.ts`, to: "chain/wrappers/deal.ts" },
  "local-knows-no-product": { from: "local/telegram/product.ts", to: `${s}platform/ids.ts` },
  "local-parts-are-strangers": { from: "local/telegram/neighbour.ts", to: "local/ton/main.ts" },
  "product-knows-no-local": { from: `${s}gateways/telegram/pretend.ts`, to: "local/telegram/main.ts" },
};

export const allowed: readonly Import[] = [
  { from: `${s}platform/context.ts`, to: `${s}gateways/ton/port.ts`, isTypeOnly: true },
  { from: `${s}gateways/ton/wrapped.ts`, to: "chain/wrappers/deal.ts" },
  { from: `${s}kernel/deals/shapes.ts`, to: `${s}platform/shapes.ts` },
  { from: `${s}kernel/deals/open.ts`, to: `${s}kernel/identity/index.ts` },
  { from: `${s}markets/channels/sell.ts`, to: `${s}kernel/deals/index.ts` },
  { from: `${s}markets/channels/module.ts`, to: `${s}markets/channels/routes.ts` },
  { from: `${m}app/api.ts`, to: `${s}kernel/identity/routes.ts`, isTypeOnly: true },
  { from: `${m}features/channels/form.ts`, to: `${s}kernel/deals/shapes.ts` },
  { from: "local/ton/escrow.ts", to: "chain/wrappers/deal.ts" },
  { from: "server/test/world.ts", to: "local/telegram/main.ts" },
];
