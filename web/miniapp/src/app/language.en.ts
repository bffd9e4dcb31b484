/** The words of one language that are there from the start, by namespace; a market's own come with its screens. */
import deals from "../../../../server/src/kernel/deals/copy.en.ts";
import files from "../../../../server/src/kernel/files/copy.en.ts";
import identity from "../../../../server/src/kernel/identity/copy.en.ts";
import ledger from "../../../../server/src/kernel/ledger/copy.en.ts";
import notifications from "../../../../server/src/kernel/notifications/copy.en.ts";
import payments from "../../../../server/src/kernel/payments/copy.en.ts";
import reviews from "../../../../server/src/kernel/reviews/copy.en.ts";
import channels from "../../../../server/src/markets/channels/copy.en.ts";
import services from "../../../../server/src/markets/services/copy.en.ts";
import kit from "../../../kit/copy.en.ts";
import arbiter from "../kernel/arbiter/copy.en.ts";
import balance from "../kernel/balance/copy.en.ts";
import deal from "../kernel/deals/copy.en.ts";
import photos from "../kernel/files/copy.en.ts";
import moderation from "../kernel/moderation/copy.en.ts";
import pay from "../kernel/payments/copy.en.ts";
import profile from "../kernel/profile/copy.en.ts";
import review from "../kernel/reviews/copy.en.ts";
import wallet from "../kernel/wallet/copy.en.ts";
import app from "./copy.en.ts";

export default {
  kit,
  app,
  arbiter,
  deal,
  profile,
  review,
  wallet,
  moderation,
  pay,
  photos,
  balance,
  notifications,
  deals,
  channels,
  files,
  identity,
  ledger,
  payments,
  services,
  reviews,
};
