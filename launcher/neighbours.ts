/** Stand-ins that are small enough to live in the launcher's own process: the source of rates, and YooKassa. */
import { type LocalYooKassa, startLocalYooKassa } from "../local/payments/yookassa/index.ts";
import { type LocalRates, startLocalRates } from "../local/rates/index.ts";
import { type Environment, origin } from "./local-world.ts";
import type { Ports } from "./ports.ts";

export class Neighbours {
  private rates: LocalRates | undefined;
  private yooKassa: LocalYooKassa | undefined;

  /** `data`: where YooKassa keeps its books over restarts. Whoever has a shop of their own there gets no other. */
  async start(ports: Ports, environment: Environment, data: string): Promise<void> {
    this.rates = await startLocalRates({ port: ports.rates, isMoving: true });
    if (environment.YOOKASSA_SHOP_ID) return;
    this.yooKassa = await startLocalYooKassa({
      port: ports.yooKassa,
      dataDir: data,
      notifyUrl: `${origin(ports.product)}/payments/webhook/yookassa`,
    });
  }

  /** Seconds that the world is ahead of this machine. */
  setClock(offsetSeconds: number): void {
    this.yooKassa?.setClock(offsetSeconds);
  }

  /** As at the first start. */
  reset(): void {
    this.yooKassa?.reset();
  }

  async stop(): Promise<void> {
    await this.rates?.stop();
    await this.yooKassa?.stop();
  }
}
