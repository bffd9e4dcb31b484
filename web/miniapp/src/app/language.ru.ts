/** The words of one language that are there from the start, by namespace; a market's own come with its screens. */
import deals from "../../../../server/src/kernel/deals/copy.ru.ts";
import files from "../../../../server/src/kernel/files/copy.ru.ts";
import identity from "../../../../server/src/kernel/identity/copy.ru.ts";
import ledger from "../../../../server/src/kernel/ledger/copy.ru.ts";
import notifications from "../../../../server/src/kernel/notifications/copy.ru.ts";
import payments from "../../../../server/src/kernel/payments/copy.ru.ts";
import reviews from "../../../../server/src/kernel/reviews/copy.ru.ts";
import channels from "../../../../server/src/markets/channels/copy.ru.ts";
import services from "../../../../server/src/markets/services/copy.ru.ts";
import kit from "../../../kit/copy.ru.ts";
import arbiter from "../kernel/arbiter/copy.ru.ts";
import balance from "../kernel/balance/copy.ru.ts";
import deal from "../kernel/deals/copy.ru.ts";
import photos from "../kernel/files/copy.ru.ts";
import moderation from "../kernel/moderation/copy.ru.ts";
import pay from "../kernel/payments/copy.ru.ts";
import profile from "../kernel/profile/copy.ru.ts";
import review from "../kernel/reviews/copy.ru.ts";
import wallet from "../kernel/wallet/copy.ru.ts";
import app from "./copy.ru.ts";

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
