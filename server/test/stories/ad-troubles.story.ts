/** Posts that did not stand as agreed: one taken down early is paid for by the time that it stood; one that was changed goes on when the advertiser says so. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import nextEn from "../../src/markets/channels/placements/copy-next.en.ts";
import nextRu from "../../src/markets/channels/placements/copy-next.ru.ts";
import { people } from "../world.ts";
import { hasChromium, skipReason, staleSession } from "./browser.ts";
import { settleIn } from "./prepare.ts";
import { HOUR, hoursPass, livePost, openToAds, type Placed } from "./prepare-ads.ts";
import { openStage, type Stage, until } from "./stage.ts";

let stage: Stage;
let removed: Placed;
let edited: Placed;

const placementOf = (placed: Placed) => stage.api(people.buyer).get(`/api/placements/${placed.placementId}`);

/** For how long it is proven to have stood. */
const stoodHours = ({ post }: { post: { postedAt: string; lastAliveAt: string } }): number =>
  (Date.parse(post.lastAliveAt) - Date.parse(post.postedAt)) / (HOUR * 1_000);

describe.skipIf(!hasChromium)(`troubles of a post${skipReason}`, () => {
  beforeAll(async () => {
    stage = await openStage({ env: { RATE_LIMIT_FACTOR: "100" } });
    await settleIn(stage, people.seller, "ru");
    await settleIn(stage, people.buyer, "en");
    edited = await livePost(stage, await openToAds(stage, "morning_roast"));
    removed = await livePost(stage, await openToAds(stage, "alina_trails"));
  }, 240_000);
  afterAll(() => stage?.close());
  const step = (name: string, work: () => Promise<void>) => test(name, () => stage.step(name, work), 240_000);
  afterEach(() => expect(stage.complaints.all()).toEqual([]));

  step("a post is changed, the advertiser compares and accepts it, and the deal goes on", async () => {
    const { buyer } = stage;
    const { post } = await placementOf(edited);
    await stage.telegram.act(edited.owner, {
      type: "editPost",
      channelId: edited.telegramId,
      messageId: post.messageIds[0],
      text: "Зёрна из маленькой обжарки. Первым читателям — мельница и фильтры в подарок.",
    });
    await until(
      "the change is seen",
      async () => (await placementOf(edited)).nextStep.key === "answer_edit",
      30_000,
    );
    await buyer.openDeal(edited.placementId);
    await buyer.sees(nextEn.answer_edit.advertiser.title);
    await buyer.act("answer_edit");
    const sheet = buyer.app.getByTestId("edit-sheet");
    await sheet.getByText("мельница и фильтры").waitFor();
    await buyer.shot("ad-edit");
    await buyer.app.getByTestId("accept-edit").click();
    await buyer.app.getByTestId("post-state").getByText("Stands", { exact: true }).waitFor();
  });

  step("a post is taken down after some hours: not one look is a verdict, two are a proposal", async () => {
    const { buyer } = stage;
    await hoursPass(stage, 8, async () => stoodHours(await placementOf(removed)) >= 5);
    const { post } = await placementOf(removed);
    expect(stoodHours({ post })).toBeGreaterThan(2);
    await stage.telegram.act(removed.owner, {
      type: "deletePost",
      channelId: removed.telegramId,
      messageId: post.messageIds[0],
    });
    await buyer.openDeal(removed.placementId);
    await buyer.act("check");
    await until(
      "it is seen to be gone",
      async () => /doubt_gone|breach/.test((await placementOf(removed)).nextStep.key),
      30_000,
    );
    await buyer.shot("ad-gone");
    for (let round = 0; round < 8 && (await placementOf(removed)).nextStep.key !== "breach"; round += 1) {
      await stage.advance(15 * 60);
      await Bun.sleep(500);
    }
    await until(
      "a breach is proposed",
      async () => (await placementOf(removed)).nextStep.key === "breach",
      30_000,
    );
    await buyer.openDeal(removed.placementId);
    await buyer.sees(nextEn.breach.advertiser.title);
    await buyer.app.getByTestId("pro-rata").waitFor();
    await buyer.shot("ad-breach");
    stage.complaints.forgive(staleSession);
  });

  step("nobody objects, and each gets the part for the time that it stood", async () => {
    const { buyer, seller } = stage;
    await stage.advance(25 * HOUR);
    await until("it is shared", async () => (await placementOf(removed)).phase === "done", 40_000);
    await buyer.openDeal(removed.placementId);
    const { outcome, nextStep } = await placementOf(removed);
    const percent = Number(nextStep.params.sellerPercent);
    expect({ outcome, isPart: percent > 5 && percent < 40 }).toEqual({ outcome: "split", isPart: true });
    await buyer.sees(nextEn.split.advertiser.title);
    await buyer.app.getByTestId("outcome").waitFor();
    await buyer.shot("ad-split");
    await seller.openDeal(removed.placementId);
    await seller.sees(nextRu.split.publisher.title);
    stage.complaints.forgive(staleSession);
  });
});
