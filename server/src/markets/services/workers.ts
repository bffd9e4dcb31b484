import { type Schedule, type Worker, worker } from "../../platform/jobs.ts";
import { announceOrder } from "./executors/announce-order.ts";
import { announceNew, complaintDecided, forgetOld } from "./jobs.ts";
import { refundComplaint } from "./opinions/complain-of-order.ts";
import { forgetOldOrders } from "./orders/forget-private.ts";
import { complaintReason } from "./shapes.ts";

export const workers: Worker[] = [
  worker(announceNew, async (ctx, asked) => void (await announceOrder(ctx, asked))),
  worker(forgetOld, async (ctx) => void (await forgetOldOrders(ctx)), 1),
  worker(complaintDecided, async (ctx, { complaintId, subjectId, authorId, reason, state }) => {
    if (state !== "upheld") return;
    await refundComplaint(ctx, {
      orderId: subjectId,
      executorId: authorId,
      reason: complaintReason.parse(reason),
      complaintId,
    });
  }),
];

export const schedules: Schedule[] = [{ job: forgetOld, cron: "47 * * * *" }];
